import { IntlMessageFormat } from 'intl-messageformat'

/** Values of placeholders. Numbers are formatted by the language, text is set as it is. */
export type Values = Record<string, string | number | boolean | null | undefined>

/** Turns the text inside a tag of a message into something else, such as a link. */
export type Tags<T> = Record<string, (inside: (string | T)[]) => T>

/** Families of keys whose end is a code of the server and that Home or the house around it asks for: all of them stand in the first texts, so that one that is not there is nowhere. */
export const firstFamilies = /^(decision|alertType|tone|live|device\.state|certificates\.(purpose|breaks))\./

const parsed = new Map<string, IntlMessageFormat>()

function message(text: string, tag: string): IntlMessageFormat {
  const name = `${tag}\n${text}`
  let found = parsed.get(name)
  if (!found) {
    found = new IntlMessageFormat(text, tag)
    parsed.set(name, found)
  }
  return found
}

/** Formats one ICU message for a language tag; each text is parsed once. */
export function say(text: string, tag: string, values?: Values): string {
  if (!/[{<']/.test(text)) return text
  return String(message(text, tag).format({ ...values }))
}

/** The same for values that come from the server: what it did not send is left out instead of failing. */
export function sayLoosely(text: string, tag: string, values: Values): string {
  return String(message(text, tag).format(whatever(values) as never))
}

const whatever = <V extends object>(values: V): V =>
  new Proxy(values, { has: () => true, get: (given, name) => Reflect.get(given, name) ?? '' })

/** Formats a message with tags into pieces: text, and what the tags made of theirs. */
export function sayRich<T>(text: string, tag: string, values: Values, tags: Tags<T>): (string | T)[] {
  const made = message(text, tag).format<T>(whatever({ ...values, ...tags }) as never)
  return (Array.isArray(made) ? made : [made]) as (string | T)[]
}

/** What search compares: compatibility forms (width, half-width kana) and case folded away. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLocaleLowerCase('und')
}

/** French typography: no-break spaces before `: ; ? ! »` and after `«`. */
export function french<T extends Record<string, string>>(catalog: T): T {
  const set = (text: string) =>
    text
      .replaceAll(/ ([;?!])/g, '\u202f$1')
      .replaceAll(/ (:|»|%)/g, '\u00a0$1')
      .replaceAll('« ', '«\u00a0')
  return Object.fromEntries(Object.entries(catalog).map(([key, text]) => [key, set(text)])) as T
}
