/**
 * The catalog of Apple's artifacts: what commands, check-ins, payloads, declarations, status items and the rest are made of, and where they are available.
 * It is a table of facts of our own (names, types, bounds, versions), made by `tools/catalog.ts` and completed by `later.ts` and `overlay.ts`.
 * Everything in this folder runs in the browser too.
 */

/** What JSON can say. Values that JSON has no word for are objects with one key that begins with `$`; see `forms.ts`. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** The groups of artifacts, each with a file of its own. */
export const families = [
  'command',
  'checkin',
  'error',
  'payload',
  'declaration',
  'credential',
  'status',
  'setting',
  'query',
  'skip',
  'reason',
  'document',
] as const
export type Family = (typeof families)[number]

/** Apple's operating systems; `ios` is iPadOS too. */
export const systems = ['ios', 'macos', 'tvos', 'visionos', 'watchos'] as const
export type System = (typeof systems)[number]

/** Whether something may, must or must not be used, or is not looked at, in a special kind of management. */
export type Mode = 'allowed' | 'required' | 'forbidden' | 'ignored'

/** What is known of an artifact or key on one system. A key says only what differs from what it is in. */
export interface SystemFacts {
  readonly introduced?: string
  readonly deprecated?: string
  readonly removed?: string
  /** Bits of the access rights the server must hold; 0: none. */
  readonly rights?: number
  /** Whether there may be several on one device. */
  readonly multiple?: boolean
  readonly deviceChannel?: boolean
  readonly userChannel?: boolean
  readonly supervised?: boolean
  /** Only on devices of the organization's automated enrollment. */
  readonly automated?: boolean
  /** Only where the user approved management. */
  readonly approved?: boolean
  /** Whether a person may install it by hand. */
  readonly manual?: boolean
  readonly enrollments?: readonly string[]
  readonly scopes?: readonly string[]
  readonly sharedIpad?: {
    readonly mode?: Mode
    readonly deviceChannel?: boolean
    readonly userChannel?: boolean
    readonly scopes?: readonly string[]
  }
  readonly userEnrollment?: Mode
  /** Of skip keys: whether the pane never shows. */
  readonly skippable?: boolean
}

/** Per system what is known; null: not there at all. A system that is absent says nothing of its own. */
export type SystemTable = { readonly [S in System]?: SystemFacts | null }

/** Types of values. `union`: a dictionary that is one of several, told apart by one of its keys. */
export const types = [
  'string',
  'integer',
  'real',
  'boolean',
  'date',
  'data',
  'array',
  'dictionary',
  'any',
  'union',
] as const
export type Type = (typeof types)[number]

/** What containers hold: the keys of a dictionary, the value of any further key, the item of an array, the cases of a union. */
export interface Shape {
  readonly fields?: readonly Field[]
  readonly rest?: Field
  readonly item?: Field
  /** Of a union: the key that tells its cases apart, and the cases by its value. */
  readonly by?: string
  readonly cases?: readonly Case[]
}

/** One case of a union. */
export interface Case {
  readonly name: string
  readonly os?: SystemTable
  readonly fields: readonly Field[]
  /** Set where its keys are not known to us. */
  readonly rest?: Field
}

/** One of the values a text may have, where values have facts of their own. */
export interface Choice {
  readonly name: string
  readonly os?: SystemTable
}

/** One key, or the item of an array, or the value of an open dictionary; `name` is empty for the latter two. */
export interface Field extends Shape {
  readonly name: string
  readonly type: Type
  readonly required?: true
  readonly os?: SystemTable
  readonly allowed?: readonly (string | number)[]
  readonly choices?: readonly Choice[]
  readonly min?: number
  readonly max?: number
  /** How many items. */
  readonly count?: { readonly min?: number; readonly max?: number }
  readonly default?: Json
  /** A regular expression for the text. */
  readonly format?: string
  /** What kind of text: `url`, `hostname`, `email`, `uuid`, … */
  readonly form?: string
  /** Types of the declarations whose identifier it holds. */
  readonly assets?: readonly string[]
  /** Media types of the content referred to. */
  readonly contents?: readonly string[]
  /** How several configurations that say something about it come together on the device. */
  readonly combine?: string
  /** The named type of the artifact that says what it holds; types may hold themselves. */
  readonly of?: string
  /** Never shown back. */
  readonly secret?: true
  /** A word for the form where the type does not say enough. */
  readonly widget?: string
}

/** Of these keys of one dictionary no more than one may be there, unless they may stand `together`; with `required`, one must. */
export interface Exclusive {
  readonly of: readonly string[]
  /** JSON pointer of the dictionary, with `*` for items; '' is the artifact. */
  readonly at: string
  readonly required?: true
  readonly together?: true
}

/** One of several definitions that share an identifier. */
export interface Variant extends Shape {
  readonly name: string
  readonly os?: SystemTable
}

/** All facts about one artifact. */
export interface Artifact extends Shape {
  readonly family: Family
  readonly id: string
  readonly os: SystemTable
  readonly types?: Readonly<Record<string, Shape>>
  /** What a device answers. */
  readonly answer?: Shape
  readonly variants?: readonly Variant[]
  /** Of declarations: what several of one type do: `multiple`, `single`, `combined`. */
  readonly apply?: string
  /** Of reason codes: whose they are. */
  readonly about?: string
  readonly beta?: true
  /** Its keys are not known to us: any dictionary is taken, with a note. */
  readonly open?: true
  /** What it does cannot be undone, or takes the device away from its user. */
  readonly dangerous?: true
  readonly exclusive?: readonly Exclusive[]
}

/** The place of a value in an artifact: what it is, and the shape with named types looked up. */
export interface Place {
  readonly field: Field
  readonly os: readonly SystemTable[]
}

/** What a container holds, its named type looked up. */
export function shapeOf(artifact: Artifact, holder: Field | Shape): Shape {
  if ('of' in holder && holder.of !== undefined) return artifact.types?.[holder.of] ?? {}
  return holder
}

/** The artifact as one field that holds it, so that everything can walk fields alone. */
export function rootOf(artifact: Artifact, value?: Json): Field {
  const { fields, rest } = artifact.variants ? variantFor(artifact.variants, value) : artifact
  if (artifact.open && artifact.family === 'status') return { name: '', type: 'any' }
  if (artifact.open) return { name: '', type: 'dictionary', fields: fields ?? [], rest: { name: '', type: 'any' } }
  // Status items are bare values: their one key is the item itself.
  const [only] = fields ?? []
  if (artifact.family === 'status' && only && fields?.length === 1 && only.name === artifact.id)
    return { ...only, name: '' }
  return { name: '', type: 'dictionary', fields: fields ?? [], ...(rest ? { rest } : {}) }
}

/** The answer as one field. */
export function answerOf(artifact: Artifact): Field | undefined {
  return artifact.answer && { name: '', type: 'dictionary', ...artifact.answer }
}

/** The definition that fits a value best; keys that only others know are taken too, as the device reads them all. */
function variantFor(variants: readonly Variant[], value: Json | undefined): Shape {
  const score = (v: Variant): number => {
    if (!isObject(value)) return 0
    let points = 0
    for (const field of v.fields ?? []) {
      const given = Object.hasOwn(value, field.name) ? value[field.name] : undefined
      if (given === undefined) continue
      const fixed = field.required && field.allowed?.length === 1
      points += fixed ? (given === field.allowed?.[0] ? 100 : -1000) : 1
    }
    return points
  }
  const best = variants.reduce((a, b) => (score(b) > score(a) ? b : a))
  const own = new Set((best.fields ?? []).map(f => f.name))
  const others = new Map<string, Field>()
  for (const field of variants.flatMap(v => v.fields ?? [])) {
    const { required: _, ...optional } = field
    if (!own.has(field.name) && !others.has(field.name)) others.set(field.name, optional)
  }
  const rest = best.rest ?? variants.find(v => v.rest)?.rest
  return { fields: [...(best.fields ?? []), ...others.values()], ...(rest ? { rest } : {}) }
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The field at a JSON pointer below `root`, with the tables of everything on the way, outermost first; undefined when nothing is known there. */
export function placeOf(artifact: Artifact, root: Field, pointer: string, value?: Json): Place | undefined {
  let place: Place = { field: root, os: [artifact.os, ...(root.os ? [root.os] : [])] }
  let here = value
  for (const part of segments(pointer)) {
    const shape = shapeOf(artifact, place.field)
    const next = below(shape, place.field.type, part, here)
    if (!next) return undefined
    const tables = [next.through, next.field.os].filter(t => t !== undefined)
    place = { field: next.field, os: [...place.os, ...tables] }
    here = childOf(here, part)
  }
  // Of values that have facts of their own, the one at hand adds them.
  const chosen = place.field.choices?.find(c => c.name === here)?.os
  return chosen ? { ...place, os: [...place.os, chosen] } : place
}

function below(shape: Shape, type: Type, part: string, here: Json | undefined): Step | undefined {
  const step = (field: Field | undefined): Step | undefined => field && { field }
  if (type === 'array') return step(shape.item)
  if (type === 'any') return step({ name: part, type: 'any' })
  if (type !== 'union') return step(shape.fields?.find(f => f.name === part) ?? shape.rest)
  const chosen = isObject(here) ? here[shape.by ?? ''] : undefined
  const cases = (shape.cases ?? []).filter(c => chosen === undefined || c.name === chosen)
  for (const one of cases) {
    const field = one.fields.find(f => f.name === part) ?? one.rest
    if (field) return { field, ...(one.os ? { through: one.os } : {}) }
  }
  return undefined
}

interface Step {
  readonly field: Field
  readonly through?: SystemTable
}

function childOf(value: Json | undefined, part: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(part)]
  return isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined
}

/** The parts of a JSON pointer (RFC 6901). */
export function segments(pointer: string): string[] {
  if (pointer === '') return []
  return pointer
    .split('/')
    .slice(1)
    .map(s => s.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** A JSON pointer one step longer. */
export function step(pointer: string, part: string | number): string {
  return `${pointer}/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`
}
