import { Malformed } from '@muster/wire/malformed.ts'
import { child, type Element, readElements } from '@muster/wire/apple/files/xml.ts'
import { z } from 'zod'
import { Problem } from '../../base/problem.ts'
import { deepestForm, type FormKey, fitsPlain, soundKeys } from './form-key.ts'

/** How many keys a form may have. */
export const mostKeys = 500

/** The form that is meant: by a vendor's file, or by hand; null for none. */
export function formIn({ text, keys }: { text?: string; keys?: FormKey[] }): FormKey[] | null {
  if ((text === undefined) === (keys === undefined)) throw new Problem('app.form-malformed')
  if (keys === undefined) return readForm(text ?? '')
  if (!soundKeys(keys)) throw new Problem('app.form-malformed')
  return keys.length === 0 ? null : keys
}

/** Reads what a vendor says its app can be told: an AppConfig file in XML, or a JSON Schema of an object. */
export function readForm(text: string): FormKey[] {
  const keys = text.trimStart().startsWith('<') ? fromXml(text) : fromSchema(text)
  if (keys.length === 0 || keys.length > mostKeys || !soundKeys(keys)) throw new Problem('app.form-malformed')
  return keys
}

const types: Readonly<Record<string, FormKey['type']>> = {
  string: 'text',
  integer: 'whole',
  float: 'number',
  double: 'number',
  real: 'number',
  number: 'number',
  boolean: 'flag',
  bool: 'flag',
  date: 'date',
  dateTime: 'date',
  data: 'data',
  array: 'list',
  dict: 'group',
  bundle: 'group',
  object: 'group',
}

/** `stringArray`, `dictArray`, `string_array`: a list of what stands before. */
function typeNamed(name: string): Pick<FormKey, 'type' | 'item'> | undefined {
  const [, of] = /^(.+?)_?array$/i.exec(name) ?? []
  const item = of !== undefined && Object.hasOwn(types, of) ? types[of] : undefined
  if (item && item !== 'list') return { type: 'list', item }
  const type = Object.hasOwn(types, name) ? types[name] : undefined
  return type && { type }
}

function fromXml(text: string): FormKey[] {
  const root = rootOf(text)
  const fields = new Map<string, Element>()
  const presentation = child(root, 'presentation')
  const groups = presentation?.children.flatMap(c => (c.name === 'fieldGroup' ? c.children : [c])) ?? []
  for (const field of groups) if (field.name === 'field') fields.set(field.attributes.get('keyName') ?? '', field)
  return keysOf(child(root, 'dict')?.children ?? [], fields, 1)
}

function keysOf(all: readonly Element[], fields: ReadonlyMap<string, Element>, depth: number): FormKey[] {
  return all.flatMap((one): FormKey[] => {
    const key = one.attributes.get('keyName')
    const is = typeNamed(one.name)
    if (!key || !is) return []
    const field = fields.get(key)
    const plain = is.item ?? is.type
    const standard = child(child(one, 'defaultValue'), 'value')?.text.trim()
    const fallback = standard === undefined || is.type === 'list' ? null : typed(standard, is.type)
    const keys = plain === 'group' && depth < deepestForm ? keysOf(one.children, fields, depth + 1) : []
    return [
      {
        key: key.slice(0, 200),
        ...is,
        title: said(child(field, 'label')),
        help: said(child(field, 'description')),
        default: fallback,
        options: optionsIn(field, child(one, 'constraint'), plain),
        secret:
          plain === 'text' && (field?.attributes.get('type') === 'password' || /password|secret|token/i.test(key)),
        ...boundsIn(child(one, 'constraint'), plain),
        ...(keys.length > 0 ? { keys } : {}),
      },
    ]
  })
}

function boundsIn(constraint: Element | undefined, type: FormKey['type']): Pick<FormKey, 'needed' | 'min' | 'max'> {
  const bound = (name: string): number | null => {
    const text = constraint?.attributes.get(name)
    return text === undefined || (type !== 'whole' && type !== 'number') ? null : numberIn(text)
  }
  const [min, max] = [bound('min'), bound('max')]
  return {
    ...(constraint?.attributes.get('nullable') === 'false' ? { needed: true } : {}),
    ...(min === null ? {} : { min }),
    ...(max === null ? {} : { max }),
  }
}

function rootOf(text: string): Element {
  try {
    const root = readElements(text)
    if (root.name !== 'managedAppConfiguration') throw new Problem('app.form-malformed')
    return root
  } catch (error) {
    if (error instanceof Malformed) throw new Problem('app.form-malformed', {}, { cause: error })
    throw error
  }
}

function said(of: Element | undefined): string | null {
  const all = of?.children.filter(c => c.name === 'language') ?? []
  const best = all.find(c => (c.attributes.get('value') ?? '').startsWith('en')) ?? all[0]
  return best ? best.text.trim().slice(0, 500) : null
}

/** The choices that the presentation names, else the bare values that are allowed. */
function optionsIn(
  field: Element | undefined,
  constraint: Element | undefined,
  type: FormKey['type'],
): FormKey['options'] {
  const named = child(field, 'options')?.children.filter(c => c.name === 'option') ?? []
  const bare = child(constraint, 'values')?.children.filter(c => c.name === 'value') ?? []
  const all =
    named.length > 0
      ? named.map(one => ({ text: one.attributes.get('value') ?? '', title: said(one) }))
      : bare.map(one => ({ text: one.text.trim(), title: null }))
  return all.slice(0, 100).flatMap(({ text, title }) => {
    const value = typed(text, type)
    if (typeof value === 'boolean' || value === null) return []
    return [{ value, title: (title || String(value)).slice(0, 200) }]
  })
}

function typed(text: string, type: FormKey['type']): string | number | boolean | null {
  if (type === 'flag') return text === 'true' || text === '1'
  if (type === 'text') return text.slice(0, 2000)
  const value = type === 'whole' || type === 'number' ? numberIn(text) : null
  return type === 'whole' && !Number.isInteger(value) ? null : value
}

function numberIn(text: string): number | null {
  const value = Number(text)
  return text.trim() !== '' && Number.isFinite(value) ? value : null
}

interface Property {
  type?: string | string[] | undefined
  title?: string | undefined
  description?: string | undefined
  default?: unknown
  enum?: unknown[] | undefined
  writeOnly?: boolean | undefined
  format?: string | undefined
  contentEncoding?: string | undefined
  minimum?: number | undefined
  maximum?: number | undefined
  items?: Property | undefined
  properties?: Record<string, Property> | undefined
  required?: string[] | undefined
}

const property: z.ZodType<Property> = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.unknown()).max(100).optional(),
  writeOnly: z.boolean().optional(),
  format: z.string().optional(),
  contentEncoding: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  required: z.array(z.string()).optional(),
  get items() {
    return property.optional()
  },
  get properties() {
    return z.record(z.string().max(200), property).optional()
  },
})
const schema = z.object({
  type: z.literal('object'),
  properties: z.record(z.string().max(200), property),
  required: z.array(z.string()).optional(),
})

function fromSchema(text: string): FormKey[] {
  const read = schema.safeParse(parsed(text))
  if (!read.success) throw new Problem('app.form-malformed')
  return propertiesOf(read.data, 1)
}

function propertiesOf({ properties = {}, required = [] }: Property, depth: number): FormKey[] {
  return Object.entries(properties).map(([key, one]): FormKey => {
    const type = typeOf(one)
    const item = type === 'list' && one.items ? typeOf(one.items) : undefined
    const plain = item && item !== 'list' ? item : type
    const group = type === 'list' ? one.items : one
    const keys = plain === 'group' && group && depth < deepestForm ? propertiesOf(group, depth + 1) : []
    const choices = (type === 'list' ? one.items?.enum : one.enum) ?? []
    return {
      key,
      type,
      title: one.title?.slice(0, 500) ?? null,
      help: one.description?.slice(0, 500) ?? null,
      default: standardOf(type, one.default),
      options: choices.flatMap(v =>
        (typeof v === 'string' || typeof v === 'number') && fitsPlain(plain, v)
          ? [{ value: v, title: String(v).slice(0, 200) }]
          : [],
      ),
      secret: one.writeOnly === true || one.format === 'password',
      ...(required.includes(key) ? { needed: true } : {}),
      ...(one.minimum === undefined ? {} : { min: one.minimum }),
      ...(one.maximum === undefined ? {} : { max: one.maximum }),
      ...(item && item !== 'list' ? { item } : {}),
      ...(keys.length > 0 ? { keys } : {}),
    }
  })
}

function standardOf(type: FormKey['type'], value: unknown): FormKey['default'] {
  if (!fitsPlain(type, value)) return null
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

function typeOf(one: Property): FormKey['type'] {
  if (one.format === 'date-time') return 'date'
  if (one.contentEncoding === 'base64') return 'data'
  const name = [one.type ?? 'string'].flat().find(t => t !== 'null') ?? 'string'
  return typeNamed(name)?.type ?? 'text'
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
