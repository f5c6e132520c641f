import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Policy } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { Mentions } from '../../kit/Mentions.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { sayKey, sayValue } from '../../kit/values.tsx'
import { useAppKind } from '../apps/useAppKind.ts'
import { AppliesTo } from './AppliesTo.tsx'
import { CoveragePanel } from './CoveragePanel.tsx'
import { putBack, valuesOf } from './draft.ts'
import { FormOf } from './FormOf.tsx'
import { secretsQuery } from './queries.ts'
import { SavePanel } from './SavePanel.tsx'
import type { DraftHold } from './useDraft.ts'
import type { Findings } from './useFindings.ts'
import type { KindForm } from './useForm.ts'
import { useWording } from './useWording.tsx'

/** The editor: what can be said on the left, what is said in the middle, whom it concerns on the right, what saving does below. */
export function Editor(props: {
  /** Null while the policy does not exist yet. */
  policy: Policy | null
  form: KindForm
  draft: DraftHold
  findings: Findings
  editable: boolean
  /** The setting to start at. */
  at?: string | null
}) {
  const { policy, form, draft, findings, editable } = props
  const { t } = useVoice()
  const { artifact } = form
  const kind = useAppKind(form.kind, draft.value)
  const wording = useWording(form.kind)
  const secrets = useSecrets()
  return (
    <>
      {policy && <Outdated policy={policy} draft={draft} />}
      <div className="pad">
        <ProblemNote error={findings.error} />
      </div>
      <div className="edit">
        <div className="edit-form">
          <FormOf
            kind={kind}
            artifact={artifact}
            draft={draft}
            unit={policy?.unit.id ?? null}
            saved={policy !== null}
            findings={findings.list}
            editable={editable}
            wording={wording}
            secrets={secrets}
            at={props.at ?? null}
          />
          <Mentions of={draft.saved}>
            <Gone kind={kind.kind} draft={draft} editable={editable} />
          </Mentions>
        </div>
        <aside className="side" aria-label={t('editor.side')}>
          <CoveragePanel policy={policy} kind={kind} settings={Object.keys(draft.value)} />
          {policy && <AppliesTo policy={policy} />}
        </aside>
      </div>
      {policy && draft.dirty && <SavePanel policy={policy} draft={draft} findings={findings} />}
    </>
  )
}

/** The secrets a policy may name, each with its version. */
function useSecrets() {
  const { t } = useVoice()
  const secrets = useQuery(secretsQuery)
  return useMemo(
    () =>
      (secrets.data?.items ?? []).map(({ id, name, version }) => ({ id, name: t('secret.named', { name, version }) })),
    [secrets.data, t],
  )
}

/** Somebody else has saved a newer version since this draft was begun. */
function Outdated({ policy, draft }: { policy: Policy; draft: DraftHold }) {
  const { t } = useVoice()
  if (draft.outdated === null) return null
  return (
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
          <b>{t('editor.outdated', { version: policy.version, base: draft.outdated })}</b> {t('editor.outdatedText')}
        </p>
      </Note>
    </div>
  )
}

/** What the draft has taken out, so that it can come back. */
function Gone({ kind, draft, editable }: { kind: string; draft: DraftHold; editable: boolean }) {
  const voice = useVoice()
  const { t } = voice
  const gone = draft.changes.filter(change => change.how === 'gone')
  if (gone.length === 0) return null
  return (
    <section className="gone" aria-label={t('editor.gone')}>
      <h3 className="cf-section">{t('editor.gone')}</h3>
      <ul>
        {gone.map(({ key, before }) => (
          <li key={key} className="cf-set chg">
            <div className="cf-head">
              <div>
                <h3>
                  <s>{sayKey(voice, kind, key)}</s>
                </h3>
              </div>
              <span className="soft">{sayValue(voice, key, before, kind)}</span>
            </div>
            <p className="cf-was">
              <Icon name="minus" />
              <span>{t('editor.goneSetting')}</span>
              {editable && (
                <Button
                  size="sm"
                  variant="quiet"
                  icon="undo"
                  onClick={() => draft.set(putBack(draft.value, draft.saved, key))}
                >
                  {t('editor.putBack')}
                </Button>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
