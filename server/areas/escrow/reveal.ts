import * as devices from '../devices/index.ts'
import { demandStepUp } from '../identity/index.ts'
import * as privacy from '../privacy/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { asId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { custodianOf } from './custodian.ts'
import { escrowEvents } from './events.ts'
import { ruling } from './rule.ts'
import { opened } from './secret.ts'
import * as store from './store.ts'
import { takeTurn } from './turn.ts'

const minuteMs = 60_000
const mostShown = 10

/** A secret as it is shown to a person. */
export interface Revealed {
  id: string
  value: string
  state: store.EscrowState
  at: number
}

/** What is asked to be shown: what a device has now, or one that it had. */
export interface Wish {
  readonly kind: string
  /** Of the history; what the device has now when absent. */
  readonly id?: string | undefined
  readonly purpose: string
}

/**
 * Shows a secret of a device to who has proved that it is they and has a look open at its secrets. `value` is the confirmed one, else the newest that was sent;
 * `values` adds those that a device may have taken without our hearing of it. Afterwards the secret is replaced, where the device can.
 */
export async function reveal(
  ctx: Ctx,
  device: devices.Device,
  { kind, id, purpose }: Wish,
): Promise<{ value: string; values: Revealed[]; replacedAt: number | null }> {
  await demandStepUp(ctx)
  if (!(await privacy.lookOpen(ctx, device, 'secrets'))) throw new Problem('escrow.no-look')
  if (custodianOf(kind)?.shown === false) throw new Problem('escrow.not-shown', { kind })
  const rows = await store.listOf(ctx, device.id, kind)
  const wanted =
    id === undefined ? rows.filter(inDoubt).slice(0, mostShown) : rows.filter(r => r.id === asId('escrow', id))
  const best = wanted.find(r => r.state === 'current') ?? wanted[0] ?? (id === undefined ? rows[0] : undefined)
  if (!best) throw new Problem('secret.none', { name: kind })
  const shown = wanted.length > 0 ? wanted : [best]
  for (const row of shown) await store.viewed(ctx, row.id, actorId(ctx))
  const past = best.state === 'past'
  await record(ctx, escrowEvents.revealed, devices.about(device), { name: kind, purpose, past })
  const replacedAt = shown.some(r => r.state !== 'past') ? await replaced(ctx, device, kind) : null
  const values = await Promise.all(
    shown.map(async row => {
      const { value } = await opened(ctx, row)
      return { id: row.id, value, state: row.state, at: row.since }
    }),
  )
  return { value: (await opened(ctx, best)).value, values, replacedAt }
}

/** Whether the device may have it now: all but those that another one has replaced. */
function inDoubt(row: store.EscrowRow, _at: number, rows: readonly store.EscrowRow[]): boolean {
  if (row.state === 'past') return false
  const known = rows.find(r => r.state === 'current')
  return row.state !== 'refused' || known === undefined || row.created_at > known.created_at
}

/** Has it replaced once who saw it has had time to use it; null where the device cannot. */
async function replaced(ctx: Ctx, device: devices.Device, kind: string): Promise<number | null> {
  if (!custodianOf(kind)?.renew) return null
  const rule = (await ruling(ctx))(device.unitPath)
  const dueAt = ctx.now + rule.afterViewMinutes * minuteMs
  await takeTurn(ctx, device, { kind, why: 'viewed', dueAt })
  return dueAt
}

function actorId(ctx: Ctx): string {
  return ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id
}
