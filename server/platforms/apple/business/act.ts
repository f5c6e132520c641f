import { demandWhole } from '../../../base/authority.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as guard from '../../../areas/guard/index.ts'
import * as identity from '../../../areas/identity/index.ts'
import * as roster from '../../../areas/roster/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { record } from '../../../base/events.ts'
import type { Follower } from '../../../base/follow.ts'
import { newId } from '../../../base/id.ts'
import { Problem } from '../../../base/problem.ts'
import { portalEvents } from './events.ts'
import * as acting from './act-store.ts'
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
  /** What it is for, in the words of who orders it; shown to who has to agree. */
  readonly reason?: string | undefined
}

/**
 * Orders an act in the portal. All or nothing: a serial that the portal does not hold refuses the whole. Releasing takes a fresh proof of who is there and the
 * number of devices, and passes the guard device by device; what it holds waits there.
 */
export async function order(ctx: Ctx, programId: string, wish: ActWish): Promise<acting.ActRow> {
  const program = await portalFor(ctx, programId, 'roster:write')
  const serials = [...new Set(wish.serials.map(s => s.trim().toUpperCase()))]
  const known = await store.devicesWith(ctx, program.id, serials)
  const there = new Set(known.map(d => d.serial))
  const unknown = serials.filter(s => !there.has(s))
  if (unknown.length > 0)
    throw new Problem('portal.unknown', { serials: unknown.slice(0, 20), devices: unknown.length })
  await demandSensible(ctx, program.id, wish)
  const id = newId('portalAct')
  const items =
    wish.what === 'release' ? await guarded(ctx, { id, program: program.id }, serials, wish) : serials.map(plainItem)
  const held = items.filter(i => i.state === 'held').length
  const row: Omit<acting.ActRow, 'org'> = {
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
    reason: wish.reason ?? null,
    asked_at: null,
  }
  await acting.addAct(ctx, row, items)
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

type Item = Parameters<typeof acting.addAct>[2][number]

const plainItem = (serial: string): Item => ({ serial, guarded: serial, state: 'wanted', intent: null, why: null })

/** Asks the guard for every device that is to be released: many leave as a whole or wait as a whole. */
async function guarded(
  ctx: Ctx,
  { id: act, program }: { id: string; program: string },
  serials: readonly string[],
  wish: ActWish,
): Promise<Item[]> {
  demandWhole(ctx.authority, 'devices:wipe')
  await identity.demandStepUp(ctx)
  if (wish.confirm !== serials.length) throw new Problem('portal.confirm-differs', { devices: serials.length })
  const open = await acting.underWay(ctx, wish.what, serials)
  if (open.length > 0) throw new Problem('portal.under-way', { serials: open.slice(0, 20), devices: open.length })
  const root = await identity.rootUnit(ctx)
  const batch = serials.length > 1 ? act : null
  const same = { action: releaseAction, door: releaseAction, impact: 'irreversible', detail: program } as const
  const expected = serials.length
  const reason = wish.reason ?? null
  if (batch !== null) await guard.holdBatch(ctx, batch, { ...same, expected, reason, unitPath: root.path })
  const entries = new Map((await roster.entriesWith(ctx, serials)).map(e => [e.serial, e]))
  const items: Item[] = []
  for (const serial of serials) {
    const device = await guardedDevice(ctx, serial, { entry: entries.get(serial), root })
    const admitted = await guard.admit(ctx, { ...same, batch, reason: wish.reason, device })
    const held = guard.isHeld(admitted) ? admitted.held : null
    if (!guard.isHeld(admitted)) guard.demandPermit(admitted, releaseAction, device.id)
    const state = held === null ? 'wanted' : 'held'
    items.push({ serial, guarded: device.id, state, intent: held, why: null })
  }
  if (batch !== null) await guard.gathered(ctx, batch)
  return items
}

/** What the guard knows a device of the portal by: that which is enrolled, else what is promised, else its serial. */
async function guardedDevice(
  ctx: Ctx,
  serial: string,
  { entry, root }: { entry: roster.Entry | undefined; root: { id: string; path: string } },
): Promise<Parameters<typeof guard.admit>[1]['device']> {
  const device = entry?.device ? await devices.find(ctx, entry.device) : undefined
  return {
    id: device?.id ?? entry?.id ?? serial,
    name: device?.name ?? serial,
    unit: device?.unit ?? entry?.unit ?? root.id,
    unitPath: device?.unitPath ?? entry?.unitPath ?? root.path,
    tags: device ? await devices.tagsOf(ctx, device.id) : [],
  }
}

/** How the guard lets a held release go: the device joins its act, whose worker asks the vendor once for those that may go. */
export const heldReleases: guard.Door = {
  device: async (ctx, permit, { device: id, intent }) => {
    guard.demandPermit(permit, releaseAction, id)
    const item = await acting.heldItem(ctx, intent, id)
    const act = item && (await acting.findAct(ctx, item.act))
    if (!item || !act) return { skipped: 'id.unknown' }
    const program = await roster.program(ctx, act.program)
    if (!program) return { skipped: 'id.unknown' }
    await acting.moveItems(ctx, act.id, { serials: [item.serial], from: 'held', to: 'wanted' })
    // While the vendor is at those before, this one waits for its turn.
    if (act.activity === null)
      await acting.changeAct(ctx, act.id, { state: 'wanted', next_at: ctx.now, ended_at: null, tries: 0 })
    await wakeWorker(ctx, program)
    return 'sent'
  },
}

/** How an intent ends without its devices being let go, or with some left out. */
const endings: Readonly<Record<string, string>> = {
  'intent.denied': 'denied',
  'intent.canceled': 'canceled',
  'intent.expired': 'expired',
  'intent.done': 'skipped',
}

/** What the guard does not let go ends in its act, and the vendor is never asked for it. */
export const declining: Follower = {
  name: 'portal-releases',
  from: 'beginning',
  wants: type => Object.hasOwn(endings, type),
  take: async (ctx, events) => {
    for (const { type, data } of events) {
      const why = endings[type]
      if (why === undefined || data['action'] !== releaseAction) continue
      const intent = String(data['intent'])
      for (const [id, count] of await acting.declineItems(ctx, intent, why))
        await declined(ctx, { id, intent, why, devices: count })
    }
  },
}

async function declined(
  ctx: Ctx,
  { id, ...told }: { id: string; intent: string; why: string; devices: number },
): Promise<void> {
  const act = await acting.findAct(ctx, id)
  const program = act && (await roster.program(ctx, act.program))
  if (!act || !program) return
  if (act.state === 'held') {
    const some = (await acting.itemsOf(ctx, id)).some(i => i.state === 'done')
    await acting.changeAct(ctx, id, { state: some ? 'done' : 'failed', next_at: null, ended_at: ctx.now })
  }
  await record(ctx, portalEvents.declined, roster.aboutProgram(program), { act: id, what: act.what, ...told })
}
