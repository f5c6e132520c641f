import { demandWhole } from '../../../base/authority.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as guard from '../../../areas/guard/index.ts'
import * as identity from '../../../areas/identity/index.ts'
import * as roster from '../../../areas/roster/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { record } from '../../../base/events.ts'
import { newId } from '../../../base/id.ts'
import { Problem } from '../../../base/problem.ts'
import { portalEvents } from './events.ts'
import * as store from './store.ts'
import { wakeWorker } from './wake.ts'

/** What can be done in the portal, as people call it, and as the vendor does. */
export const acts = {
  assign: 'ASSIGN_DEVICES',
  unassign: 'UNASSIGN_DEVICES',
  'assign-by': 'ASSIGN_DEVICES_WITH_MDM_MIGRATION_DEADLINE',
  'change-deadline': 'UPDATE_MDM_MIGRATION_DEADLINE',
  'cancel-migration': 'CANCEL_MDM_MIGRATION',
  release: 'RELEASE_DEVICES',
} as const
export type What = keyof typeof acts

/** The act that can never be undone: the org owns the device no longer, and nobody can give it back but who sold it. */
export const releaseAction = 'portal.release'
export const mostSerials = 500
const dayMs = 24 * 3_600_000

/** What is wished of devices in the portal. */
export interface ActWish {
  readonly what: What
  readonly serials: readonly string[]
  readonly server?: string | undefined
  readonly deadline?: number | undefined
  /** For releasing: how many, typed by who means it. */
  readonly confirm?: number | undefined
}

/**
 * Orders an act in the portal. All or nothing: a serial that the portal does not hold refuses the whole. Releasing takes a fresh proof of who is there and the
 * number of devices, and passes the guard device by device; what it holds waits there.
 */
export async function order(ctx: Ctx, programId: string, wish: ActWish): Promise<store.ActRow> {
  const program = await portalFor(ctx, programId, 'roster:write')
  const serials = [...new Set(wish.serials.map(s => s.trim().toUpperCase()))]
  const known = await store.devicesWith(ctx, program.id, serials)
  const there = new Set(known.map(d => d.serial))
  const unknown = serials.filter(s => !there.has(s))
  if (unknown.length > 0)
    throw new Problem('portal.unknown', { serials: unknown.slice(0, 20), devices: unknown.length })
  await demandSensible(ctx, program.id, wish)
  const id = newId('portalAct')
  const items = wish.what === 'release' ? await guarded(ctx, id, serials, wish) : serials.map(plainItem)
  const held = items.filter(i => i.state === 'held').length
  const row: Omit<store.ActRow, 'org'> = {
    id,
    program: program.id,
    what: wish.what,
    server: wish.server ?? null,
    deadline: wish.deadline ?? null,
    state: held === items.length ? 'held' : 'wanted',
    activity: null,
    answer: null,
    tries: 0,
    next_at: ctx.now,
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.id,
    created_at: ctx.now,
    ended_at: null,
  }
  await store.addAct(ctx, row, items)
  const told = { act: id, what: wish.what, devices: serials.length, held, server: row.server }
  await record(ctx, portalEvents.ordered, roster.aboutProgram(program), told)
  await wakeWorker(ctx, program)
  return { ...row, org: ctx.org }
}

/** The program, if it acts in the portal. */
export async function portalFor(ctx: Ctx, id: string, permission: string): Promise<roster.Program> {
  const program = await roster.programFor(ctx, id, permission)
  if (program.kind !== 'portal') throw new Problem('id.unknown')
  return program
}

async function demandSensible(ctx: Ctx, program: string, { what, server, deadline }: ActWish): Promise<void> {
  const takesServer = what === 'assign' || what === 'assign-by' || what === 'unassign'
  const known = server === undefined ? null : (await store.listServers(ctx, program)).some(s => s.id === server)
  if (takesServer ? known !== true : server !== undefined) throw new Problem('portal.server-unknown')
  const takesDeadline = what === 'assign-by' || what === 'change-deadline'
  if (takesDeadline !== (deadline !== undefined)) throw new Problem('portal.deadline')
  if (deadline !== undefined && (deadline < ctx.now + dayMs || deadline > ctx.now + 366 * dayMs))
    throw new Problem('portal.deadline')
}

type Item = Parameters<typeof store.addAct>[2][number]

const plainItem = (serial: string): Item => ({ serial, guarded: serial, state: 'wanted' })

/** Asks the guard for every device that is to be released. */
async function guarded(ctx: Ctx, act: string, serials: readonly string[], wish: ActWish): Promise<Item[]> {
  demandWhole(ctx.authority, 'devices:wipe')
  await identity.demandStepUp(ctx)
  if (wish.confirm !== serials.length) throw new Problem('portal.confirm-differs', { devices: serials.length })
  const root = await identity.rootUnit(ctx)
  const entries = new Map((await roster.entriesWith(ctx, serials)).map(e => [e.serial, e]))
  const items: Item[] = []
  for (const serial of serials) {
    const entry = entries.get(serial)
    const device = entry?.device ? await devices.find(ctx, entry.device) : undefined
    const id = device?.id ?? entry?.id ?? serial
    const admitted = await guard.admit(ctx, {
      action: releaseAction,
      door: releaseAction,
      impact: 'irreversible',
      batch: serials.length > 1 ? act : null,
      detail: serial,
      device: {
        id,
        name: device?.name ?? serial,
        unit: device?.unit ?? entry?.unit ?? root.id,
        unitPath: device?.unitPath ?? entry?.unitPath ?? root.path,
        tags: device ? await devices.tagsOf(ctx, device.id) : [],
      },
    })
    if (guard.isHeld(admitted)) items.push({ serial, guarded: id, state: 'held' })
    else {
      guard.demandPermit(admitted, releaseAction, id)
      items.push({ serial, guarded: id, state: 'wanted' })
    }
  }
  return items
}

/** How the guard lets a held release go: the device joins its act, whose worker asks the vendor. */
export const heldReleases: guard.Door = {
  device: async (ctx, permit, { device: id }) => {
    guard.demandPermit(permit, releaseAction, id)
    const [item] = await store.heldItems(ctx, id)
    const act = item && (await store.findAct(ctx, item.act))
    if (!item || !act) return { skipped: 'id.unknown' }
    const program = await roster.program(ctx, act.program)
    if (!program) return { skipped: 'id.unknown' }
    await store.setItem(ctx, item.act, item.serial, 'wanted')
    // What was asked already is asked for anew with those that may go now; the vendor takes a device that is gone for an error of that device alone.
    await store.changeAct(ctx, act.id, { state: 'wanted', activity: null, next_at: ctx.now, ended_at: null })
    await wakeWorker(ctx, program)
    return 'sent'
  },
}
