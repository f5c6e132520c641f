import { isObject, type Json } from '@muster/wire/apple/catalog/catalog.ts'
import type { FormCase, FormField, Widget } from '@muster/wire/apple/catalog/form.ts'
import { labelOf } from '@muster/wire/apple/catalog/label.ts'
import { listOf, type Table, tableOf } from './value.ts'

/*
 * Kinds of our own describe their values in JSON Schema 2020-12, as Zod writes it, with some words of ours beside the standard ones:
 * `section`, `unit`, `when`, `words`, `long`, `secret`, `certificate`, `labels`. The same form is drawn of them as of Apple's artifacts.
 */

/** The form of a schema. What no simple control can hold is edited as JSON. */
export function formFromSchema(schema: Json): FormField {
  return fieldOf(tableOf(schema), { name: '', schema: tableOf(schema), required: true })
}

interface At {
  readonly name: string
  readonly schema: Table
  readonly required: boolean
}

const nothing = (): undefined => undefined
const none = (): readonly never[] => []

function fieldOf(root: Table, at: At): FormField {
  const outer = at.schema
  const options = optionsIn(root, outer)
  const main = options.find(o => formNameOf(o) === undefined) ?? {}
  const about: Table = { ...main, ...outer }
  const forms = new Set(options.map(formNameOf))
  const widget = widgetOf(about, main, forms)
  const choices = listOf(main.enum).filter(v => typeof v === 'string' || typeof v === 'number')
  const description = about.description
  const labels = new Map(Object.entries(tableOf(about['labels'])).map(([value, label]) => [value, String(label)]))
  return {
    name: at.name,
    label: typeof about.title === 'string' ? about.title : labelOf(at.name),
    ...(typeof description === 'string' ? { note: description } : {}),
    type: typeOf(main, widget),
    widget,
    required: at.required,
    secret: about.secret === true,
    words:
      about['words'] === 'allow' || /^(?:allow|permit)/.test(at.name)
        ? 'allow'
        : /^(?:force|require)/.test(at.name)
          ? 'force'
          : 'plain',
    group: typeof about.section === 'string' ? about.section : '',
    variables: forms.has('$var') || forms.has('$text'),
    os: [],
    ...(about.default === undefined ? {} : { default: about.default }),
    ...(choices.length > 0
      ? { options: choices.map(value => ({ value, label: labels.get(String(value)) ?? wordOf(value) })) }
      : {}),
    ...boundsOf(main),
    ...(typeof about.unit === 'string' ? { unit: about.unit } : {}),
    ...(isObject(about.when) ? { when: whenOf(about.when) } : {}),
    fields: widget === 'group' ? once(() => keysOf(root, main)) : none,
    rest: () => (isObject(main.additionalProperties) ? below(root, main.additionalProperties) : undefined),
    item: () => (isObject(main.items) ? below(root, main.items) : undefined),
    ...(widget === 'union' ? unionOf(root, outer) : { cases: none }),
  }
}

const below = (root: Table, schema: Json | undefined): FormField =>
  fieldOf(root, { name: '', schema: tableOf(schema), required: false })

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

function keysOf(root: Table, schema: Table): readonly FormField[] {
  const required = new Set(listOf(schema.required))
  return Object.entries(tableOf(schema.properties)).map(([name, one]) =>
    fieldOf(root, { name, schema: tableOf(one), required: required.has(name) }),
  )
}

/** The alternatives of a schema with references looked up; a plain schema is its own only one. */
function optionsIn(root: Table, schema: Table, depth = 0): readonly Table[] {
  if (depth > 8) return []
  const ref = schema.$ref
  if (typeof ref === 'string') return optionsIn(root, resolved(root, ref), depth + 1)
  const several = [...listOf(schema.anyOf), ...listOf(schema.oneOf)]
  return several.length === 0 ? [schema] : several.flatMap(one => optionsIn(root, tableOf(one), depth + 1))
}

function resolved(root: Table, ref: string): Table {
  const name = /^#\/(?:\$defs|definitions)\/(.+)$/.exec(ref)?.[1]
  return name === undefined ? {} : tableOf(tableOf(root.$defs ?? root.definitions)[name])
}

/** The form a schema describes: an object whose one required key begins with `$`. */
function formNameOf(schema: Table): string | undefined {
  return Object.keys(tableOf(schema.properties)).find(key => key.startsWith('$'))
}

const simple: Readonly<Record<string, Widget>> = {
  string: 'text',
  integer: 'number',
  number: 'number',
  boolean: 'switch',
  array: 'list',
  object: 'group',
}

function widgetOf(about: Table, main: Table, forms: ReadonlySet<string | undefined>): Widget {
  if (about.secret === true) return 'text'
  if (about.free === true) return 'any'
  if (about.certificate === true) return 'data'
  if (discriminatorOf(about) !== undefined) return 'union'
  if (Array.isArray(main.enum)) return 'select'
  const type = typeof main.type === 'string' ? main.type : ''
  if (type === '' && forms.has('$data')) return 'data'
  if (type === '' && forms.has('$date')) return 'date'
  if (type === 'string' && (about.long === true || about.format === 'multiline')) return 'long'
  return simple[type] ?? 'any'
}

function typeOf(main: Table, widget: Widget): FormField['type'] {
  if (widget === 'number') return main.type === 'integer' ? 'integer' : 'real'
  const types: Partial<Record<Widget, FormField['type']>> = {
    switch: 'boolean',
    list: 'array',
    group: 'dictionary',
    union: 'union',
    data: 'data',
    date: 'date',
    any: 'any',
  }
  return types[widget] ?? (main.type === 'integer' ? 'integer' : 'string')
}

function boundsOf(main: Table): Partial<FormField> {
  const number = (key: string): number | undefined => {
    const value = main[key]
    return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined
  }
  const [min, max] = [number('minimum'), number('maximum')]
  const [least, most] = [number('minItems'), number('maxItems')]
  const pattern = main.pattern
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(least === undefined && most === undefined
      ? {}
      : { count: { ...(least === undefined ? {} : { min: least }), ...(most === undefined ? {} : { max: most }) } }),
    ...(typeof pattern === 'string' ? { format: pattern } : {}),
  }
}

function whenOf(when: Table): Readonly<Record<string, readonly Json[]>> {
  return Object.fromEntries(Object.entries(when).map(([key, values]) => [key, listOf(values)]))
}

/** The key that has another constant in every alternative. */
function discriminatorOf(schema: Table): string | undefined {
  const cases = listOf(schema.oneOf ?? schema.anyOf).map(tableOf)
  const [first] = cases
  if (!first || cases.length < 2) return undefined
  return Object.keys(tableOf(first.properties)).find(key =>
    cases.every(c => tableOf(tableOf(c.properties)[key]).const !== undefined),
  )
}

function unionOf(root: Table, schema: Table): { by: string; cases(): readonly FormCase[] } {
  const by = discriminatorOf(schema) ?? ''
  const cases = listOf(schema.oneOf ?? schema.anyOf).map(tableOf)
  return {
    by,
    cases: once(() =>
      cases.map(one => {
        const name = String(tableOf(tableOf(one.properties)[by]).const)
        return { name, label: wordOf(name), os: [], fields: once(() => keysOf(root, one)), rest: nothing }
      }),
    ),
  }
}

/** Words are made readable; numbers and codes stay. */
function wordOf(value: string | number): string {
  return typeof value === 'string' && /^[a-z][A-Za-z-]+$/.test(value) ? labelOf(value) : String(value)
}
