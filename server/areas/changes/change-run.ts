import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import * as devices from '../devices/index.ts'
import { changeUser, userOf, usersWith } from '../identity/index.ts'
import { recompute } from '../reconcile/index.ts'
import * as store from './change-store.ts'
import { remark } from './row.ts'
import { addTouched } from './touched-store.ts'
import { asRemark, devicesBack, differs, keptDevice, type KeptDevice } from './user-apply.ts'

/** Moves of one transaction. */
export const pageSize = 100

/** What a move left behind, in both directions. */
interface Kept {
  /** Of a person. */
  unit?: string
  devices: KeptDevice[]
}

/**
 * Carries out one page of the moves of the present wave, each exactly once: what became of it, and what is needed to take it back, is written in the same
 * transaction. Answers how many it looked at.
 */
export async function runPage(ctx: Ctx, row: store.ChangeRow): Promise<{ looked: number; failed: number }> {
  const moves = await store.movesAfter(ctx, row.id, { after: 0, limit: pageSize, wave: row.wave, states: ['planned'] })
  const touched = new Set<string>()
  const done: store.MoveRow[] = []
  for (const move of moves) {
    const one = await carryOut(ctx, row, move)
    done.push(one.move)
    for (const device of one.devices) touched.add(device)
  }
  await store.putMoves(ctx, done)
  await addTouched(ctx, row.id, [...touched], row.wave)
  await recompute(ctx, [...touched])
  return { looked: moves.length, failed: done.filter(m => m.state === 'failed').length }
}

async function carryOut(
  ctx: Ctx,
  row: store.ChangeRow,
  move: store.MoveRow,
): Promise<{ move: store.MoveRow; devices: readonly string[] }> {
  try {
    const kept = move.kind === 'user' ? await movePerson(ctx, row, move) : await moveDevice(ctx, move)
    if (kept === null) return { move: { ...move, state: 'same' }, devices: [] }
    const columns = { before: JSON.stringify(kept.before), after: JSON.stringify(kept.after) }
    return { move: { ...move, state: 'applied', ...columns }, devices: kept.after.devices.map(d => d.id) }
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    const { code, facts } = asRemark(problem)
    return { move: { ...move, state: 'failed', error: JSON.stringify({ code, facts }) }, devices: [] }
  }
}

async function movePerson(
  ctx: Ctx,
  row: store.ChangeRow,
  move: store.MoveRow,
): Promise<{ before: Kept; after: Kept } | null> {
  const user = await userOf(ctx, move.subject)
  if (user.unit === move.to_unit || move.to_unit === null) return null
  const were = (await devices.devicesAmong(ctx, { users: [user.id] })).map(keptDevice)
  await changeUser(ctx, user.id, { unit: move.to_unit, devicesFollow: row.devices_follow === 1 })
  const now = new Map((await devices.devicesAmong(ctx, { users: [user.id] })).map(d => [String(d.id), d]))
  const moved = were.filter(d => differs(d, now.get(d.id)))
  return {
    before: { unit: user.unit, devices: moved },
    after: { unit: move.to_unit, devices: moved.flatMap(d => now.get(d.id) ?? []).map(keptDevice) },
  }
}

async function moveDevice(ctx: Ctx, move: store.MoveRow): Promise<{ before: Kept; after: Kept } | null> {
  const before = await devices.get(ctx, move.subject)
  const unit = move.to_unit ?? undefined
  const user = move.to_user === null ? undefined : move.to_user || null
  if ((unit ?? before.unit) === before.unit && (user === undefined || user === before.user)) return null
  const after = await devices.change(ctx, move.subject, { unit, user })
  return { before: { devices: [keptDevice(before)] }, after: { devices: [keptDevice(after)] } }
}

/** Takes back one page of moves, the last first, each exactly once. Who or what went on since stays, and is named. Answers how many it looked at. */
export async function undoPage(ctx: Ctx, row: store.ChangeRow): Promise<number> {
  const after = Number.MAX_SAFE_INTEGER
  const moves = await store.movesAfter(ctx, row.id, { after, limit: pageSize, states: ['applied'], down: true })
  const users = await usersWith(
    ctx,
    moves.filter(m => m.kind === 'user').map(m => m.subject),
  )
  const back: store.MoveRow[] = []
  const touched: string[] = []
  for (const move of moves) {
    const [before, left] = [kept(move.before), kept(move.after)]
    const stays = move.kind === 'user' && users.get(move.subject)?.unit !== left.unit
    back.push(stays ? { ...move, ...stayed('changed-since') } : await takeBack(ctx, move, before, left))
    touched.push(...left.devices.map(d => d.id))
  }
  await store.putMoves(ctx, back)
  await recompute(ctx, [...new Set(touched)])
  return moves.length
}

function kept(text: string | null): Kept {
  return text === null ? { devices: [] } : (JSON.parse(text) as Kept)
}

function stayed(code: 'changed-since'): Pick<store.MoveRow, 'state' | 'error'> {
  const { facts } = remark(code)
  return { state: 'kept', error: JSON.stringify({ code, facts }) }
}

async function takeBack(ctx: Ctx, move: store.MoveRow, before: Kept, after: Kept): Promise<store.MoveRow> {
  try {
    if (move.kind === 'user' && before.unit !== undefined) await changeUser(ctx, move.subject, { unit: before.unit })
    const left = await devicesBack(ctx, before.devices, after.devices)
    if (left.length === 0) return { ...move, state: 'undone' }
    if (move.kind === 'device') return { ...move, ...stayed('changed-since') }
    return {
      ...move,
      state: 'undone',
      error: JSON.stringify({ code: 'devices-left', facts: { devices: left.length } }),
    }
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    const { code, facts } = asRemark(problem)
    return { ...move, state: 'kept', error: JSON.stringify({ code, facts }) }
  }
}
