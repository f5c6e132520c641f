import type { Json } from '../../contract/policies.ts'
import { valuesOf } from './draft.ts'

/** What can be filled in per device. */
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
  'device.name',
  'device.model',
  'device.assetTag',
  'device.udid',
  'device.imei',
  'unit.name',
  'org.name',
] as const

const attribute = /^user\.attribute\.[A-Za-z0-9_-]{1,64}$/

/** Whether a name is one that can be filled in. */
export const isVariable = (name: string): boolean => variableNames.some(one => one === name) || attribute.test(name)

/** A value with variables as a person types it: `{user.email}` stands for the variable, `{{` for a brace. */
export function toText(value: Json | undefined): string {
  if (typeof value === 'string') return value.replaceAll('{', '{{')
  const form = valuesOf(value)
  if (typeof form['$var'] === 'string') return `{${form['$var']}}`
  if (Array.isArray(form['$text'])) return form['$text'].map((piece: Json) => toText(piece)).join('')
  return value === undefined || value === null ? '' : String(value)
}

/** The value a typed text stands for; a brace around anything else than a known variable is a brace. */
export function fromText(text: string): Json {
  const pieces: Json[] = []
  const plain = (part: string) => {
    const last = pieces.at(-1)
    if (part === '') return
    if (typeof last === 'string') pieces[pieces.length - 1] = last + part
    else pieces.push(part)
  }
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('{', at)
    if (open < 0) {
      plain(text.slice(at))
      break
    }
    plain(text.slice(at, open))
    const close = text.indexOf('}', open)
    const name = close < 0 ? '' : text.slice(open + 1, close)
    if (text[open + 1] === '{') {
      plain('{')
      at = open + 2
    } else if (isVariable(name)) {
      pieces.push({ $var: name })
      at = close + 1
    } else {
      plain('{')
      at = open + 1
    }
  }
  const [only] = pieces
  if (pieces.length === 0) return ''
  if (pieces.length === 1 && only !== undefined) return only
  return { $text: pieces }
}
