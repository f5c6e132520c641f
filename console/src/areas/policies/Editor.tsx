import { useMemo, useState } from 'react'
import type { Kind, Policy } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Note } from '../../kit/State.tsx'
import { Button } from '../../kit/Button.tsx'
import { CoveragePanel } from './CoveragePanel.tsx'
import { AppliesTo } from './AppliesTo.tsx'
import { SavePanel } from './SavePanel.tsx'
import { SettingForm } from './SettingForm.tsx'
import { SettingSearch } from './SettingSearch.tsx'
import { settingsOf } from './settings.ts'
import type { DraftHold } from './useDraft.ts'
import type { Findings } from './useFindings.ts'

/** The editor: what can be said on the left, what is said in the middle, whom it concerns on the right, what saving does below. */
export function Editor(props: {
  /** Null while the policy does not exist yet. */
  policy: Policy | null
  kind: Kind
  draft: DraftHold
  findings: Findings
  editable: boolean
  /** The setting to start at. */
  at?: string | null
}) {
  const { policy, kind, draft, findings, editable } = props
  const { t } = useVoice()
  const settings = useMemo(() => settingsOf(kind), [kind])
  const [at, setAt] = useState<string | null>(props.at ?? null)
  return (
    <>
      {draft.outdated !== null && policy && (
        <div className="pad editor-note">
          <Note
            tone="attention"
            acts={
              <>
                <Button size="sm" onClick={draft.discard}>
                  {t('editor.discard')}
                </Button>
                <Button size="sm" onClick={draft.rebase}>
                  {t('editor.rebase', { version: policy.version })}
                </Button>
              </>
            }
          >
            <p>
              <b>{t('editor.outdated', { version: policy.version, base: draft.outdated })}</b>{' '}
              {t('editor.outdatedText')}
            </p>
          </Note>
        </div>
      )}
      <div className="edit">
        <SettingSearch kind={kind} settings={settings} draft={draft} editable={editable} at={at} onAt={setAt} />
        <SettingForm
          kind={kind}
          settings={settings}
          draft={draft}
          findings={findings}
          editable={editable}
          at={at}
          onAt={setAt}
        />
        <aside className="side" aria-label={t('editor.side')}>
          <CoveragePanel policy={policy} kind={kind} settings={Object.keys(draft.value)} />
          {policy && <AppliesTo policy={policy} />}
        </aside>
      </div>
      {policy && draft.dirty && <SavePanel policy={policy} draft={draft} findings={findings} />}
    </>
  )
}
