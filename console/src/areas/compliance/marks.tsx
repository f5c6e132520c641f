import type { Severity } from '../../contract/compliance.ts'
import { useVoice } from '../../i18n/index.tsx'
import { State, type ToneName } from '../../kit/State.tsx'
import { verdicts } from './words.ts'

const tones: Record<Severity, ToneName> = { low: 'none', medium: 'info', high: 'attention', critical: 'danger' }

/** How grave a rule is. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const { t } = useVoice()
  return (
    <State tone={tones[severity]} icon="flag" quiet>
      {t(`severity.${severity}`)}
    </State>
  )
}

/** A verdict: icon and word. */
export function VerdictMark({ verdict }: { verdict: string }) {
  const { t } = useVoice()
  const known = Object.hasOwn(verdicts, verdict) ? verdicts[verdict as keyof typeof verdicts] : null
  if (!known) return <State tone="none">{t('compliance.is.not-applicable')}</State>
  return (
    <State tone={known.tone} {...(known.icon ? { icon: known.icon } : {})}>
      {t(known.label)}
    </State>
  )
}
