import type { Policy } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { PreviewView } from '../../kit/Preview.tsx'
import { sayKey } from '../../kit/values.tsx'
import type { DraftHold } from './useDraft.ts'
import type { Findings } from './useFindings.ts'
import { useVersionPreview } from './useVersionPreview.ts'

/** Below the editor, while something is changed: what saving would do to whom. */
export function SavePanel(props: { policy: Policy; draft: DraftHold; findings: Findings }) {
  const voice = useVoice()
  const { t, f } = voice
  const { policy, draft, findings } = props
  const blocked = findings.errors > 0
  const run = useVersionPreview(policy, draft, !blocked)
  const changed = new Set(draft.changes.map(change => change.key))
  const kept = Object.keys(draft.value).filter(key => !changed.has(key))
  return (
    // biome-ignore lint/a11y/useSemanticElements: not a set of fields; a name for what scrolls
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by itself, so it must be reachable by keyboard
    <div className="plan" tabIndex={0} role="group" aria-label={t('preview.title')}>
      {blocked ? (
        <div className="preview-head">
          <h2>{t('preview.title')}</h2>
          <p className="soft">{t('editor.fixFirst', { n: findings.errors })}</p>
        </div>
      ) : (
        <PreviewView
          preview={run.preview}
          error={run.error}
          stale={run.stale}
          untouched={t(policy.usedBy.length === 0 ? 'editor.noBlueprint' : 'editor.noDevices')}
          by={run.at && !run.stale && t('editor.computed', { time: f.seconds(run.at) })}
        />
      )}
      {!blocked && kept.length > 0 && (
        <ul className="diff keep">
          <li>
            <span className="d d-keep">{t('editor.keep')}</span>
            <span className="soft cut">{f.list(kept.map(key => sayKey(voice, policy.kind, key)))}</span>
          </li>
        </ul>
      )}
    </div>
  )
}
