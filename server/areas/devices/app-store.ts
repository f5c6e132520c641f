import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { contains, within } from '../../base/filter.ts'
import { searchable } from '../../base/text.ts'

/** An app on a device. */
export interface DeviceApp {
  app: string
  name: string
  version: string
  managed: boolean
  /** It belongs to the system. */
  system: boolean
  /** The device keeps people from opening it. */
  hidden: boolean
  /** SHA-256 of the certificate it is signed with, in base64url; '' where the device does not say. */
  signer: string
  /** The same of its file. */
  hash: string
  /** The app that installed it; '' where it came with the system, from a file, or nobody says. */
  installer: string
  /** What it was granted, with a blank before and behind each. */
  permissions: string
}

interface AppRow {
  app: string
  name: string
  version: string
  managed: number
  system: number
  hidden: number
  signer: string
  hash: string
  installer: string
  permissions: string
}

interface Tables {
  device_apps: { org: string; device: string } & AppRow
  known_apps: { org: string; app: string; name: string; name_key: string; devices: number }
  devices: { org: string; id: string; ownership: string; unit_path: string; state: string }
  reports: { org: string; device: string; source: string; at: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)
const rowsAtOnce = 100

/** Everything a device has, as it was kept. */
export async function appsOfDevice(ctx: Ctx, device: string): Promise<DeviceApp[]> {
  const rows = await db(ctx)
    .selectFrom('device_apps')
    .select(['app', 'name', 'version', 'managed', 'system', 'hidden', 'signer', 'hash', 'installer', 'permissions'])
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .execute()
  return rows.map(toApp)
}

function toApp({ managed, system, hidden, ...app }: AppRow): DeviceApp {
  return { ...app, managed: managed === 1, system: system === 1, hidden: hidden === 1 }
}

/** Writes apps of a device, new ones and those that changed. */
export async function putApps(ctx: Ctx, device: string, apps: readonly DeviceApp[]): Promise<void> {
  for (let i = 0; i < apps.length; i += rowsAtOnce) {
    const part = apps.slice(i, i + rowsAtOnce)
    await db(ctx)
      .insertInto('device_apps')
      .values(part.map(a => ({ org: ctx.org, device, ...toRow(a) })))
      .onConflict(c =>
        c.columns(['org', 'device', 'app']).doUpdateSet(e => ({
          name: e.ref('excluded.name'),
          version: e.ref('excluded.version'),
          managed: e.ref('excluded.managed'),
          system: e.ref('excluded.system'),
          hidden: e.ref('excluded.hidden'),
          signer: e.ref('excluded.signer'),
          hash: e.ref('excluded.hash'),
          installer: e.ref('excluded.installer'),
          permissions: e.ref('excluded.permissions'),
        })),
      )
      .execute()
    await db(ctx)
      .insertInto('known_apps')
      .values(
        part.map(a => ({
          org: ctx.org,
          app: a.app,
          name: a.name,
          name_key: searchable(`${a.name} ${a.app}`),
          devices: 0,
        })),
      )
      .onConflict(c => c.columns(['org', 'app']).doNothing())
      .execute()
  }
}

function toRow(app: DeviceApp): AppRow {
  return { ...app, managed: Number(app.managed), system: Number(app.system), hidden: Number(app.hidden) }
}

/** A device has these no more. */
export async function removeApps(ctx: Ctx, device: string, apps: readonly string[]): Promise<void> {
  for (let i = 0; i < apps.length; i += rowsAtOnce)
    await db(ctx)
      .deleteFrom('device_apps')
      .where('org', '=', ctx.org)
      .where('device', '=', device)
      .where('app', 'in', apps.slice(i, i + rowsAtOnce))
      .execute()
}

/**
 * Apps of these devices, all or those named. Of a personal device never one that the org did not put there:
 * the condition is in the statement, so that nothing above it can ask for more.
 */
export async function appsOfAll(
  ctx: Ctx,
  devices: readonly string[],
  only: readonly string[] | null,
): Promise<Map<string, DeviceApp[]>> {
  if (devices.length === 0 || only?.length === 0) return new Map()
  const all = db(ctx)
    .selectFrom('device_apps')
    .innerJoin('devices', j => j.onRef('devices.org', '=', 'device_apps.org').onRef('devices.id', '=', 'device'))
    .select(['device', 'app', 'device_apps.name', 'version', 'managed', 'system', 'hidden'])
    .select(['signer', 'hash', 'installer', 'permissions'])
    .where('device_apps.org', '=', ctx.org)
    .where('device', 'in', [...devices])
    .where(e => e.or([e('managed', '=', 1), e('devices.ownership', '<>', 'personal')]))
    .orderBy('app')
  const rows = await (only === null ? all : all.where('app', 'in', [...only])).execute()
  const by = new Map<string, DeviceApp[]>()
  for (const { device, ...row } of rows) {
    const apps = by.get(device)
    const one = toApp(row)
    if (apps) apps.push(one)
    else by.set(device, [one])
  }
  return by
}

/** Which of these devices ever gave a list of this kind. */
export async function listedAmong(ctx: Ctx, devices: readonly string[], list: string): Promise<Set<string>> {
  if (devices.length === 0) return new Set()
  const rows = await db(ctx)
    .selectFrom('reports')
    .select('device')
    .where('org', '=', ctx.org)
    .where('device', 'in', [...devices])
    .where('source', '=', `list:${list}`)
    .execute()
  return new Set(rows.map(r => r.device))
}

/** An app of the inventory, with on how many devices it is. */
export interface KnownApp {
  app: string
  name: string
  devices: number
}

/** Apps on some device whose name or identifier holds the text, those on most devices first. */
export async function knownApps(ctx: Ctx, text: string, most: number): Promise<KnownApp[]> {
  const all = db(ctx)
    .selectFrom('known_apps')
    .select(['app', 'name', 'devices'])
    .where('org', '=', ctx.org)
    .where('devices', '>', 0)
    .orderBy('devices', 'desc')
    .orderBy('app')
    .limit(most)
  return (text === '' ? all : all.where(contains('name_key', text, true))).execute()
}

/** The same within subtrees, counted there. */
export async function knownAppsWithin(
  ctx: Ctx,
  paths: readonly string[],
  text: string,
  most: number,
): Promise<KnownApp[]> {
  const all = db(ctx)
    .selectFrom('device_apps')
    .innerJoin('devices', j => j.onRef('devices.org', '=', 'device_apps.org').onRef('devices.id', '=', 'device'))
    .select(e => ['app', e.fn.max('device_apps.name').as('name'), e.fn.countAll<number>().as('devices')])
    .where('device_apps.org', '=', ctx.org)
    .where(within('devices.unit_path', paths))
    .groupBy('app')
    .orderBy('devices', 'desc')
    .orderBy('app')
    .limit(most)
  const found =
    text === '' ? all : all.where(e => e.or([contains('device_apps.name', text, false), contains('app', text, false)]))
  return (await found.execute()).map(r => ({ ...r, devices: Number(r.devices) }))
}

/** Names of these apps, as some device gave them. */
export async function appNames(ctx: Ctx, apps: readonly string[]): Promise<Map<string, KnownApp>> {
  if (apps.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('known_apps')
    .select(['app', 'name', 'devices'])
    .where('org', '=', ctx.org)
    .where('app', 'in', [...apps])
    .execute()
  return new Map(rows.map(r => [r.app, r]))
}

/** Counts anew on how many devices each app is. */
export async function countApps(ctx: Ctx): Promise<void> {
  await sql`UPDATE known_apps SET devices = (SELECT COUNT(*) FROM device_apps
    WHERE device_apps.org = known_apps.org AND device_apps.app = known_apps.app) WHERE org = ${ctx.org}`.execute(ctx.tx)
}

/** Forgets the names of apps that are on no device: whoever had one may not be known to have. */
export async function forgetStrayApps(ctx: Ctx): Promise<void> {
  await sql`DELETE FROM known_apps WHERE org = ${ctx.org} AND NOT EXISTS (SELECT 1 FROM device_apps
    WHERE device_apps.org = known_apps.org AND device_apps.app = known_apps.app)`.execute(ctx.tx)
}

/** Forgets what the org did not put on a device. */
export async function removeUnmanaged(ctx: Ctx, device: string): Promise<void> {
  await db(ctx)
    .deleteFrom('device_apps')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('managed', '=', 0)
    .execute()
}
