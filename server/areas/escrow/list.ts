import type * as devices from '../devices/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { namesOf } from '../identity/index.ts'
import { custodianOf, custodians, type Regarded } from './custodian.ts'
import { demandOf, ruling } from './rule.ts'
import * as store from './store.ts'
import * as turns from './turn-store.ts'
import { factRecord } from '../devices/index.ts'

/** One secret of a device as lists show it: everything but the secret. */
export interface Entry {
  id: string
  state: store.EscrowState
  /** In this state. */
  since: number
  createdAt: number
  /** When the device last told or proved that it has it. */
  toldAt: number | null
  facts: Readonly<Record<string, devices.JsonValue>>
  views: number
  viewedAt: number | null
  viewedBy: { id: string; name: string | null } | null
}

/** A kind of secret of a device: what is there, what is to happen to it, and all there ever was. */
export interface Listed {
  kind: string
  /** `none` where the device could have one and nothing is kept. */
  state: 'current' | 'pending' | 'past' | 'none'
  demanded: boolean
  /** People may read it. */
  shown: boolean
  renewable: boolean
  entries: Entry[]
  turn: { why: string; dueAt: number; askedAt: number | null; problem: string | null; tries: number } | null
}

/** What is kept of a device, without the secrets themselves, and what could be. */
export async function list(ctx: Ctx, device: devices.Device): Promise<Listed[]> {
  const rows = await store.listOf(ctx, device.id)
  const waiting = await turns.listTurns(ctx, device.id)
  const rule = (await ruling(ctx))(device.unitPath)
  const facts = await factRecord(ctx, device.id)
  const names = await namesOf(ctx, [...new Set(rows.flatMap(r => r.viewed_by ?? []))])
  const regarded: Regarded = { device, facts, keptAt: null, toldAt: null, now: ctx.now }
  const possible = custodians().filter(c => c.platforms.includes(device.platform) && c.suits(regarded))
  const kinds = [...new Set([...possible.map(c => c.kind), ...rows.map(r => r.kind)])]
  return kinds.map(kind => {
    const own = rows.filter(r => r.kind === kind)
    const custodian = custodianOf(kind)
    const turn = waiting.find(t => t.kind === kind)
    return {
      kind,
      state: stateOf(own),
      demanded: custodian !== undefined && possible.includes(custodian) && demandOf(rule, custodian).demand,
      shown: custodian?.shown !== false,
      renewable: custodian?.renew !== undefined && possible.includes(custodian),
      entries: own.map(row => entryOf(row, names)),
      turn: turn
        ? { why: turn.why, dueAt: turn.due_at, askedAt: turn.asked_at, problem: turn.problem, tries: turn.tries }
        : null,
    }
  })
}

function stateOf(rows: readonly store.EscrowRow[]): Listed['state'] {
  if (rows.some(r => r.state === 'current')) return 'current'
  if (rows.some(r => r.state === 'pending')) return 'pending'
  return rows.length > 0 ? 'past' : 'none'
}

function entryOf(row: store.EscrowRow, names: ReadonlyMap<string, string>): Entry {
  return {
    id: row.id,
    state: row.state,
    since: row.since,
    createdAt: row.created_at,
    toldAt: row.told_at,
    facts: JSON.parse(row.facts) as Entry['facts'],
    views: row.views,
    viewedAt: row.viewed_at,
    viewedBy: row.viewed_by === null ? null : { id: row.viewed_by, name: names.get(row.viewed_by) ?? null },
  }
}
