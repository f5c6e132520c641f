import { sql } from 'kysely'
import type { Ctx } from '../../server/base/ctx.ts'
import { versionKey } from '../../server/base/filter.ts'
import { newId } from '../../server/base/id.ts'
import { searchable } from '../../server/base/text.ts'
import type { Base } from '../../server/base/transact.ts'
import { everything } from '../../server/base/authority.ts'
import type { Id } from '../../server/base/id.ts'

/** A repeatable source of numbers below a bound, so that every run makes the same fleet. */
export function dice(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const given = [
  'Elin',
  'Camille',
  '美咲',
  'Oliver',
  'Björn',
  'Zoé',
  'ハナ',
  'Amira',
  'Karl',
  'Françoise',
  '健太',
  'Maja',
]
const family = ['Lindgren', 'Faure', '佐藤', 'Whitaker', 'Ångström', 'Benali', '高橋', 'Moreau', 'Svensson', 'Tanaka']
const kinds = [
  {
    platform: 'ios',
    form: 'phone',
    model: 'iPhone15,2',
    name: 'iPhone 14 Pro',
    os: ['17.7', '18.1', '18.2', '26.0', '26.1'],
  },
  { platform: 'ios', form: 'phone', model: 'iPhone17,1', name: 'iPhone 16 Pro', os: ['18.2.1', '26.0.1', '26.1'] },
  {
    platform: 'ipados',
    form: 'tablet',
    model: 'iPad13,18',
    name: 'iPad (10th generation)',
    os: ['17.5', '18.1', '26.1'],
  },
  { platform: 'macos', form: 'laptop', model: 'Mac15,3', name: 'MacBook Pro 14', os: ['14.7', '15.1', '26.0'] },
  { platform: 'tvos', form: 'tv', model: 'AppleTV14,1', name: 'Apple TV 4K', os: ['18.0', '26.0'] },
  { platform: 'android', form: 'phone', model: 'Pixel 9', name: 'Pixel 9', os: ['14', '15', '16'] },
  {
    platform: 'windows',
    form: 'laptop',
    model: '21HM',
    name: 'ThinkPad notebook',
    os: ['10.0.19045.5011', '10.0.26100.2314'],
  },
] as const

/** Fills an org with devices by plain SQL: rows, texts, identifiers, tags. Answers what queries may look for. */
export async function fillFleet(
  base: Base,
  org: Id<'org'>,
  units: readonly { id: string; path: string }[],
  size: number,
) {
  const roll = dice(7)
  const scope = { org, actor: { kind: 'system', id: null, what: 'bench' }, authority: everything } as const
  const known: { id: string; serial: string; imei: string; udid: string; name: string }[] = []
  for (let at = 0; at < size; at += 1000) {
    await base.transact(scope, async ctx => {
      const rows = Array.from({ length: Math.min(1000, size - at) }, (_, i) => device(ctx, roll, units, at + i))
      await insert(
        ctx,
        'devices',
        rows.map(r => r.row),
      )
      await insert(
        ctx,
        'device_texts',
        rows.map(r => r.text),
      )
      await insert(
        ctx,
        'identifiers',
        rows.flatMap(r => r.identifiers),
      )
      await insert(
        ctx,
        'tags',
        rows.flatMap(r => r.tags),
      )
      for (const { row } of rows) if (known.length < 3000) known.push(row)
    })
  }
  return known
}

type Row = Record<string, string | number | null>

async function insert(ctx: Ctx, table: string, rows: readonly Row[]): Promise<void> {
  for (let i = 0; i < rows.length; i += 250) {
    const part = rows.slice(i, i + 250)
    if (part.length > 0) await ctx.tx.insertInto(table).values(part).execute()
  }
}

function device(ctx: Ctx, roll: (below: number) => number, units: readonly { id: string; path: string }[], n: number) {
  const pick = <T>(from: readonly T[]): T => from[roll(from.length)] as T
  const kind = pick(kinds)
  const unit = pick(units)
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => roll(16).toString(16))
      .join('')
      .toUpperCase()
  const person = roll(10) < 8 ? `${pick(given)} ${pick(family)}` : null
  const id = newId('device')
  const serial = `${pick(['C39', 'F2L', 'DX3', 'G6T'])}${hex(7)}`
  const udid = `0000${pick(['8110', '8120', '8101'])}-${hex(16)}`
  const imei = kind.form === 'phone' ? `35${String(3911101000000 + n * 97)}` : ''
  const name = person ? `${kind.name} ${person}` : `${kind.name} ${n}`
  const os = pick<string>(kind.os)
  const state = roll(100) < 90 ? 'active' : pick(['silent', 'ended', 'lost', 'enrolling'])
  const asset = roll(3) === 0 ? `A-${100_000 + n}` : ''
  const row = {
    org: ctx.org,
    id,
    unit: unit.id,
    unit_path: unit.path,
    user_id: person === null ? null : `usr_${(roll(40_000) + 1).toString(16).padStart(32, '0')}`,
    user_name: person,
    user_key: person === null ? null : searchable(person),
    name,
    name_key: searchable(name),
    named_by: 'device',
    platform: kind.platform,
    form_factor: kind.form,
    model: kind.model,
    model_name: kind.name,
    model_key: searchable(`${kind.name} ${kind.model}`),
    os_version: os,
    os_key: versionKey(os),
    serial,
    udid,
    imei,
    ownership: pick(['company', 'company', 'personal', 'unknown']),
    supervised: roll(2),
    state,
    state_reason: null,
    state_at: ctx.now,
    asset_tag: asset,
    enrolled_at: ctx.now - roll(400 * 86_400) * 1000,
    last_seen_at: ctx.now - roll(roll(20) === 0 ? 60 * 86_400 : 86_400) * 1000,
    waiting: roll(20) === 0 ? 1 : 0,
    created_at: ctx.now,
  }
  const shown = [['serial', serial], ['udid', udid], ...(imei === '' ? [] : [['imei', imei]])] as [string, string][]
  const text = [name, serial, udid, imei, person, asset].filter(p => p).map(p => searchable(String(p)))
  return {
    row,
    text: { org: ctx.org, device: id, unit_path: unit.path, text: text.join('\n') },
    identifiers: shown.map(([kindOf, value]) => ({
      org: ctx.org,
      device: id,
      kind: kindOf,
      slot: 0,
      match_key: value.toLowerCase(),
      value,
      current: 1,
      first_at: ctx.now,
      seen_at: ctx.now,
    })),
    tags: roll(10) === 0 ? [{ org: ctx.org, device: id, tag: 'spare', tag_key: 'spare' }] : [],
  }
}

/** Vacuums and analyzes PostgreSQL, as autovacuum would within a minute. */
export async function settleStatistics(base: Base): Promise<void> {
  if (base.engine.kind === 'postgres') await base.engine.read(tx => sql`VACUUM ANALYZE`.execute(tx))
}
