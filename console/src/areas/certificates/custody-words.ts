import type { Keeping } from '../../contract/custody.ts'
import type { Voice } from '../../i18n/index.tsx'

/** What is wrong with an address, in a word or two. */
export function addressWord(voice: Voice, trouble: 'personal' | 'free' | 'deactivated' | 'malformed'): string {
  return voice.t(`custody.address.${trouble}`)
}

/** What is the matter beside the end. */
export function stateWord(voice: Voice, { trouble }: Pick<Keeping, 'trouble'>): string {
  const key = `custody.trouble.${trouble?.code ?? ''}`
  return voice.has(key) ? voice.t(key) : voice.t('custody.trouble.refused')
}
