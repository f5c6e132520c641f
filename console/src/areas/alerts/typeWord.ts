import type { Voice } from '../../i18n/index.tsx'

/** Every type this console can name; others keep their own name. */
export const types = [
  'left-management',
  'integrity',
  'malware',
  'cloned',
  'newcomer',
  'violation',
  'incident',
  'order-held',
  'no-contact',
  'enrollment-stuck',
  'setup-stuck',
  'secret-doubted',
  'secret-stuck',
  'program-troubled',
  'leading-refused',
  'licenses-short',
  'app-failed',
  'intake-red',
  'intake-stuck',
  'command-failed',
  'item-failed',
  'expiring',
  'account-trouble',
  'push-refused',
  'push-failing',
  'push-address',
  'mail-undelivered',
  'campaign-halted',
  'exception-asked',
  'hours-asked',
  'privacy-check',
  'guard-held',
  'guard-proposed',
  'guard-breaker',
  'guard-frozen',
  'guard-restored',
  'guard-time',
] as const

/** The name of a type. */
export function typeWord({ t, has }: Voice, type: string): string {
  const key = `alertType.${type}`
  return has(key) ? t(key) : type
}
