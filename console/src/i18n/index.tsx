/*
 * The console's languages. A catalog is loaded when it is chosen and swapped in place, so changing the language never
 * reloads the page. It comes in two parts: what the first page says, and the rest, which every other page waits for. `en` is the source of keys: the others are typed by it, so a missing or extra key does not compile.
 */
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import type { Locale } from '../contract.ts'
import type { Catalog, Key } from './en.ts'
import { type Formats, formats, tagOf } from './format.ts'
import { firstFamilies, say, sayLoosely, sayRich, type Tags, type Values } from './messages.ts'

export type { Key } from './en.ts'

/** The languages by their own names, in the order of the picker. */
export const languages: readonly { id: Locale; name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'fr', name: 'Français' },
  { id: 'sv', name: 'Svenska' },
  { id: 'ja', name: '日本語' },
]

const firsts: Record<Locale, () => Promise<Texts>> = {
  en: async () => (await import('./en.first.ts')).first,
  fr: async () => (await import('./fr.first.ts')).first,
  sv: async () => (await import('./sv.first.ts')).first,
  ja: async () => (await import('./ja.first.ts')).first,
}

const rests: Record<Locale, () => Promise<Texts>> = {
  en: async () => (await import('./en.rest.ts')).rest,
  fr: async () => (await import('./fr.rest.ts')).rest,
  sv: async () => (await import('./sv.rest.ts')).rest,
  ja: async () => (await import('./ja.rest.ts')).rest,
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
  /** What a thing is called that a value names by its id, where the page knows it. */
  nameOf?: (id: string) => string | undefined
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

/** Texts of a language as far as they are loaded. */
export type Texts = Partial<Catalog>

const known = new Map<Locale, Texts>()
const complete = new Set<Locale>()
const listeners = new Set<() => void>()
let speaking: Locale = 'en'

/** Loads what the first page says in a language; enough to draw it. */
export async function loadFirst(locale: Locale): Promise<void> {
  if (!known.has(locale)) known.set(locale, await firsts[locale]())
}

/** Loads all texts of a language. */
export async function loadCatalog(locale: Locale): Promise<Texts> {
  const [, rest] = await Promise.all([loadFirst(locale), complete.has(locale) ? {} : rests[locale]()])
  if (!complete.has(locale)) {
    complete.add(locale)
    known.set(locale, { ...known.get(locale), ...rest })
    for (const listener of listeners) listener()
  }
  return known.get(locale) ?? {}
}

/** Waits for all texts of the language spoken now; every page but the first does before it is drawn. */
export const allTexts = async (): Promise<void> => void (await loadCatalog(speaking))

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Holds the language for everything below it; starts with one whose first texts are loaded. */
export function VoiceProvider(props: { locale: Locale; children: ReactNode }) {
  const [locale, setSpoken] = useState(props.locale)
  speaking = locale
  const texts = useSyncExternalStore(subscribe, () => known.get(locale) ?? nothing)
  const setLocale = useCallback((next: Locale) => {
    keep(next)
    void (complete.has(speaking) ? loadCatalog(next) : loadFirst(next)).then(() => setSpoken(next))
  }, [])
  useEffect(() => {
    document.documentElement.lang = locale
  }, [locale])
  const voice = useMemo(() => makeVoice(locale, texts, setLocale), [locale, texts, setLocale])
  return <VoiceContext value={voice}>{props.children}</VoiceContext>
}

/** The same voice for everything below it, that knows besides what things are called. */
export function NamingVoice(props: { nameOf: NonNullable<Voice['nameOf']>; children: ReactNode }) {
  const voice = useVoice()
  return <VoiceContext value={{ ...voice, nameOf: props.nameOf }}>{props.children}</VoiceContext>
}

const nothing: Texts = {}

const bold: Tags<ReactNode> = {
  b: inside => <b>{inside}</b>,
  mono: inside => <span className="mono">{inside}</span>,
}

function makeVoice(locale: Locale, texts: Texts, setLocale: Voice['setLocale']): Voice {
  const tag = tagOf(locale, navigator.languages)
  // A text that is not there yet comes with the rest, and everything is drawn again; until then its place is empty.
  const text = (key: Key): string => {
    const found = texts[key]
    if (found === undefined && !complete.has(locale)) void loadCatalog(locale)
    return found ?? ''
  }
  return {
    locale,
    setLocale,
    f: formats(locale, tag),
    has: (key): key is Key => {
      const there = Object.hasOwn(texts, key)
      if (!there && !complete.has(locale) && !firstFamilies.test(key)) void loadCatalog(locale)
      return there
    },
    t: (key, values) => say(text(key), tag, values),
    tell: (key, values) => sayLoosely(text(key), tag, values),
    rich: (key, values, tags) =>
      sayRich<ReactNode>(text(key), tag, values, { ...bold, ...tags }).map((part, at) =>
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
