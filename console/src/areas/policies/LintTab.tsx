import { useVoice } from '../../i18n/index.tsx'
import { Empty } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State, type ToneName } from '../../kit/State.tsx'
import { sayKey } from '../../kit/values.tsx'
import { sayRemark } from '../../kit/catalog-form/words.ts'
import { type Findings, keyOf } from './useFindings.ts'

const tones: Record<string, ToneName> = { error: 'danger', warning: 'attention', note: 'info' }

/** What the kind has to say about the value: what must be put right, what is doubtful, what is worth knowing. */
export function LintTab(props: { kind: string; findings: Findings }) {
  const voice = useVoice()
  const { t } = voice
  const { list, error } = props.findings
  return (
    <div className="pad tab-body">
      <ProblemNote error={error} />
      {list.length === 0 && !error ? (
        <Empty title={t('lint.none')}>{t('lint.noneText')}</Empty>
      ) : (
        <ul className="lint-list">
          {list.map(finding => (
            <li key={`${finding.code}${finding.path}`}>
              <State tone={tones[finding.severity] ?? 'none'}>{t(`lint.${finding.severity}`)}</State>
              <span>
                <b>{keyOf(finding) === '' ? t('lint.whole') : sayKey(voice, props.kind, keyOf(finding))}</b>{' '}
                {sayRemark(voice, finding)}
              </span>
              <span className="mono muted">{finding.path}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
