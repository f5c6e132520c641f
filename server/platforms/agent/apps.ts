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
  const managed = await privacy.namedApps(ctx)
  for (const name of delta.drop) list.delete(name)
  for (const app of delta.put) list.set(app.package, entryOf(app, managed))
  await devices.reportList(ctx, standing.device, 'apps', [...list.values()])
  await store.changeStanding(ctx, standing.enrollment, { apps_hash: delta.hash })
  return true
}

function entriesOf(value: devices.JsonValue | undefined): Entry[] {
  return Array.isArray(value)
    ? value.filter((e): e is Entry => typeof e === 'object' && e !== null && !Array.isArray(e))
    : []
}

function entryOf(app: Delta['put'][number], managed: ReadonlySet<string>): Entry {
  const { package: identifier, name, version, code, signer, installer, system, hash = null, permissions = [] } = app
  const hidden = app.hidden === true
  const isManaged = managed.has(identifier)
  return { identifier, name, version, code, signer, installer, system, hidden, hash, permissions, managed: isManaged }
}
