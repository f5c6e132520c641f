import type { Breaks } from '../../contract/custody.ts'
import type { Voice } from '../../i18n/index.tsx'
import type { ToneName } from '../../kit/State.tsx'

const dayMs = 86_400_000

/** The tone of an expiry: red within a week or over, amber within thirty days. */
export function expiryTone(notAfter: number, now: number): ToneName {
  const left = notAfter - now
  if (left < 7 * dayMs) return 'danger'
  return left < 30 * dayMs ? 'attention' : 'ok'
}

/** Whole days left, never below zero. */
export const daysLeft = (notAfter: number, now: number): number => Math.max(0, Math.floor((notAfter - now) / dayMs))

/** What a credential is for, in words, with its name where there may be several; a purpose no catalog knows keeps its own. */
export function purposeWord(voice: Voice, purpose: string, name = ''): string {
  const key = `certificates.purpose.${purpose}`
  const word = voice.has(key) ? voice.t(key) : purpose
  const several = purpose === 'devices' || purpose === 'content' || purpose === 'portal'
  return several && name !== '' ? voice.t('certificates.named', { what: word, name }) : word
}

/** What stops when it lapses, in words; null when nothing is known. */
export function lapseWord(voice: Voice, breaks: Breaks | null): string | null {
  if (!breaks) return null
  const { devices: n, promised, licenses } = breaks
  const key = `certificates.breaks.${breaks.code}`
  return voice.has(key) ? voice.t(key, { n, promised, licenses }) : null
}
