import type { Ctx } from '../../base/ctx.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import * as store from './app-store.ts'
import type { JsonValue } from './fact.ts'
import { find } from './device.ts'
import { told } from './watch.ts'

/** Counts on how many devices each app is. */
export const countAppsName = jobName<Record<string, never>>('devices.count-apps')

const soonMs = 2000
const mostApps = 5000
const fields = ['name', 'version', 'managed', 'system', 'hidden', 'signer', 'hash', 'installer', 'permissions'] as const

/** Brings the apps that are known of a device in step with the list it gave. Of personal devices only those are kept that the org manages. Answers whether anything changed. */
export async function keepApps(ctx: Ctx, device: string, items: readonly JsonValue[]): Promise<boolean> {
  const personal = (await find(ctx, device))?.ownership === 'personal'
  const listed = new Map(
    items.flatMap(item => {
      const app = appOf(item)
      return app && (!personal || app.managed) ? [[app.app, app] as const] : []
    }),
  )
  const before = new Map((await store.appsOfDevice(ctx, device)).map(a => [a.app, a]))
  const changed = [...listed.values()].slice(0, mostApps).filter(now => {
    const was = before.get(now.app)
    return !was || fields.some(field => was[field] !== now[field])
  })
  const gone = [...before.keys()].filter(app => !listed.has(app))
  if (changed.length > 0) await store.putApps(ctx, device, changed)
  if (gone.length > 0) await store.removeApps(ctx, device, gone)
  const counted = gone.length > 0 || changed.some(a => !before.has(a.app))
  if (counted) await enqueue(ctx, countAppsName, {}, { dedupe: 'org', inMs: soonMs })
  const differs = changed.length + gone.length > 0
  if (differs) await told(ctx, device, ['list.apps'])
  return differs
}

function appOf(item: JsonValue): store.DeviceApp | null {
  if (item === null || typeof item !== 'object' || Array.isArray(item)) return null
  const { identifier, name, shortVersion, version, managed, system, hidden, signer, hash, installer } = item
  if (typeof identifier !== 'string' || identifier === '' || identifier.length > 255) return null
  const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value.slice(0, 200) : '')
  return {
    app: identifier,
    name: text(name) || identifier,
    version: text(shortVersion) || text(version),
    managed: managed === true,
    system: system === true,
    hidden: hidden === true,
    signer: text(signer),
    hash: text(hash),
    installer: text(installer),
    permissions: permissionsIn(item['permissions']),
  }
}

/** In one order, so that the same are the same text. */
function permissionsIn(said: JsonValue | undefined): string {
  const names = Array.isArray(said) ? said.filter(p => typeof p === 'string') : []
  return names.length === 0 ? '' : ` ${[...new Set(names)].sort().slice(0, 200).join(' ')} `
}
