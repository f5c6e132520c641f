/**
 * The catalog of Google's management API for Android: which types its messages have, their fields and their enums.
 * It is a table of facts (names alone), made by `tools/management-catalog.ts`; what they mean is for the forms to say.
 */

/** What a field holds, as the API's JSON writes it: `int64` is a string of digits, `duration` is `3600s`, `time` is RFC 3339, `mask` names fields with commas between. */
export type Holds =
  | {
      readonly is:
        | 'boolean'
        | 'string'
        | 'int32'
        | 'int64'
        | 'number'
        | 'bytes'
        | 'duration'
        | 'time'
        | 'mask'
        | 'any'
        | 'object'
    }
  | { readonly is: 'enum'; readonly values: readonly string[]; readonly old: readonly string[] }
  | { readonly is: 'type'; readonly type: string }
  | { readonly is: 'list'; readonly of: Holds }
  | { readonly is: 'map'; readonly of: Holds }

/** One field of a message. */
export interface Field {
  readonly name: string
  readonly holds: Holds
  /** Another field took its place. */
  readonly deprecated: boolean
  /** Said by the API, never to it. */
  readonly output: boolean
}

/** A message: its fields by name. */
export type Message = ReadonlyMap<string, Field>

/** The catalog as it lies on disk: fields as `boolean`, `[Type]` for lists, `{string}` for maps, `=A|B!` for enums (`!`: not to be used any more); ` !` after a field that is deprecated and ` ?` after one that is only answered. */
export interface Table {
  readonly revision: string
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** The catalog, read. */
export interface Catalog {
  /** The day of the description it was made of, `20261104`. */
  readonly revision: string
  /** Names of all messages. */
  readonly names: readonly string[]
  /** A message; throws for a name that is not there. */
  message(name: string): Message
}

/** Opens the catalog; messages are read when they are first asked for. */
export function openCatalog(table: Table): Catalog {
  const read = new Map<string, Message>()
  return {
    revision: table.revision,
    names: Object.keys(table.types),
    message: name => {
      const known = read.get(name)
      if (known) return known
      const fields = Object.hasOwn(table.types, name) ? table.types[name] : undefined
      if (!fields) throw new RangeError(`no message ${name}`)
      const made = new Map(Object.entries(fields).map(([field, text]) => [field, fieldOf(field, text)]))
      read.set(name, made)
      return made
    },
  }
}

function fieldOf(name: string, text: string): Field {
  const [holds = '', ...flags] = text.split(' ')
  return { name, holds: holdsOf(holds), deprecated: flags.includes('!'), output: flags.includes('?') }
}

const plain = [
  'boolean',
  'string',
  'int32',
  'int64',
  'number',
  'bytes',
  'duration',
  'time',
  'mask',
  'any',
  'object',
] as const

function holdsOf(text: string): Holds {
  if (text.startsWith('[')) return { is: 'list', of: holdsOf(text.slice(1, -1)) }
  if (text.startsWith('{')) return { is: 'map', of: holdsOf(text.slice(1, -1)) }
  if (text.startsWith('=')) {
    const all = text.slice(1).split('|')
    const old = all.filter(v => v.endsWith('!')).map(v => v.slice(0, -1))
    return { is: 'enum', values: all.map(v => v.replace(/!$/, '')), old }
  }
  const is = plain.find(p => p === text)
  return is ? { is } : { is: 'type', type: text }
}

/** The value of an enum that says nothing: it may be answered, but is not worth sending. */
export function saysNothing(value: string): boolean {
  return value.endsWith('_UNSPECIFIED')
}
