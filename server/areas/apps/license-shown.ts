import type { z } from 'zod'
import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Page } from '../../base/page.ts'
import * as devices from '../devices/index.ts'
import * as identity from '../identity/index.ts'
import * as roster from '../roster/index.ts'
import { appsInStore } from './app.ts'
import { freeOf, type License, toLicense } from './license.ts'
import type * as shapes from './license-shapes.ts'
import * as store from './license-store.ts'
import { holdersAmong } from './seat-holder-store.ts'
import * as seats from './seat-store.ts'
import { type Unmet, unmetByItem } from './seat-wish-store.ts'

type ShownLicense = z.input<typeof shapes.license>
type ShownSeat = z.input<typeof shapes.seat>

/** Licenses as people are shown them: with what is wanted of them, and who may be missing one. */
export async function shownLicenses(ctx: Ctx, rows: readonly store.LicenseRow[]): Promise<ShownLicense[]> {
  const tallies = await store.talliesOf(
    ctx,
    rows.map(r => r.id),
  )
  const programs = new Map((await roster.programs(ctx, { kind: 'content' })).map(p => [p.id as string, p]))
  const known = await appsInStore(ctx, [...new Set(rows.map(r => r.store_id))])
  return rows.map(toLicense).map(license => {
    const tally = tallies.get(license.id) ?? {
      wanted: 0,
      asked: 0,
      held: 0,
      returning: 0,
      refused: 0,
      unused: 0,
      slow: 0,
    }
    const program = programs.get(license.program)
    const app = known.find(a => a.storeId === license.storeId)
    const free = freeOf(license, tally)
    return {
      ...license,
      name: app?.name ?? license.name,
      program: { id: license.program, name: program?.name ?? '', state: program?.state ?? 'new' },
      app: app ? { id: app.id, name: app.name } : null,
      free,
      short: Math.max(0, tally.wanted - free - tally.returning),
      seats: tally,
    }
  })
}

/** One page of licenses. */
export async function listLicenses(
  ctx: Ctx,
  ask: store.LicenseAsk,
  page: Page,
): Promise<{ items: ShownLicense[]; next: string | null }> {
  const { items, next } = await store.pageOfLicenses(ctx, ask, page)
  return { items: await shownLicenses(ctx, items), next }
}

/** One page of the seats of a license. Who holds one is told to whoever may see the device or the person; the others are counted only. */
export async function listSeats(
  ctx: Ctx,
  ask: { license?: string | undefined; program?: string | undefined; state?: seats.SeatState | 'unused' | undefined },
  page: Page,
): Promise<{ items: ShownSeat[]; next: string | null }> {
  const { items, next } = await seats.pageOfSeats(ctx, ask, page)
  const byId = new Map(
    (await devices.devicesAmong(ctx, { ids: items.flatMap(s => s.device ?? []) })).map(d => [d.id as string, d]),
  )
  const people = items.filter(s => s.holder_kind === 'user').map(s => s.holder)
  const users = await identity.usersWith(ctx, people)
  const invites = new Map<string, string | null>()
  for (const program of new Set(items.map(s => s.program)))
    for (const h of await holdersAmong(ctx, program, people)) invites.set(`${program} ${h.user_id}`, h.invite)
  const whole = ctx.authority.where('devices:read').some(path => path.split('/').length <= 3)
  const shown = items.map((s): ShownSeat => {
    const device = s.device === null ? undefined : byId.get(s.device)
    const user = users.get(s.holder)
    const path = device?.unitPath ?? user?.unitPath
    const permission = s.holder_kind === 'device' ? 'devices:read' : 'users:read'
    const seen = path === undefined ? whole : may(ctx.authority, permission, path)
    const { id, license, state, reason, since, at } = s
    const holder = {
      kind: s.holder_kind,
      id: seen ? (device?.id ?? user?.id ?? null) : null,
      name: seen ? (device?.name ?? user?.displayName ?? null) : null,
      known: seen ? s.holder : null,
      invite: seen ? (invites.get(`${s.program} ${s.holder}`) ?? null) : null,
    }
    return { id, license, state, reason, wished: Number(s.wished) === 1, holder, since: Number(since), at: Number(at) }
  })
  return { items: shown, next }
}

/** Apps that are wanted and of which no program holds a license, with how many are. */
export async function unlicensed(ctx: Ctx): Promise<z.input<typeof shapes.unlicensed>[]> {
  const unmet = await unmetByItem(ctx)
  const known = await appsInStore(
    ctx,
    unmet.map(u => u.store_id),
  )
  return unmet.flatMap(({ store_id, count }: Unmet) => {
    const app = known.find(a => a.storeId === store_id)
    return app ? [{ app: { id: app.id, name: app.name }, storeId: store_id, wanted: Number(count) }] : []
  })
}
