import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import * as devices from '../devices/index.ts'
import type { Json } from '../policies/index.ts'
import { appEvents } from './events.ts'
import * as apps from './store.ts'
import * as store from './status-store.ts'
import { watchLater } from './watch-later.ts'

/** Where an app can be on its way to a device. */
export const appStates = [
  'wanted',
  'license',
  'sent',
  'downloading',
  'installing',
  'asking',
  'installed',
  'updating',
  'failed',
  'rejected',
  'removed',
] as const
export type AppState = (typeof appStates)[number]

/** The state of this name; what is none has only just begun. */
export function stateIn(text: string): AppState {
  return appStates.find(s => s === text) ?? 'wanted'
}

/** What is wanted of an app on a device; `''`: nothing any more. */
export type Presence = 'required' | 'available' | 'forbidden' | 'removed' | ''

/** Why an app is where it is: a code with a text, and facts for its sentence. */
export interface AppReason {
  readonly code: string
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>
}

/** What a value of the kind `app` wants of it. Pure. */
export function presenceIn(value: Json): Presence {
  const found = typeof value === 'object' && value !== null && 'presence' in value ? value.presence : ''
  return found === 'required' || found === 'available' || found === 'forbidden' || found === 'removed' ? found : ''
}

/** How far an app is on a device. */
export interface AppStatus {
  device: string
  app: string
  presence: Presence
  state: AppState
  /** That the device said it has. */
  version: string | null
  reason: AppReason | null
  since: number
  /** When the device last spoke of it. */
  heardAt: number | null
}

/** What became of an app on a device. */
export interface AppNote {
  state: AppState
  version?: string | null
  reason?: AppReason | null
  /** The device itself said so. */
  heard?: boolean
}

/** How far every app of the catalog is on a device that should have it, may have it or has it by us. */
export async function statusOf(ctx: Ctx, device: string): Promise<AppStatus[]> {
  return (await store.statusesOn(ctx, device)).map(toStatus)
}

/** How far one app is on one device, if it is anywhere. */
export async function findStatus(ctx: Ctx, device: string, app: string): Promise<AppStatus | undefined> {
  const row = await store.findStatus(ctx, device, app)
  return row && toStatus(row)
}

/** The same of one app on some devices. */
export async function statusesAmong(ctx: Ctx, app: string, ids: readonly string[]): Promise<AppStatus[]> {
  return (await store.statusesAmong(ctx, app, ids)).map(toStatus)
}

/** On how many devices an app is required, there, on its way or not to be had. */
export interface AppCounts {
  required: number
  installed: number
  pending: number
  failed: number
}

const there: readonly string[] = ['installed', 'updating']
/** States in which a device will not come to an app by itself. */
export const lostStates = ['failed', 'rejected'] as const
const lost: readonly string[] = lostStates

/** Counts the devices of an app by where it is on them. */
export async function countsOf(ctx: Ctx, app: string): Promise<AppCounts> {
  return counted(await store.countStates(ctx, app))
}

/** The same of rows that were counted elsewhere. Pure. */
export function counted(rows: readonly { presence: string; state: string; n: number }[]): AppCounts {
  const sum = (of: (r: (typeof rows)[number]) => boolean): number =>
    rows.filter(of).reduce((all, r) => all + Number(r.n), 0)
  // On a system that it is not made for it is required of nobody.
  const meant = (r: (typeof rows)[number]): boolean => r.presence === 'required' && r.state !== 'removed'
  const asked = (r: (typeof rows)[number]): boolean => meant(r) || (r.presence === 'available' && r.state !== 'wanted')
  return {
    required: sum(meant),
    installed: sum(r => there.includes(r.state)),
    pending: sum(r => asked(r) && !there.includes(r.state) && !lost.includes(r.state) && r.state !== 'removed'),
    failed: sum(r => lost.includes(r.state)),
  }
}

/** Notes what became of an app on a device; saying it twice changes nothing but when it was heard. What is worth a line in the log gets one. */
export async function noteStatus(ctx: Ctx, device: string, app: string, note: AppNote): Promise<void> {
  const before = await store.findStatus(ctx, device, app)
  const reason = note.reason ? JSON.stringify(note.reason) : null
  const version = note.version === undefined ? (before?.version ?? null) : note.version
  const same = before?.state === note.state && before.reason === reason && before.version === version
  await store.putStatus(ctx, {
    org: ctx.org,
    device,
    app,
    presence: before?.presence ?? '',
    state: note.state,
    version: note.state === 'removed' ? null : version,
    reason,
    since: before?.state === note.state ? Number(before.since) : ctx.now,
    heard_at: note.heard ? ctx.now : before?.heard_at === undefined ? null : before.heard_at,
  })
  if (before?.presence === 'required' && lost.includes(note.state)) await watchLater(ctx, app)
  if (same && before?.state === note.state) return
  await tell(ctx, { device, app, presence: before?.presence ?? '', from: before?.state ?? null }, { ...note, version })
}

interface Told {
  device: string
  app: string
  presence: string
  from: string | null
}

async function tell(ctx: Ctx, { device: id, app: of, presence, from }: Told, note: AppNote): Promise<void> {
  if (from === note.state) return
  const said = { installed: true, failed: true, rejected: true, removed: true }
  if (!Object.hasOwn(said, note.state)) return
  // An update that is through is no second installation.
  if (note.state === 'installed' && from === 'updating') return
  const device = await devices.find(ctx, id)
  const row = await apps.findApp(ctx, of)
  if (!device || !row) return
  const about = devices.about(device)
  const app = { app: of, name: row.name }
  const code = note.reason?.code ?? 'app.failed'
  if (note.state === 'installed')
    await record(ctx, appEvents.installed, about, { ...app, version: note.version ?? null })
  else if (note.state === 'failed') await record(ctx, appEvents.failed, about, { ...app, code })
  else if (note.state === 'rejected') await record(ctx, appEvents.rejected, about, { ...app, code })
  else await record(ctx, appEvents.removed, about, { ...app, wanted: presence === 'required' })
}

/** What a device should have of the catalog now, as it was computed: by app what is wanted of it. */
export interface Expected {
  device: string
  apps: ReadonlyMap<string, Presence>
  /** Those whose seat is to be in the name of the person who has the device. */
  forPerson?: ReadonlySet<string>
}

/** Keeps in step what is wanted of apps on devices, whatever became of them so far. */
export async function expect(ctx: Ctx, all: readonly Expected[]): Promise<void> {
  const rows = await store.statusesOnAll(
    ctx,
    all.map(e => e.device),
  )
  const known = Map.groupBy(rows, r => r.device)
  for (const { device, apps: wanted } of all) {
    const before = new Map((known.get(device) ?? []).map(r => [r.app, r]))
    for (const [app, presence] of wanted) {
      const row = before.get(app)
      if (row?.presence === presence) continue
      const fresh = { org: ctx.org, device, app, version: null, reason: null, since: ctx.now, heard_at: null }
      await store.putStatus(ctx, { ...fresh, state: 'wanted', ...row, presence })
    }
    for (const [app, row] of before) {
      if (wanted.has(app) || row.presence === '') continue
      if (row.state === 'wanted' || row.state === 'license') await store.removeStatus(ctx, device, app)
      else await store.putStatus(ctx, { ...row, presence: '' })
    }
  }
}

/** How the item is that brings or takes an app, where the device says no more of the app itself. */
export interface ItemWord {
  device: string
  app: string
  state: string
  reason: AppReason | null
}

/** Why an app is not there that is made for another system. */
export const otherSystem = 'honor.app-other-platform'

/** Takes in how the item of an app is: a web app that is there, what cannot be had on this device, what failed before the app itself was heard of. */
export async function noteItem(ctx: Ctx, { device, app, state, reason }: ItemWord): Promise<void> {
  const before = await store.findStatus(ctx, device, app)
  if (!before) return
  const kept = before.presence === 'required' || before.presence === 'available'
  const coming = !there.includes(before.state) && !lost.includes(before.state)
  if (state === 'installed' && kept && coming) return noteStatus(ctx, device, app, { state: 'installed', reason: null })
  // What was never there is gone without a word in the log.
  if (state === 'installed' && !kept && before.presence !== '' && before.state !== 'removed')
    return store.putStatus(ctx, { ...before, state: 'removed', version: null, since: ctx.now })
  if (state === 'unsupported' && reason?.code === otherSystem)
    return store.putStatus(ctx, { ...before, state: 'removed', reason: JSON.stringify(reason), since: ctx.now })
  // As long as a person is asked, that is what is to be said.
  if ((state === 'failed' || state === 'unsupported') && kept && coming && before.state !== 'asking' && reason)
    return noteStatus(ctx, device, app, { state: 'failed', reason })
  if (state === 'wanted' && before.state === 'failed')
    return noteStatus(ctx, device, app, { state: 'wanted', reason: null })
}

/** An app that nothing asks for any more has left the device. */
export async function left(ctx: Ctx, device: string, app: string): Promise<void> {
  const before = await store.findStatus(ctx, device, app)
  if (before?.presence !== '') return
  if (before.state !== 'removed') await noteStatus(ctx, device, app, { state: 'removed' })
  await store.removeStatus(ctx, device, app)
}

/** Forgets an app that is neither wanted on the device nor there any more. */
export async function forget(ctx: Ctx, device: string, app: string): Promise<void> {
  const before = await store.findStatus(ctx, device, app)
  if (before?.presence === '') await store.removeStatus(ctx, device, app)
}

/** Forgets what is known of apps on a device: its management has ended. */
export function forgetDevice(ctx: Ctx, device: string): Promise<void> {
  return store.forgetDevice(ctx, device)
}

function toStatus(row: store.StatusRow): AppStatus {
  return {
    device: row.device,
    app: row.app,
    presence: row.presence as Presence,
    state: row.state as AppState,
    version: row.version,
    reason: row.reason === null ? null : (JSON.parse(row.reason) as AppReason),
    since: Number(row.since),
    heardAt: row.heard_at === null ? null : Number(row.heard_at),
  }
}
