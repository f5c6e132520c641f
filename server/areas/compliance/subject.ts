import type { Ctx } from '../../base/ctx.ts'
import * as devices from '../devices/index.ts'
import * as hours from '../hours/index.ts'
import * as reconcile from '../reconcile/index.ts'
import * as counts from './count-store.ts'
import * as exceptions from './exception-store.ts'
import type { Subject } from './judge.ts'
import { appListsOf, noLists } from './app-lists.ts'
import type { AppLists } from './judge-apps.ts'
import type { Lists, Versions } from './judgement.ts'
import { factsWished, type LiveRule } from './kept-rules.ts'

/** A device with what it is judged by, but for the exceptions, which are of one rule. */
export interface Gathered {
  readonly row: devices.WatchedRow
  readonly subject: Omit<Subject, 'exceptedUntil'>
  /** Until when which rule need not be kept. */
  readonly excepted: ReadonlyMap<string, number>
}

/** Reads everything that these rules need of these devices, in a few statements for any number of them. */
export async function gather(ctx: Ctx, ids: readonly string[], rules: readonly LiveRule[]): Promise<Gathered[]> {
  const records = await devices.recordsOf(ctx, ids, wishOf(rules))
  const rows = await devices.watchedRows(ctx, ids)
  const certificates = await certificatesOf(ctx, ids, rules)
  const kinds = new Set(rules.map(r => r.demand.kind))
  const policied = rules.some(r => r.demand.kind === 'apps' && r.demand.params.list === 'policies')
  const asked = policied || kinds.has('drift') || kinds.has('setting')
  const items = asked ? await reconcile.standingsOf(ctx, ids) : new Map<string, reconcile.Standing[]>()
  const appLists = policied ? await appListsOf(ctx, items) : new Map<string, AppLists>()
  const apps = await appsOf(ctx, ids, { rules, own: [...appLists.values()] })
  const versions = kinds.has('os-age') ? await versionsOf(ctx) : new Map<string, Versions>()
  const dated = rules.some(r => r.demand.kind === 'os-age' && r.demand.params.from !== undefined)
  const zoneOf = dated ? await hours.zonesByPath(ctx) : null
  const excepted = await exceptedOf(ctx, records)
  return records.flatMap(device => {
    const row = rows.get(device.id)
    if (!row) return []
    const lists: Lists = { apps: apps.get(device.id) ?? null, certificates: certificates.get(device.id) ?? null }
    const { osVersion, tags, lastSeenAt } = row
    const zone = zoneOf?.(device.unitPath)
    const subject = {
      device,
      osVersion,
      tags,
      lastSeenAt,
      lists,
      items: items.get(device.id) ?? null,
      appLists: appLists.get(device.id) ?? noLists,
      versions: versions.get(device.platform) ?? [],
      ...(zone === undefined ? {} : { zone }),
    }
    return [{ row, subject, excepted: excepted(device) }]
  })
}

function wishOf(rules: readonly LiveRule[]): devices.RecordsWish {
  const fields = new Set(rules.flatMap(r => [...r.looksAt]))
  return { facts: factsWished(rules), identifiers: ['serial', 'udid', 'imei'].some(f => fields.has(f)) }
}

/** Only those apps are read that some rule names, unless one allows all but what it names. */
async function appsOf(
  ctx: Ctx,
  ids: readonly string[],
  { rules, own }: { rules: readonly LiveRule[]; own: readonly AppLists[] },
): Promise<Map<string, devices.DeviceApp[]>> {
  const demands = rules.flatMap(r => (r.demand.kind === 'apps' ? [r.demand.params] : []))
  const malware = rules.some(r => r.demand.kind === 'malware')
  if (demands.length === 0 && !malware) return new Map()
  const all = malware || demands.some(d => d.list === 'allow') || own.some(l => l.allowed.length > 0)
  const named = [...new Set([...demands.flatMap(d => d.apps.map(a => a.app)), ...own.flatMap(l => l.blocked)])]
  const found = await devices.appsOfAll(ctx, ids, all ? null : named)
  const listed = await devices.listedAmong(ctx, ids, 'apps')
  return new Map([...listed].map(id => [id, found.get(id) ?? []]))
}

async function certificatesOf(
  ctx: Ctx,
  ids: readonly string[],
  rules: readonly LiveRule[],
): Promise<Map<string, devices.JsonValue[]>> {
  const found = new Map<string, devices.JsonValue[]>()
  if (!rules.some(r => r.demand.kind === 'certificate')) return found
  for (const id of await devices.listedAmong(ctx, ids, 'certificates')) {
    const list = await devices.listOf(ctx, id, 'certificates')
    if (Array.isArray(list?.value)) found.set(id, list.value)
  }
  return found
}

async function versionsOf(ctx: Ctx): Promise<Map<string, Versions>> {
  return Map.groupBy(await counts.listVersions(ctx), v => v.platform)
}

async function exceptedOf(
  ctx: Ctx,
  records: readonly devices.DeviceRecord[],
): Promise<(device: devices.DeviceRecord) => ReadonlyMap<string, number>> {
  const users = [...new Set(records.flatMap(r => r.user ?? []))]
  const rows = await exceptions.holding(ctx, { devices: records.map(r => r.id), users })
  return device => {
    const until = new Map<string, number>()
    for (const row of rows)
      if (row.device === device.id || (row.user_id !== null && row.user_id === device.user))
        until.set(row.rule, Math.max(row.until, until.get(row.rule) ?? 0))
    return until
  }
}
