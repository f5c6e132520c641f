/*
 * The voice of a person's own page: the same messages and formats as the console's, over a catalog of its own.
 */
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react'
import type { Locale } from '../contract.ts'
import { type Formats, formats, tagOf } from '../i18n/format.ts'
import { say, type Values } from '../i18n/messages.ts'
import type { Word, Words } from './texts/words.ts'

/** The languages by their own names, in the order of the picker. */
export const languages: readonly { id: Locale; name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'fr', name: 'Français' },
  { id: 'sv', name: 'Svenska' },
  { id: 'ja', name: '日本語' },
]

/** Loads the catalog of a language. */
export const wordsOf: Record<Locale, () => Promise<Words>> = {
  en: async () => (await import('./texts/en.ts')).en,
  fr: async () => (await import('./texts/fr.ts')).fr,
  sv: async () => (await import('./texts/sv.ts')).sv,
  ja: async () => (await import('./texts/ja.ts')).ja,
}

/** Speaks one language. */
export interface Voice {
  locale: Locale
  t(word: Word, values?: Values): string
  /** The message with this name, or the other where there is none: for codes that come from the server. */
  or(name: string, other: Word): Word
  has(name: string): name is Word
  f: Formats
}

const VoiceContext = createContext<Voice | null>(null)

/** The voice of the page. */
export function useVoice(): Voice {
  const voice = useContext(VoiceContext)
  if (!voice) throw new Error('useVoice outside of Speaking')
  return voice
}

/** Speaks a language to everything below it. */
export function Speaking(props: { locale: Locale; words: Words; children: ReactNode }) {
  const { locale, words } = props
  useEffect(() => {
    document.documentElement.lang = locale
  }, [locale])
  const voice = useMemo<Voice>(() => {
    const tag = tagOf(locale, navigator.languages)
    const has = (name: string): name is Word => Object.hasOwn(words, name)
    return {
      locale,
      f: formats(locale, tag),
      has,
      or: (name, other) => (has(name) ? name : other),
      t: (word, values) => say(words[word], tag, values),
    }
  }, [locale, words])
  return <VoiceContext value={voice}>{props.children}</VoiceContext>
}
