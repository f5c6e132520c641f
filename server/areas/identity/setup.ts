import { everything } from '../../base/authority.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import type { Base } from '../../base/transact.ts'
import * as access from './access-store.ts'
import { aboutAdmin, adminOf, putAdmin } from './admin.ts'
import { findByEmail } from './admin-store.ts'
import { adminEvents, orgEvents } from './events.ts'
import { putGrant } from './grant.ts'
import { putKey, recordKey } from './key.ts'
import { getLink, putLink, useLink } from './link.ts'
import { type Locale, openOrg } from './org.ts'
import { removeFactors } from './passkey.ts'
import { demandStrong, hashPassword } from './password.ts'
import type { Role } from './permissions.ts'
import { bySelf, type From, openSession } from './session.ts'
import { asServer, type SignedIn } from './sign-in.ts'
import * as store from './store.ts'
import { rootUnit, unitOf } from './unit.ts'

const hourMs = 3_600_000

/** The first org and its first owner. */
export interface FirstOwner {
  orgName: string
  name: string
  email: string
  password: string
  locale: Locale
}

/** Whether the server still waits for its first owner. */
export async function needsSetup(base: Base): Promise<boolean> {
  return (await store.listOrgs(base)).length === 0
}

/** The one-time link to set the server up, for main to print at start; null when it is set up. A newer link ends the older ones. */
export async function ensureSetup(base: Base): Promise<string | null> {
  return asServer(base, '', 'setup', async ctx => {
    if (await store.anyOrg(ctx)) return null
    await access.removeSetupLinks(ctx)
    return putLink(ctx, 'setup', null, 24 * hourMs)
  })
}

/**
 * Opens the first org with its first owner and signs them in. `token` is that of the printed link, or null from the server's own command line.
 * Throws `setup.done` when there is an org already.
 */
export async function setUp(
  base: Base,
  owner: FirstOwner,
  by: { token: string | null; from: From; request: string },
): Promise<SignedIn> {
  const { token } = by
  if (!(await needsSetup(base))) throw new Problem('setup.done')
  if (token !== null) await base.engine.read(tx => getLink({ tx, now: base.clock.now() }, token, 'setup'))
  demandStrong(owner.password, owner)
  const password = await hashPassword(owner.password)
  return asServer(base, newId('org'), by.request, async ctx => {
    if (await store.anyOrg(ctx)) throw new Problem('setup.done')
    if (token !== null) await useLink(ctx, token, 'setup')
    await access.removeSetupLinks(ctx)
    const root = await openOrg(ctx, owner.orgName, owner.locale)
    const { name, email, locale } = owner
    const id = await putAdmin(ctx, { name, email, locale, state: 'active', password })
    await putGrant(ctx, id, 'owner', root.id)
    const about = { kind: 'org', id: ctx.org, path: root.path }
    const admin = await adminOf(ctx, id)
    await record(bySelf(ctx, admin), orgEvents.created, about, { name: owner.orgName })
    return { org: ctx.org, admin: id, cookie: await openSession(ctx, admin, by.from, 'setup') }
  })
}

/** A one-time link that signs an admin in, for the server's own command line and the demo; it can forget passkeys and codes that were lost. */
export async function signInLink(
  base: Base,
  email: string,
  { lastsMs = hourMs, forgetProofs = false }: { lastsMs?: number; forgetProofs?: boolean } = {},
): Promise<string> {
  const row = await base.engine.read(tx => findByEmail({ tx }, fold(email)))
  if (row?.state !== 'active') throw new Problem('id.unknown')
  return asServer(base, row.org, 'sign-in-link', async ctx => {
    const admin = await adminOf(ctx, row.id)
    if (forgetProofs) await removeFactors(ctx, admin)
    await record(ctx, adminEvents.linked, aboutAdmin(admin), { name: admin.name, purpose: 'sign-in' })
    return putLink(ctx, 'sign-in', row.id, lastsMs)
  })
}

/** A key made on the server itself, which descends from no admin. `unit` is the top unit unless named. */
export async function createKey(
  base: Base,
  org: Id<'org'>,
  order: { name: string; role: Role; unit?: string; expiresAt?: number | null },
): Promise<{ id: Id<'key'>; key: string }> {
  const actor = { kind: 'system', id: null, what: 'api-key.create' } as const
  return base.transact({ org, actor, authority: everything }, async ctx => {
    const unit = order.unit === undefined ? await rootUnit(ctx) : await unitOf(ctx, order.unit)
    const full = { ...order, unit, admin: null, expiresAt: order.expiresAt ?? null }
    const made = await putKey(ctx, full)
    await recordKey(ctx, made.id, full)
    return made
  })
}
