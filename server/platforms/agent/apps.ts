import * as apps from '../../areas/apps/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as privacy from '../../areas/privacy/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Said } from './shapes.ts'
import * as store from './store.ts'

type Delta = NonNullable<Said['lists']['apps']>
type Entry = Record<string, devices.JsonValue>

/** Takes a change of the list of apps; false when it is a change of another list than the one known here. */
export async function takeApps(ctx: Ctx, standing: store.StandingRow, delta: Delta): Promise<boolean> {
  if (delta.base !== null && delta.base !== standing.apps_hash) return delta.hash === standing.apps_hash
  const kept = delta.base === null ? null : await devices.listOf(ctx, standing.device, 'apps')
  const list = new Map(entriesOf(kept?.value).map(e => [String(e.identifier), e]))
  const managed = await managedOn(ctx, standing.device)
  for (const name of delta.drop) list.delete(name)
  for (const app of delta.put) list.set(app.package, entryOf(app))
  const entries = [...list.values()].map(e => ({ ...e, managed: managed.has(String(e.identifier)) }))
  await devices.reportList(ctx, standing.device, 'apps', entries)
  await store.changeStanding(ctx, standing.enrollment, { apps_hash: delta.hash })
  return true
}

/**
 * The apps that the org puts on a device: those the charter names, and those of the catalog that must be there or that its person asked for. Of what is
 * merely forbidden or offered nothing is learned this way.
 */
async function managedOn(ctx: Ctx, device: string): Promise<ReadonlySet<string>> {
  const brought = (await apps.statusOf(ctx, device)).filter(
    s => s.presence === 'required' || (s.presence === 'available' && s.state !== 'wanted'),
  )
  const known = await apps.appsAmong(
    ctx,
    brought.map(s => s.app),
  )
  return new Set([...(await privacy.namedApps(ctx)), ...known.flatMap(a => a.bundle ?? [])])
}

function entriesOf(value: devices.JsonValue | undefined): Entry[] {
  return Array.isArray(value)
    ? value.filter((e): e is Entry => typeof e === 'object' && e !== null && !Array.isArray(e))
    : []
}

function entryOf(app: Delta['put'][number]): Entry {
  const { package: identifier, name, version, code, signer, installer, system, hash = null, permissions = [] } = app
  const hidden = app.hidden === true
  return { identifier, name, version, code, signer, installer, system, hidden, hash, permissions }
}
