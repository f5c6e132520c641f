import type { Ctx } from '../../base/ctx.ts'
import { searchable } from '../../base/text.ts'
import * as privacy from '../privacy/index.ts'
import { keepApps } from './app.ts'
import { forgetStrayApps } from './app-store.ts'
import { devicesAmong, devicesWithin } from './contact-store.ts'
import { type Device, find, refreshText } from './device.ts'
import * as facts from './fact-store.ts'
import { currentValue, identifiersOf } from './identifiers.ts'
import { type May, storing, stripped, typeOfIdentifier } from './keeping.ts'
import { blankPast } from './past-store.ts'
import * as store from './purge-store.ts'
import { isListKind, mayList, opened, put } from './report.ts'
import { writeRow } from './row.ts'

/** Which devices there are, for what goes through all of them. */
export const census: privacy.Census = {
  after: (ctx, after, limit) => devicesWithin(ctx, ['/'], { after, limit }),
  among: (ctx, ids) => devicesAmong(ctx, { users: [], serials: [], ids: [...ids] }),
}

/** Deletes of what a device said what may not stay. */
export const purge: privacy.Purge = async (ctx, held, keeping) => {
  const device = await find(ctx, held.id)
  if (!device) return []
  return [
    ...(await purgeFacts(ctx, device, keeping)),
    ...(await purgeReports(ctx, device, keeping)),
    ...(await purgeIdentifiers(ctx, device, keeping)),
    ...(keeping.since('accounts') === privacy.always
      ? (await store.blankAccounts(ctx, device.id)).map(key => ({ type: 'accounts' as const, key }))
      : []),
  ]
}

async function purgeFacts(ctx: Ctx, device: Device, { since }: privacy.Keeping): Promise<privacy.Deleted[]> {
  const keys = (await store.factKeys(ctx, device.id)).filter(k => !privacy.essential.has(k))
  const gone: privacy.Deleted[] = []
  for (const [type, some] of Map.groupBy(keys, privacy.typeOf)) {
    const before = since(type)
    if (before === 0) continue
    gone.push(...(await store.removeFacts(ctx, device.id, some, before)).map(key => ({ type, key })))
  }
  return gone
}

async function purgeReports(ctx: Ctx, device: Device, keeping: privacy.Keeping): Promise<privacy.Deleted[]> {
  const place = await privacy.placeOf(ctx, device)
  const may = storing(await privacy.collecting(ctx, place))
  const personal = privacy.ownedAs(place) === 'personal'
  const gone: privacy.Deleted[] = []
  for (const row of await facts.listReports(ctx, device.id)) {
    const list = row.source.startsWith('list:') ? row.source.slice(5) : null
    const type = list === null ? privacy.strictest : privacy.typeOfList(list)
    const since = keeping.since(type)
    // A list of apps may hold some that are the org's, so one that is forbidden as a whole is gone through.
    const old = row.at < since && (since !== privacy.always || !isListKind(list ?? ''))
    const left = old ? null : keeping.again ? remaining(row, { list, may, personal }) : undefined
    if (left === undefined) continue
    gone.push({ type, key: `reports ${row.source} ${row.at}` })
    if (left === null) await store.removeReport(ctx, device.id, row.source)
    else await put(ctx, device.id, row.source, left, row.at)
    if (list === 'apps') await keepApps(ctx, device.id, Array.isArray(left) ? left : [])
  }
  if (gone.some(g => g.type === 'apps')) await forgetStrayApps(ctx)
  return gone
}

/** What of a report may stay; null for nothing, undefined when all of it may. */
function remaining(
  row: Parameters<typeof opened>[0],
  { list, may, personal }: { list: string | null; may: May; personal: boolean },
): ReturnType<typeof stripped> | undefined {
  const { value } = opened(row)
  const left =
    list !== null && isListKind(list) && Array.isArray(value)
      ? value.filter(i => mayList(list, i, { may, personal }))
      : stripped(row.source, value, may)
  return JSON.stringify(left) === JSON.stringify(value) ? undefined : left
}

async function purgeIdentifiers(ctx: Ctx, device: Device, { since }: privacy.Keeping): Promise<privacy.Deleted[]> {
  const gone: privacy.Deleted[] = []
  const kinds = new Set((await identifiersOf(ctx, device.id)).map(i => i.kind))
  for (const kind of kinds) {
    if (privacy.essentialIdentifiers.has(kind)) continue
    const type = typeOfIdentifier(kind)
    const before = since(type)
    const past = before !== privacy.always
    const keys = before === 0 ? [] : await store.removeIdentifiers(ctx, device.id, { kind, before, past })
    gone.push(...keys.map(key => ({ type, key })))
  }
  const forbidden = since('identifiers') === privacy.always
  const named = forbidden && device.namedBy === 'device' && device.name !== namelessOf(device)
  if (named) gone.push({ type: 'identifiers', key: 'devices name' })
  if (gone.length > 0) await rewrite(ctx, device, { forbidden, named })
  return gone
}

/** What a device is called whose name nobody may know. Something must stand where people choose it. */
function namelessOf({ serial, udid, modelName }: Device): string {
  return serial || udid || modelName || ''
}

/** The row and the text of a device follow its identifiers, and so does what is kept of its past. */
async function rewrite(
  ctx: Ctx,
  device: Device,
  { forbidden, named }: { forbidden: boolean; named: boolean },
): Promise<void> {
  const name = namelessOf(device)
  const imei = currentValue(await identifiersOf(ctx, device.id), 'imei') ?? ''
  await writeRow(ctx, device.id, { imei, ...(named ? { name, name_key: searchable(name) } : {}) })
  if (forbidden) await blankPast(ctx, [device.id], named ? ['imei', 'name', 'name_key'] : ['imei'])
  await refreshText(ctx, device.id)
}
