import { demand, everything } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { fold } from '../../base/text.ts'
import type { Base } from '../../base/transact.ts'
import { orgEvents } from './events.ts'
import * as store from './store.ts'

/** The languages the product speaks. */
export const locales = ['en', 'fr', 'sv', 'ja'] as const

export type Locale = (typeof locales)[number]

/** One customer of this server and its settings. */
export interface Org {
  id: Id<'org'>
  name: string
  /** Of people who have not chosen one. */
  language: Locale
  /** A session ends after this long without a request. */
  sessionIdleMs: number
  /** A session ends this long after the sign-in, whatever happens. */
  sessionMaxMs: number
}

const hourMs = 3_600_000

/** Opens an org with its top unit, which bears its name. */
export function createOrg(
  base: Base,
  { name, language = 'en' }: { name: string; language?: Locale },
): Promise<{ org: Id<'org'>; root: { id: Id<'unit'>; path: string } }> {
  const org = newId('org')
  const scope = { org, actor: { kind: 'system', id: null, what: 'org.create' }, authority: everything } as const
  return base.transact(scope, async ctx => ({ org, root: await openOrg(ctx, name, language) }))
}

/** As createOrg, within a transaction that already speaks for the new org. */
export async function openOrg(ctx: Ctx, name: string, language: Locale): Promise<{ id: Id<'unit'>; path: string }> {
  const limits = { session_idle_ms: hourMs, session_max_ms: 12 * hourMs }
  await store.putOrg(ctx, { org: ctx.org, name, language, ...limits, created_at: ctx.now })
  const id = newId('unit')
  const root = { id, parent: null, name, path: `/${id}/` }
  await store.putUnit(ctx, root, fold(name))
  return { id, path: root.path }
}

/** Every org of this server. */
export function orgs(base: Pick<Base, 'engine'>): Promise<Id<'org'>[]> {
  return store.listOrgs(base)
}

/** The org of this transaction. */
export function ownOrg(ctx: Ctx): Promise<Org> {
  return store.getOrg(ctx)
}

/** Changes the settings of the org; new limits hold for sessions at their next request or sign-in. */
export async function changeOrg(
  ctx: Ctx,
  change: { [K in Exclude<keyof Org, 'id'>]?: Org[K] | undefined },
): Promise<Org> {
  const top = await store.getRoot(ctx)
  demand(ctx.authority, 'org:write', top.path, 'units:read')
  const before = await store.getOrg(ctx)
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  const after: Org = { ...before, ...Object.fromEntries(given) }
  const fields = given.map(([name]) => name).filter(n => before[n as keyof Org] !== after[n as keyof Org])
  if (fields.length === 0) return before
  await store.changeOrg(ctx, after)
  await record(ctx, orgEvents.changed, { kind: 'org', id: ctx.org, path: top.path }, { fields })
  return after
}
