import * as devices from '../devices/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { custodians, type Custodian, type Regarded, type Why } from './custodian.ts'
import { demandOf, type Rule, ruling } from './rule.ts'
import * as store from './store.ts'
import { sweepLater } from './sweep.ts'
import { takeTurn } from './turn.ts'
import * as turns from './turn-store.ts'

const dayMs = 24 * 3_600_000

/** Sees what is missing on one device, or has grown old: it has just enrolled, or said something new about itself. */
export async function consider(ctx: Ctx, device: string): Promise<void> {
  await considerAll(ctx, [device])
  await sweepLater(ctx)
}

/** The same of a page of devices. */
export async function considerAll(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const ruleOf = await ruling(ctx)
  const kept = Map.groupBy(await store.currentOf(ctx, ids), r => r.device)
  const waiting = new Set((await turns.turnsAmong(ctx, ids)).map(t => `${t.device} ${t.kind}`))
  for (const device of await devices.devicesAmong(ctx, { users: [], serials: [], ids: [...ids] })) {
    // One that is silent has it waiting for when it calls.
    if (device.state === 'ended') continue
    const rule = ruleOf(device.unitPath)
    const able = custodians().filter(c => c.renew && c.platforms.includes(device.platform))
    if (able.length === 0) continue
    const facts = await devices.factRecord(ctx, device.id as Id<'device'>)
    for (const custodian of able) {
      if (waiting.has(`${device.id} ${custodian.kind}`)) continue
      const held = kept.get(device.id)?.find(r => r.kind === custodian.kind)
      const [keptAt, toldAt] = [held?.created_at ?? null, held?.told_at ?? null]
      const why = whyOf(custodian, rule, { device, facts, keptAt, toldAt, now: ctx.now })
      if (why !== null) await takeTurn(ctx, device, { kind: custodian.kind, why, dueAt: ctx.now })
    }
  }
}

/** Why a secret of this kind is to be had from the device, or had anew; null when nothing is to be done. Pure. */
export function whyOf(custodian: Custodian, rule: Rule, of: Regarded): Why | null {
  const { demand, everyDays } = demandOf(rule, custodian)
  if (!demand || !custodian.suits(of)) return null
  if (of.keptAt === null) return 'demanded'
  if (everyDays !== null && of.now - of.keptAt >= everyDays * dayMs) return 'old'
  return custodian.stale?.(of) === true ? 'told' : null
}
