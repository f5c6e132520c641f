import { Malformed } from '@muster/wire/malformed.ts'
import { child, type Element, readElements } from '@muster/wire/apple/files/xml.ts'
import { z } from 'zod'
import { Problem } from '../../base/problem.ts'
import type { FormKey } from './app.ts'

const mostKeys = 500

/** Reads what a vendor says its app can be told: an AppConfig file in XML, or a JSON Schema of an object. */
export function readForm(text: string): FormKey[] {
  const keys = text.trimStart().startsWith('<') ? fromXml(text) : fromSchema(text)
  if (keys.length === 0 || keys.length > mostKeys) throw new Problem('app.form-malformed')
  return keys
}

const types: Readonly<Record<string, FormKey['type']>> = {
  string: 'text',
  integer: 'whole',
  float: 'number',
  double: 'number',
  number: 'number',
  boolean: 'flag',
  bool: 'flag',
  array: 'list',
  stringArray: 'list',
  integerArray: 'list',
  dict: 'group',
  object: 'group',
}

function fromXml(text: string): FormKey[] {
  const root = rootOf(text)
  const dict = child(root, 'dict')
  const fields = new Map<string, Element>()
  const presentation = child(root, 'presentation')
  const groups = presentation?.children.flatMap(c => (c.name === 'fieldGroup' ? c.children : [c])) ?? []
  for (const field of groups) if (field.name === 'field') fields.set(field.attributes.get('keyName') ?? '', field)
  return (dict?.children ?? []).flatMap((one): FormKey[] => {
    const key = one.attributes.get('keyName')
    const type = Object.hasOwn(types, one.name) ? types[one.name] : undefined
    if (!key || !type) return []
    const field = fields.get(key)
    const standard = child(child(one, 'defaultValue'), 'value')?.text.trim()
    return [
      {
        key: key.slice(0, 200),
        type,
        title: said(child(field, 'label')),
        help: said(child(field, 'description')),
        default: standard === undefined ? null : typed(standard, type),
        options: optionsIn(field, type),
        secret: field?.attributes.get('type') === 'password' || /password|secret|token/i.test(key),
      },
    ]
  })
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

function optionsIn(field: Element | undefined, type: FormKey['type']): FormKey['options'] {
  const all = child(field, 'options')?.children.filter(c => c.name === 'option') ?? []
  return all.slice(0, 100).flatMap(one => {
    const value = typed(one.attributes.get('value') ?? '', type)
    if (typeof value === 'boolean' || value === null) return []
    return [{ value, title: (said(one) ?? String(value)).slice(0, 200) }]
  })
}

function typed(text: string, type: FormKey['type']): string | number | boolean | null {
  if (type === 'flag') return text === 'true' || text === '1'
  if (type !== 'whole' && type !== 'number') return type === 'text' ? text.slice(0, 2000) : null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}

const plain = z.union([z.string().max(2000), z.number(), z.boolean()])
const property = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.unknown()).max(100).optional(),
  writeOnly: z.boolean().optional(),
  format: z.string().optional(),
})
const schema = z.object({ type: z.literal('object'), properties: z.record(z.string().max(200), property) })

function fromSchema(text: string): FormKey[] {
  const read = schema.safeParse(parsed(text))
  if (!read.success) throw new Problem('app.form-malformed')
  return Object.entries(read.data.properties).map(([key, one]): FormKey => {
    const name = [one.type ?? 'string'].flat().find(t => t !== 'null') ?? 'string'
    const type = (Object.hasOwn(types, name) ? types[name] : undefined) ?? 'text'
    const standard = plain.safeParse(one.default)
    return {
      key,
      type,
      title: one.title?.slice(0, 500) ?? null,
      help: one.description?.slice(0, 500) ?? null,
      default: standard.success ? standard.data : null,
      options: (one.enum ?? []).flatMap(v =>
        typeof v === 'string' || typeof v === 'number' ? [{ value: v, title: String(v).slice(0, 200) }] : [],
      ),
      secret: one.writeOnly === true || one.format === 'password',
    }
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
