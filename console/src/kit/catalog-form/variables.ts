import { formOf } from '@muster/wire/apple/catalog/forms.ts'
import { isObject, type Json } from '@muster/wire/apple/catalog/catalog.ts'

/** What can be filled in per device; attributes of users come with them. */
export const variableNames = [
  'user.email',
  'user.displayName',
  'user.familyName',
  'user.givenName',
  'user.yomi',
  'user.employeeNumber',
  'user.language',
  'user.shortName',
  'device.serial',
  'device.udid',
  'device.name',
  'device.model',
  'device.assetTag',
  'device.imei',
  'unit.name',
  'org.name',
] as const

const attribute = /^user\.attribute\.[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u
const isVariable = (name: string): boolean => variableNames.some(one => one === name) || attribute.test(name)

/** A text with variables as a person types it: `{user.email}` stands for the variable, `{{` for a brace. */
export function toTyped(value: Json | undefined): string {
  if (typeof value === 'string') return value.replaceAll('{', '{{')
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const form = formOf(value)
  if (!form || form === 'unknown') return ''
  if (form.form === '$var') return `{${String(form.value)}}`
  return form.form === '$text' && Array.isArray(form.value)
    ? form.value.map((piece: Json) => toTyped(piece)).join('')
    : ''
}

/** The value of a typed text; a brace around anything but a variable is a brace. */
export function fromTyped(typed: string): Json {
  const pieces: Json[] = []
  const add = (text: string): void => {
    const last = pieces.at(-1)
    if (typeof last === 'string') pieces[pieces.length - 1] = last + text
    else if (text !== '') pieces.push(text)
  }
  for (const [part, name] of typed.matchAll(/\{\{|\{([^{}]*)\}|[^{]+|\{/g)) {
    if (part === '{{') add('{')
    else if (name !== undefined && isVariable(name)) pieces.push({ $var: name })
    else add(part)
  }
  const [only] = pieces
  if (pieces.length > 1) return { $text: pieces }
  return only ?? ''
}

/** Whether a value is a text, plain or with variables. */
export function isTyped(value: Json | undefined): boolean {
  if (value === undefined || value === null || typeof value === 'string') return true
  const form = formOf(value)
  return form !== undefined && form !== 'unknown' && (form.form === '$var' || form.form === '$text')
}

/** Whether a value is a secret: kept, or about to be. */
export function isSecretForm(value: Json | undefined): boolean {
  return isObject(value) && ('$secret' in value || '$newSecret' in value)
}
