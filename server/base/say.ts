import { IntlMessageFormat } from 'intl-messageformat'

/** The languages of everything that leaves the server as text for people: mail, files, pages without the console. */
export const languages = ['en', 'fr', 'sv', 'ja'] as const
export type Language = (typeof languages)[number]

/** Texts of one part in all languages, ICU messages by key; English names the keys. */
export type Texts<K extends string> = Readonly<Record<Language, Readonly<Record<K, string>>>>

type Values = Readonly<Record<string, string | number | Date>>

/**
 * Says a text in a language: `say('fr', 'digest.subject', { count: 3 })`. Numbers and dates are written as the language writes them,
 * dates by the wall clock of `timeZone` (UTC when absent: the machine's own zone is nobody's).
 */
export function sayer<K extends string>(
  texts: Texts<K>,
): (language: Language, key: K, values?: Values, timeZone?: string) => string {
  const made = new Map<string, IntlMessageFormat>()
  return (language, key, values = {}, timeZone = 'UTC') => {
    const name = `${language}\n${timeZone}\n${key}`
    const format = made.get(name) ?? new IntlMessageFormat(texts[language][key], language, formatsIn(timeZone))
    made.set(name, format)
    return String(format.format(values))
  }
}

function formatsIn(timeZone: string) {
  const within = <T extends object>(all: Record<string, T>): Record<string, T & { timeZone: string }> =>
    Object.fromEntries(Object.entries(all).map(([name, format]) => [name, { ...format, timeZone }]))
  const { date, time } = IntlMessageFormat.formats
  return { date: within(date), time: within(time) }
}

/** The language that is meant, or English for one we do not speak. */
export function languageOf(text: string | null | undefined): Language {
  return languages.find(l => l === text?.slice(0, 2).toLowerCase()) ?? 'en'
}
