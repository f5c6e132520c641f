import type { Field } from './catalog.ts'

const uuid = /^[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$/
const domain =
  /^(?=.{1,253}$)(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/
const stamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:?\d{2})$/

/** The kinds of text the published schema names, each with what tells it. */
const forms: Readonly<Record<string, (text: string) => boolean>> = {
  url: text => URL.canParse(text),
  uuid: text => uuid.test(text),
  email: text => /^[^\s@]+@[^\s@]+$/.test(text) && text.length <= 320,
  domain: text => domain.test(text),
  'domain-prefix': text => domain.test(text.startsWith('*.') ? text.slice(2) : text),
  hostname: text => domain.test(text) || /^\[[0-9A-Fa-f:.]+\]$/.test(text),
  localtime: text => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text),
  timestamp: text => stamp.test(text),
  regex: compiles,
}

function compiles(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}

const compiled = new Map<string, RegExp | null>()

/** Formats come from the committed table, so their number is bounded and none of them is a stranger's. */
function patternOf(format: string): RegExp | null {
  let pattern = compiled.get(format)
  if (pattern === undefined) {
    pattern = compiles(format) ? new RegExp(format) : null
    compiled.set(format, pattern)
  }
  return pattern
}

/** What a text should have been, if it is not. A pattern of the device's own dialect (`regex`) is only a warning. */
export function textFits(field: Field, text: string): { severity: 'error' | 'warning'; expected: string } | undefined {
  if (field.format !== undefined && text.length <= 4096 && patternOf(field.format)?.test(text) === false)
    return { severity: 'error', expected: field.format }
  if (field.form === undefined) return undefined
  if (forms[field.form]?.(text) !== false) return undefined
  return { severity: field.form === 'regex' ? 'warning' : 'error', expected: field.form }
}
