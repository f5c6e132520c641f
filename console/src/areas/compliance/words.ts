import type { Evidence, RuleKind, Severity, VerdictName } from '../../contract/compliance.ts'
import type { Key, Voice } from '../../i18n/index.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import type { ToneName } from '../../kit/State.tsx'
import { sayKey, sayKind } from '../../kit/values.tsx'

/** Verdicts with their tone, gravest first. */
export const verdicts: Record<VerdictName, { tone: ToneName; icon?: IconName; label: Key }> = {
  violating: { tone: 'danger', label: 'compliance.is.violating' },
  grace: { tone: 'attention', label: 'compliance.is.grace' },
  unknown: { tone: 'none', label: 'compliance.is.unknown' },
  excepted: { tone: 'info', icon: 'paused', label: 'compliance.is.excepted' },
  compliant: { tone: 'ok', label: 'compliance.is.compliant' },
}

/** Kinds of rules in the order they are offered. */
export const kinds: readonly RuleKind[] = [
  'passcode',
  'encryption',
  'os-age',
  'apps',
  'malware',
  'supervision',
  'integrity',
  'certificate',
  'silent',
  'drift',
  'setting',
  'facts',
]

/** How grave, from least to most. */
export const severities: readonly Severity[] = ['low', 'medium', 'high', 'critical']

const plain = (value: string | number | boolean | null | undefined, { t }: Voice): string =>
  value === true ? t('kit.yes') : value === false ? t('kit.no') : String(value ?? '–')

/** Why a verdict is what it is, in a sentence. */
export function sayEvidence(voice: Voice, evidence: Evidence | null): string {
  if (!evidence) return ''
  const { t, f } = voice
  const { code, facts } = evidence
  const at = (name: string): string => (typeof facts[name] === 'number' ? f.date(facts[name]) : '')
  const kind = typeof facts['policyKind'] === 'string' ? facts['policyKind'] : ''
  const key = typeof facts['key'] === 'string' ? facts['key'] : ''
  const values = {
    count: Number(facts['count'] ?? 0),
    days: Number(facts['days'] ?? 0),
    hours: Number(facts['hours'] ?? 0),
    app: String(facts['app'] ?? ''),
    name: String(facts['name'] ?? ''),
    fact: String(facts['fact'] ?? ''),
    value: plain(facts['value'], voice),
    wanted: plain(facts['wanted'], voice),
    version: String(facts['version'] ?? ''),
    minimum: String(facts['minimum'] ?? ''),
    newest: String(facts['newest'] ?? ''),
    at: at('at'),
    seen: at('lastSeenAt'),
    list: facts['list'] === 'certificates' ? t('apps.certificates') : t('apps.apps'),
    policy: kind === '' ? '' : sayKind(voice, kind),
    key: key === '' ? '' : sayKey(voice, kind, key),
  }
  return t(`evidence.${code}` as Key, values)
}
