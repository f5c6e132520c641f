import type { Scope } from '../../base/ctx.ts'
import { fold } from '../../base/text.ts'
import type { Base } from '../../base/transact.ts'
import * as views from '../views/index.ts'
import { code, instant, type Line, plain } from './column.ts'
import type { Asked, Kind } from './kind.ts'
import * as store from './read-store.ts'

const pageSize = 200

/** Facts that have a column of their own. */
const factColumns: Readonly<Record<string, string>> = {
  encrypted: 'security.encrypted',
  passcode: 'security.passcode',
  passcodeCompliant: 'security.passcodeCompliant',
  firewall: 'security.firewall',
  systemIntegrity: 'security.systemIntegrity',
  activationLock: 'security.activationLock',
  storageFree: 'storage.availableBytes',
  storage: 'storage.capacityBytes',
  battery: 'battery.level',
  build: 'os.build',
  carrier: 'cellular.carrier',
}

const identifiers: Readonly<Record<string, string>> = {
  serial: 'identity.serial',
  udid: 'identity.udid',
  imei: 'cellular.imei',
}

const rowColumns = [
  'id',
  'name',
  'state',
  'user',
  'unit',
  'ownership',
  'platform',
  'formFactor',
  'model',
  'modelIdentifier',
  'os',
  'serial',
  'udid',
  'imei',
  'supervised',
  'shared',
  'asset',
  'tags',
  'policy',
  'policyFailed',
  'enrolled',
  'seen',
  'heldSince',
]

const deviceColumns = [...rowColumns, ...Object.keys(factColumns)]

/** The fact behind a column; null where it is none. */
function factOf(column: string): string | null {
  if (column.startsWith('fact.')) return column.slice(5)
  return Object.hasOwn(factColumns, column) ? (factColumns[column] ?? null) : null
}

function standing(policy: views.PastRow['policy']): string | null {
  if (policy === null || policy.items === 0) return null
  if (policy.failed > 0) return 'failed'
  return policy.waiting > 0 ? 'pending' : 'ok'
}

function lineOf(row: views.PastRow): Line {
  return {
    id: row.id,
    name: row.name,
    state: code(row.state),
    user: row.user?.displayName ?? null,
    unit: row.unit.path,
    ownership: code(row.ownership),
    platform: code(row.platform),
    formFactor: code(row.formFactor),
    model: row.modelName ?? row.model,
    modelIdentifier: row.model,
    os: row.osVersion,
    serial: row.serial,
    udid: row.udid,
    imei: row.imei,
    supervised: row.supervised,
    shared: row.shared,
    asset: row.assetTag,
    tags: row.tags.join('; '),
    policy: code(standing(row.policy)),
    policyFailed: row.policy?.failed ?? null,
    enrolled: instant(row.enrolledAt),
    seen: instant(row.lastSeenAt),
  }
}

/** Devices as they were, page by page, each page in a read of its own: what is past does not change between them. */
async function* devicePages(
  base: Base,
  scope: Scope,
  { at, filter }: Pick<Asked, 'at' | 'filter'>,
  columns: readonly string[],
): AsyncGenerator<readonly Line[]> {
  let cursor: string | null | undefined
  while (cursor !== null) {
    const from: string | undefined = cursor
    const page = await base.read(scope, async ctx => {
      const page = await views.pageOfPast(ctx, at, { filter, cursor: from, limit: pageSize })
      return { lines: await completed(ctx, at, page, columns), next: page.next }
    })
    yield page.lines
    cursor = page.next
  }
}

/** Rows with the facts and holders that the columns ask for, without what may only be looked at with a purpose. */
async function completed(
  ctx: Parameters<typeof views.pageOfPast>[0],
  at: number,
  { items: rows, paths }: Awaited<ReturnType<typeof views.pageOfPast>>,
  columns: readonly string[],
): Promise<Line[]> {
  const ids = rows.map(r => r.id)
  const shown = await views.shownOf(
    ctx,
    rows.map(r => ({
      id: r.id,
      ownership: r.ownership,
      unit_path: paths.get(r.id) ?? '/',
      user_id: r.user?.id ?? null,
    })),
  )
  const wanted = columns.flatMap(c => {
    const key = factOf(c)
    return key === null ? [] : [[c, key] as const]
  })
  const facts = Map.groupBy(
    await views.pastFacts(ctx, at, ids, [...new Set(wanted.map(([, key]) => key))]),
    f => f.device,
  )
  const since = columns.includes('heldSince') ? await store.heldSince(ctx, at, ids) : new Map<string, number>()
  return rows.map(row => {
    const said = new Map(facts.get(row.id)?.map(f => [f.key, f.value]))
    const hidden = Object.entries(identifiers).filter(([, key]) => !shown(row.id, key))
    return {
      ...lineOf(row),
      heldSince: instant(since.get(row.id)),
      ...Object.fromEntries(hidden.map(([column]) => [column, null])),
      ...Object.fromEntries(wanted.map(([c, key]) => [c, shown(row.id, key) ? plain(said.get(key)) : null])),
    }
  })
}

const narrowed = (asked: Asked, also: string): Asked => ({ ...asked, filter: `${asked.filter} ${also}`.trim() })

function ofDevices(id: string, usual: readonly string[], also = ''): Kind {
  return {
    id,
    permission: 'devices:read',
    columns: deviceColumns,
    usual,
    time: 'then',
    filtered: true,
    facts: true,
    lines: (base, scope, asked, columns) => devicePages(base, scope, narrowed(asked, also), columns),
    total: (base, scope, asked) =>
      base.read(scope, ctx => views.countPast(ctx, asked.at, narrowed(asked, also).filter)),
  }
}

/** How many devices have which system, and how many people wait for an update. */
const systems: Kind = {
  id: 'systems',
  permission: 'devices:read',
  columns: ['platform', 'os', 'devices', 'share', 'silent'],
  usual: ['platform', 'os', 'devices', 'share', 'silent'],
  time: 'then',
  filtered: true,
  lines: async function* (base, scope, asked) {
    const counts = new Map<string, { platform: string; os: string; devices: number; silent: number }>()
    let all = 0
    for await (const page of devicePages(base, scope, narrowed(asked, '-state:ended'), []))
      for (const line of page) {
        const platform = (line['platform'] as { code: string } | null)?.code ?? ''
        const os = String(line['os'] ?? '')
        const key = `${platform} ${fold(os)}`
        const one = counts.get(key) ?? { platform, os, devices: 0, silent: 0 }
        one.devices += 1
        if ((line['state'] as { code: string } | null)?.code === 'silent') one.silent += 1
        counts.set(key, one)
        all += 1
      }
    const sorted = [...counts.values()].sort(
      (a, b) => a.platform.localeCompare(b.platform) || b.os.localeCompare(a.os, 'en', { numeric: true }),
    )
    yield sorted.map(s => ({
      platform: code(s.platform),
      os: s.os,
      devices: s.devices,
      share: Math.round((s.devices / Math.max(1, all)) * 1000) / 10,
      silent: s.silent,
    }))
  },
}

/** Kinds that list devices as of a day. */
export const deviceKinds: readonly Kind[] = [
  ofDevices('inventory', ['name', 'user', 'unit', 'ownership', 'model', 'os', 'serial', 'state', 'enrolled', 'seen']),
  ofDevices('security', [
    'name',
    'user',
    'unit',
    'platform',
    'os',
    'encrypted',
    'passcode',
    'passcodeCompliant',
    'supervised',
    'policy',
    'seen',
  ]),
  systems,
  ofDevices('silent', ['name', 'user', 'unit', 'model', 'serial', 'seen', 'enrolled'], 'state:silent'),
  ofDevices('assets', [
    'asset',
    'name',
    'model',
    'serial',
    'user',
    'heldSince',
    'unit',
    'ownership',
    'state',
    'enrolled',
  ]),
]
