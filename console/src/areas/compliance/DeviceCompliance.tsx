import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import '../../kit/css/compliance.css'
import type { Device } from '../../contract.ts'
import type { DeviceCompliance as Answer, RuleVerdict } from '../../contract/compliance.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { ExceptDialog } from './ExceptDialog.tsx'
import { SeverityMark, VerdictMark } from './marks.tsx'
import { deviceComplianceQuery } from './queries.ts'
import { sayEvidence, verdicts } from './words.ts'

/** How a device stands: by which rules, why, since when, and what it has been. */
export function DeviceCompliance({ device }: { device: Pick<Device, 'id' | 'name'> }) {
  const { t } = useVoice()
  const answer = useQuery(deviceComplianceQuery(device.id))
  if (!answer.data)
    return (
      <div className="pad below-tabs">
        {answer.error ? <ProblemNote error={answer.error} /> : <Bones lines={5} label={t('kit.loading')} />}
      </div>
    )
  return <Whole device={device} answer={answer.data} />
}

function Whole({ device, answer }: { device: Pick<Device, 'id' | 'name'>; answer: Answer }) {
  const voice = useVoice()
  const { t, f } = voice
  const [excepting, setExcepting] = useState<{ rule: RuleVerdict['rule']; wrong: boolean } | null>(null)
  const { state, rules, history } = answer
  if (state === null && history.length === 0)
    return (
      <div className="pad below-tabs">
        <Empty title={t('deviceRules.none')}>{t('deviceRules.noneText')}</Empty>
      </div>
    )
  const bad = rules.filter(r => r.verdict === 'violating' || r.verdict === 'grace').length
  return (
    <>
      <div className="pad below-tabs">
        {state && (
          <Sentence tone={verdicts[state].tone}>
            {t(`deviceRules.sentence.${state}`, { n: bad, of: rules.length })}{' '}
            <span className="muted">
              <Age at={answer.judgedAt} ago />
            </span>
          </Sentence>
        )}
      </div>
      {rules.length > 0 && (
        <Section id="verdicts" title={t('deviceRules.rules')}>
          <ul className="verdict-list">
            {rules.map(one => (
              <Line key={one.rule.id} verdict={one} onExcept={wrong => setExcepting({ rule: one.rule, wrong })} />
            ))}
          </ul>
        </Section>
      )}
      {history.length > 0 && (
        <Section id="past" title={t('deviceRules.history')}>
          <ol className="verdict-list">
            {history.slice(0, 50).map(one => (
              <li key={`${one.at} ${one.rule.id}`}>
                <VerdictMark verdict={one.verdict} />
                <div>
                  <span lang={langOf(one.rule.name)}>{one.rule.name || t('ruleExceptions.gone')}</span>
                  {one.evidence && <p className="soft">{sayEvidence(voice, one.evidence)}</p>}
                </div>
                <span className="small muted">{f.dateTime(one.at)}</span>
              </li>
            ))}
          </ol>
        </Section>
      )}
      {excepting && (
        <ExceptDialog
          device={device}
          rule={excepting.rule}
          wrong={excepting.wrong}
          onClose={() => setExcepting(null)}
        />
      )}
    </>
  )
}

function Line({ verdict, onExcept }: { verdict: RuleVerdict; onExcept(wrong: boolean): void }) {
  const voice = useVoice()
  const { t, f } = voice
  const can = useCan()
  const { rule, evidence, graceUntil, since } = verdict
  const bad = verdict.verdict === 'violating' || verdict.verdict === 'grace'
  return (
    <li>
      <VerdictMark verdict={verdict.verdict} />
      <div>
        <Link to="/reports/rules/$rule" params={{ rule: rule.id }} lang={langOf(rule.name)}>
          {rule.name}
        </Link>{' '}
        {bad && <SeverityMark severity={rule.severity} />}
        {evidence && <p className="soft">{sayEvidence(voice, evidence)}</p>}
        {bad && evidence?.found && (
          <ul className="found small">
            {evidence.found.map(one => (
              <li key={one.id}>
                <span lang={langOf(one.name)}>{one.name}</span> <span className="mono muted">{one.id}</span>{' '}
                <span className="muted">{one.detail}</span>
                {one.blocked && <span className="muted"> · {t('evidence.blocked')}</span>}
              </li>
            ))}
          </ul>
        )}
        {bad && rule.fix !== '' && (
          <p className="small" lang={langOf(rule.fix)}>
            {rule.fix}
          </p>
        )}
        <p className="small muted">
          {t('deviceRules.since', { at: f.dateTime(since) })}
          {verdict.verdict === 'grace' && graceUntil !== null && (
            <> · {t('deviceRules.graceUntil', { at: f.dateTime(graceUntil) })}</>
          )}
        </p>
      </div>
      {bad && can('compliance:except') && (
        <span className="acts">
          <Button size="sm" onClick={() => onExcept(false)}>
            {t('deviceRules.except')}
          </Button>
          <Button size="sm" variant="quiet" onClick={() => onExcept(true)}>
            {t('deviceRules.wrong')}
          </Button>
        </span>
      )}
    </li>
  )
}
