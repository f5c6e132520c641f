import * as apps from '../../../areas/apps/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import type { Json } from '../../../areas/policies/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { isValues, textOf } from '../policies/pen.ts'

/** What of the catalog, of the device and of its person decides how an app is said. A plain value. */
export interface AppSpec {
  readonly id: string
  readonly platform: string
  readonly kind: apps.AppKind
  readonly name: string
  readonly bundle: string | null
  readonly storeId: string | null
  readonly address: string | null
  readonly icon: string | null
  readonly needsSeat: boolean
  /** Of an app with files of its own: the one that is meant, and where its manifest is. */
  readonly release: { readonly version: string; readonly minimumOs: string | null; readonly manifest: string } | null
  /** Somebody asked for it, where it is only offered. */
  readonly asked: boolean
  /** The right to it is there, or it needs none. */
  readonly seated: boolean
}

/** What must be known of the apps among these values before they can be compiled for a device, by app. */
export async function appSpecs(
  ctx: Ctx,
  device: string,
  values: readonly Json[],
): Promise<ReadonlyMap<string, AppSpec>> {
  const wanted = new Map(
    values.flatMap(value => {
      const id = isValues(value) ? textOf(value['app']) : undefined
      return id === undefined ? [] : [[id, value] as const]
    }),
  )
  const found = new Map<string, AppSpec>()
  if (wanted.size === 0) return found
  const all = await apps.appsAmong(ctx, [...wanted.keys()])
  const { user } = await devices.get(ctx, device)
  const needy = all.filter(a => a.needsSeat).map(a => a.id)
  const seats = needy.length === 0 ? new Set() : await apps.seatsHeld(ctx, { device, user, apps: needy })
  const asked = await apps.wishedOn(ctx, device)
  const signs = all.some(a => a.kind === 'file') && (await apps.canSign(ctx))
  for (const app of all) {
    if (app.archivedAt !== null) continue
    const value = wanted.get(app.id) ?? null
    const meant = (isValues(value) ? textOf(value['release']) : undefined) ?? 'latest'
    const release = app.kind === 'file' && signs ? await apps.releaseFor(ctx, app, meant) : null
    const { id, platform, kind, name, bundle, storeId, address, needsSeat } = app
    found.set(app.id, {
      ...{ id, platform, kind, name, bundle, storeId, address, needsSeat },
      icon: app.icon?.data ?? null,
      release: release && {
        version: release.version,
        minimumOs: release.minimumOs,
        manifest: await apps.addressOf(ctx, { what: 'manifest', device, release: release.id, expiresAt: 0 }),
      },
      asked: asked.has(app.id),
      seated: !needsSeat || seats.has(app.id),
    })
  }
  return found
}
