import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { digest } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as devices from '../devices/index.ts'
import { groupsOf, type Unit, unitFor, unitOf, usersWith } from '../identity/index.ts'
import type { MoveRow } from './change-store.ts'
import { type Moves, movesOf } from './moves.ts'
import type { Shift } from './row.ts'

/** One move as it is asked for: a person to a unit, or a device to a unit, to a person (null: to nobody), or both. */
export interface MoveWish {
  user?: string | null | undefined
  device?: string | undefined
  unit?: string | undefined
}

/** A move that may be planned: who or what, from where, to where. */
export interface PlannedMove {
  kind: 'user' | 'device'
  subject: string
  toUnit: Unit | null
  /** Undefined: stays with whom it is. */
  toUser: string | null | undefined
  fromUnit: string
  fromPath: string
}

/** Moves of one change. */
export const mostMoves = 5000

/** Checks moves against what is there and what the actor may: everyone is there, nobody is named twice, and each unit is theirs. */
export async function planMoves(ctx: Ctx, wishes: readonly MoveWish[]): Promise<PlannedMove[]> {
  if (wishes.length > mostMoves) throw new Problem('change.too-many', { most: mostMoves })
  const users = await usersWith(
    ctx,
    wishes.flatMap(w => w.user ?? []),
  )
  const found = await devices.devicesAmong(ctx, { ids: wishes.flatMap(w => w.device ?? []) })
  const byId = new Map(found.map(d => [String(d.id), d]))
  const units = new Map<string, Unit>()
  for (const id of new Set(wishes.flatMap(w => w.unit ?? []))) units.set(id, await unitOf(ctx, id))
  const planned = wishes.map(wish => {
    const unit = wish.unit === undefined ? null : (units.get(wish.unit) ?? null)
    return wish.device === undefined
      ? personMove(ctx, wish, users, unit)
      : deviceMove(ctx, wish, { device: byId.get(wish.device), users, unit })
  })
  const named = new Set(planned.map(p => p.subject))
  if (named.size < planned.length) throw new Problem('change.twice')
  return planned
}

function personMove(
  ctx: Ctx,
  wish: MoveWish,
  users: Awaited<ReturnType<typeof usersWith>>,
  unit: Unit | null,
): PlannedMove {
  const user = users.get(wish.user ?? '')
  if (!user || !unit) throw new Problem(user ? 'change.empty' : 'id.unknown')
  for (const path of [user.unitPath, unit.path]) may(ctx, 'users:write', path, 'users:read')
  return {
    kind: 'user',
    subject: user.id,
    toUnit: unit,
    toUser: undefined,
    fromUnit: user.unit,
    fromPath: user.unitPath,
  }
}

function deviceMove(
  ctx: Ctx,
  wish: MoveWish,
  {
    device,
    users,
    unit,
  }: { device: devices.Device | undefined; users: Awaited<ReturnType<typeof usersWith>>; unit: Unit | null },
): PlannedMove {
  if (!device) throw new Problem('id.unknown')
  const holder = wish.user ? users.get(wish.user) : undefined
  if (wish.user && !holder) throw new Problem('id.unknown')
  if (!unit && wish.user === undefined) throw new Problem('change.empty')
  for (const path of [device.unitPath, ...(unit ? [unit.path] : [])]) may(ctx, 'devices:write', path, 'devices:read')
  if (holder) demand(ctx.authority, 'users:read', holder.unitPath, 'users:read')
  if (holder && device.shared) throw new Problem('device.shared')
  return {
    kind: 'device',
    subject: device.id,
    toUnit: unit,
    toUser: wish.user,
    fromUnit: device.unit,
    fromPath: device.unitPath,
  }
}

/** Demands this permission there, and the one to plan changes there. */
export function may(ctx: Ctx, permission: string, path: string, seeing: string): void {
  demand(ctx.authority, permission, path, seeing)
  demand(ctx.authority, 'changes:write', path, seeing)
}

/** Where units would hang with everything below them; refused as the move itself would be. */
export async function planUnits(
  ctx: Ctx,
  wishes: readonly { unit: string; parent: string }[],
): Promise<{ from: string; to: string }[]> {
  const moves: { from: string; to: string }[] = []
  for (const wish of wishes) {
    const unit = await unitFor(ctx, wish.unit, 'units:write')
    const parent = await unitFor(ctx, wish.parent, 'units:write')
    if (unit.parent === null) throw new Problem('unit.top')
    if (parent.path.startsWith(unit.path)) throw new Problem('unit.cycle')
    moves.push({ from: unit.path, to: `${parent.path}${unit.id}/` })
  }
  return moves
}

/** In which wave a person or a device goes: a share of the hash of its id within the change, so that the same are not always first. */
export function waveOf(change: string, subject: string, shares: readonly number[]): number {
  const share = (Number.parseInt(digest(`${change} ${subject}`).slice(0, 8), 16) / 0x1_0000_0000) * 100
  const wave = shares.findIndex(upTo => share < upTo)
  return wave < 0 ? shares.length - 1 : wave
}

/** What planned moves do to devices, as they stand now. */
export async function movesFrom(ctx: Ctx, planned: readonly PlannedMove[], follow: boolean): Promise<Moves> {
  const shifts = planned.map((p): Shift => {
    const to = p.toUnit?.path
    if (p.kind === 'user') return { user: { id: p.subject, from: p.fromPath, to: to ?? p.fromPath } }
    return {
      device: { id: p.subject, ...(to ? { path: to } : {}), ...(p.toUser === undefined ? {} : { user: p.toUser }) },
    }
  })
  const holders = planned.flatMap(p => p.toUser ?? [])
  return movesOf(shifts, { groups: await groupsOf(ctx, [...new Set(holders)]), follow })
}

/** The wish a stored move came from. */
export function wishFrom(move: MoveRow): MoveWish {
  const unit = move.to_unit ?? undefined
  if (move.kind === 'user') return { user: move.subject, unit }
  return { device: move.subject, unit, user: move.to_user === '' ? null : (move.to_user ?? undefined) }
}
