import type { Ctx } from '../../base/ctx.ts'
import { appIn, type Finding, form, type Json } from '../policies/index.ts'
import { findApp } from './app.ts'
import { tieKeys, tiesOn } from './tie.ts'
import { fitsPlain, type FormKey, type FormType } from './form-key.ts'

type Values = { readonly [key: string]: Json }

/** What the catalog and other policies know of a value of the kind `app`: its app, what it is told, and what it is tied to. */
export async function appFindings(ctx: Ctx, value: Json): Promise<readonly Finding[]> {
  const id = appIn(value)
  if (id === null || !isValues(value)) return []
  const { config } = value
  const app = await findApp(ctx, id)
  if (!app) return [{ severity: 'warning', code: 'app.app-unknown', path: '/app' }]
  const told = app.form && config !== undefined ? checkConfig(app.form, config, '/config') : []
  return [...told, ...(await untied(ctx, value))]
}

/** What the app is tied to that no policy brings. */
async function untied(ctx: Ctx, value: Values): Promise<Finding[]> {
  const said = tieKeys.filter(key => typeof value[key] === 'string')
  if (said.length === 0) return []
  const ties = await tiesOn(ctx, ['/'])
  return said
    .filter(key => !ties.some(tie => tie.key === key && tie.ref === value[key]))
    .map(key => ({ severity: 'warning', code: 'app.tie-unknown', path: `/${key}` }))
}

/** Everything wrong with a configuration by the form of its app: a finding per key. Keys that the form does not name may say anything. Pure. */
export function checkConfig(keys: readonly FormKey[], config: Json, at: string): Finding[] {
  if (!isValues(config)) return [wrong('value.type', at, { expected: 'object' })]
  return keys.flatMap(key => {
    const here = `${at}/${key.key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const value = Object.hasOwn(config, key.key) ? config[key.key] : undefined
    if (value !== undefined) return ofKey(key, value, here)
    return key.needed === true ? [wrong('value.missing', here)] : []
  })
}

function ofKey(key: FormKey, value: Json, at: string): Finding[] {
  if (key.type !== 'list') return ofType(key.type, key, value, at)
  if (!Array.isArray(value)) return [wrong('value.type', at, { expected: 'array' })]
  return value.flatMap((one: Json, i) => ofType(key.item ?? 'text', key, one, `${at}/${i}`))
}

const names: Readonly<Record<FormType, string>> = {
  text: 'string',
  whole: 'integer',
  number: 'number',
  flag: 'boolean',
  date: '$date',
  data: '$data',
  list: 'array',
  group: 'object',
}

function ofType(type: FormType, key: FormKey, value: Json, at: string): Finding[] {
  if (type === 'group') return checkConfig(key.keys ?? [], value, at)
  // What it is bound to differs by device.
  if (form(value, '$var') !== undefined) return []
  if (type === 'text' && textForms.some(name => form(value, name) !== undefined)) return []
  const fits =
    type === 'date' || type === 'data'
      ? isValues(value) && names[type] in value
      : type === 'number'
        ? typeof numberIn(value) === 'number'
        : fitsPlain(type, value)
  if (!fits) return [wrong('value.type', at, { expected: names[type] })]
  if (key.options.length > 0 && !key.options.some(o => o.value === value))
    return [wrong('value.not-offered', at, { offered: key.options.map(o => o.value).join(', ') })]
  return outOfBounds(key, numberIn(value), at)
}

const textForms = ['$text', '$secret', '$newSecret'] as const

function outOfBounds({ min, max }: FormKey, value: number | null, at: string): Finding[] {
  if (value === null) return []
  if (min !== undefined && value < min) return [wrong('value.too-small', at, { least: min })]
  return max !== undefined && value > max ? [wrong('value.too-big', at, { most: max })] : []
}

function numberIn(value: Json): number | null {
  const plain = isValues(value) && Object.keys(value).length === 1 ? value['$real'] : value
  return typeof plain === 'number' ? plain : null
}

const isValues = (value: Json | undefined): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const wrong = (code: string, path: string, facts?: Finding['facts']): Finding => ({
  severity: 'error',
  code,
  path,
  ...(facts ? { facts } : {}),
})
