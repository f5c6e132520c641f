/*
 * The console's languages. A catalog is loaded when it is chosen and swapped in place, so changing the language never
 * reloads the page. `en` is the source of keys: the others are typed by it, so a missing or extra key does not compile.
 */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { Locale } from '../contract.ts'
import type { Catalog, Key } from './en.ts'
import { type Formats, formats, tagOf } from './format.ts'
import { say, sayLoosely, sayRich, type Tags, type Values } from './messages.ts'

export type { Key } from './en.ts'

/** The languages by their own names, in the order of the picker. */
export const languages: readonly { id: Locale; name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'fr', name: 'Français' },
  { id: 'sv', name: 'Svenska' },
  { id: 'ja', name: '日本語' },
]

const catalogs: Record<Locale, () => Promise<Catalog>> = {
  en: async () => (await import('./en.ts')).en,
  fr: async () => (await import('./fr.ts')).fr,
  sv: async () => (await import('./sv.ts')).sv,
  ja: async () => (await import('./ja.ts')).ja,
}

/** Speaks one language: messages, messages with parts that are drawn, and formats. */
export interface Voice {
  locale: Locale
  t(key: Key, values?: Values): string
  /** A message whose values come from the server and may be incomplete. */
  tell(key: Key, values: Values): string
  rich(key: Key, values: Values, tags?: Tags<ReactNode>): ReactNode
  /** True when a key of that name exists; for codes that come from the server. */
  has(key: string): key is Key
  f: Formats
  setLocale(locale: Locale): void
}

const VoiceContext = createContext<Voice | null>(null)

/** The voice of the current language. */
export function useVoice(): Voice {
  const voice = useContext(VoiceContext)
  if (!voice) throw new Error('useVoice outside of VoiceProvider')
  return voice
}

/** The language to start with: the one chosen here before, else the browser's first that we speak, else English. */
export function firstLocale(): Locale {
  const known = (tag: string | null | undefined) => languages.find(l => l.id === tag?.slice(0, 2))?.id
  const kept = known(readKept())
  return kept ?? navigator.languages.map(known).find(found => found !== undefined) ?? 'en'
}

/** Loads the catalog of a language. */
export const loadCatalog = (locale: Locale): Promise<Catalog> => catalogs[locale]()

/** Holds the language for everything below it; starts with a catalog that is already loaded. */
export function VoiceProvider(props: { locale: Locale; catalog: Catalog; children: ReactNode }) {
  const [spoken, setSpoken] = useState({ locale: props.locale, catalog: props.catalog })
  const setLocale = useCallback((locale: Locale) => {
    keep(locale)
    void loadCatalog(locale).then(catalog => setSpoken({ locale, catalog }))
  }, [])
  useEffect(() => {
    document.documentElement.lang = spoken.locale
  }, [spoken.locale])
  const voice = useMemo(() => makeVoice(spoken.locale, spoken.catalog, setLocale), [spoken, setLocale])
  return <VoiceContext value={voice}>{props.children}</VoiceContext>
}

const bold: Tags<ReactNode> = {
  b: inside => <b>{inside}</b>,
  mono: inside => <span className="mono">{inside}</span>,
}

function makeVoice(locale: Locale, catalog: Catalog, setLocale: Voice['setLocale']): Voice {
  const tag = tagOf(locale, navigator.languages)
  return {
    locale,
    setLocale,
    f: formats(locale, tag),
    has: (key): key is Key => Object.hasOwn(catalog, key),
    t: (key, values) => say(catalog[key], tag, values),
    tell: (key, values) => sayLoosely(catalog[key], tag, values),
    rich: (key, values, tags) =>
      sayRich<ReactNode>(catalog[key], tag, values, { ...bold, ...tags }).map((part, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no other name than their place
        typeof part === 'string' ? part : <Piece key={at}>{part}</Piece>,
      ),
  }
}

function Piece({ children }: { children: ReactNode }) {
  return children
}

function readKept(): string | null {
  try {
    return localStorage.getItem('muster-locale')
  } catch {
    return null
  }
}

function keep(locale: Locale) {
  try {
    localStorage.setItem('muster-locale', locale)
  } catch {
    // Storage may be refused; the choice then lasts for this page.
  }
}
