import * as admins from '../areas/identity/admin-store.ts'
import * as access from '../areas/identity/access-store.ts'
import { adminOf } from '../areas/identity/admin.ts'
import { beginPasskey, putPasskey } from '../areas/identity/passkey.ts'
import { authorityFrom, putGrant } from '../areas/identity/grant.ts'
import { addMembers } from '../areas/identity/group-store.ts'
import { type Group, putGroup } from '../areas/identity/group.ts'
import { createOrg } from '../areas/identity/org.ts'
import { putKey } from '../areas/identity/key.ts'
import type { Role } from '../areas/identity/permissions.ts'
import { putUnit, rootUnit, type Unit, unitBelow, unitOf } from '../areas/identity/unit.ts'
import { type Person, putUser, type User, userOn } from '../areas/identity/user.ts'
import { everything } from '../base/authority.ts'
import type { Ctx } from '../base/ctx.ts'
import { digest, type Id, newId, newSecret } from '../base/id.ts'
import type { Principal } from '../base/route.ts'
import { type Authenticator, authenticator } from './authenticator.ts'
import type { House } from './house.ts'

/** An admin to act as: in `h.http` by `as: key` or by `headers: { cookie }`, in `h.as` by `principal`. */
export interface GivenAdmin {
  id: Id<'admin'>
  email: string
  /** The text of an API key with the same role on the same unit. */
  key: string
  keyId: Id<'key'>
  /** A Cookie header of a session of theirs. */
  cookie: string
  session: Id<'session'>
  principal: Principal
  /** What holds their passkey; a promise of tests that asked for one. */
  authenticator: Authenticator
}

/** Arranges units, users and admins without leaving events. `org` puts them in another org than the house's. */
export interface GivenIdentity {
  org(name?: string): Promise<{ org: Id<'org'>; root: { id: Id<'unit'>; path: string } }>
  unit(what?: { name?: string; parent?: string; org?: Id<'org'> }): Promise<Unit>
  user(what?: Partial<Person> & { unit?: string; org?: Id<'org'> }): Promise<User>
  /** A group with these users in it. */
  group(what?: { name?: string; unit?: string; org?: Id<'org'>; users?: readonly string[] }): Promise<Group>
  /** `passkey` gives them an authenticator with a passkey on it; `proven` a session that has just shown one. `heldForMs` ago they were given their role. */
  admin(what?: {
    role?: Role
    unit?: string
    name?: string
    email?: string
    org?: Id<'org'>
    passkey?: boolean
    proven?: boolean
    heldForMs?: number
  }): Promise<GivenAdmin>
  /** Proves their session with their passkey, for five minutes. */
  stepUp(admin: GivenAdmin): Promise<void>
}

let count = 0

/** The givens of identity for a house. */
export function givenIdentity(h: House): GivenIdentity {
  const inside = <T>(org: Id<'org'> | undefined, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    h.as({ org: org ?? h.org, actor: { kind: 'system', id: null, what: 'test' }, authority: everything }, work)
  const place = (ctx: Ctx, unit: string | undefined): Promise<Unit> =>
    unit === undefined ? rootUnit(ctx) : unitOf(ctx, unit)
  const next = (): number => {
    count += 1
    return count
  }
  return {
    org: name => createOrg(h.base, { name: name ?? `Org ${next()}` }),
    unit: what =>
      inside(what?.org, async ctx => {
        const unit = unitBelow(await place(ctx, what?.parent), what?.name ?? `Unit ${next()}`)
        await putUnit(ctx, unit)
        return unit
      }),
    user: ({ org, unit, ...person } = {}) =>
      inside(org, async ctx => {
        const user = userOn(await place(ctx, unit), { displayName: `Person ${next()}`, ...person })
        await putUser(ctx, user)
        return user
      }),
    group: ({ org, unit: on, name, users = [] } = {}) =>
      inside(org, async ctx => {
        const unit = await place(ctx, on)
        const id = newId('group')
        const made = { id, name: name ?? `Group ${next()}`, unit: unit.id, unitPath: unit.path, createdAt: ctx.now }
        const group: Group = { ...made, source: 'hand' }
        await putGroup(ctx, group)
        await addMembers(ctx, id, users)
        return group
      }),
    admin: async (what = {}) => {
      const made = await inside(what.org, ctx => admin(ctx, what, place, next()))
      if (what.passkey === true) await givePasskey(h, made, what.heldForMs ?? 0)
      return made
    },
    stepUp: async ({ cookie, authenticator: held }) => {
      const headers = { cookie, 'sec-fetch-site': 'same-origin' }
      const { body } = await h.http('POST', '/api/v1/me/step-up/options', { headers })
      const answer = { response: held.assert(body.passkey) }
      const proven = await h.http('POST', '/api/v1/me/step-up', { headers, body: answer })
      if (proven.status !== 200) throw new Error(`not proven: ${JSON.stringify(proven.body)}`)
    },
  }
}

/** Gives an admin a passkey as if they had added it when they were made, or came to hold what they hold. */
async function givePasskey(h: House, { id, principal, authenticator: held }: GivenAdmin, agoMs: number): Promise<void> {
  await h.as(principal, async now => {
    const ctx = { ...now, now: now.now - agoMs }
    const made = await adminOf(ctx, id)
    const response = held.register(await beginPasskey(ctx, made))
    await putPasskey(ctx, made, { name: 'Key', response })
  })
}

async function admin(
  ctx: Ctx,
  what: NonNullable<Parameters<GivenIdentity['admin']>[0]>,
  place: (ctx: Ctx, unit: string | undefined) => Promise<Unit>,
  n: number,
): Promise<GivenAdmin> {
  const { role = 'owner', name = `Admin ${n}`, email = `admin${n}@muster.test` } = what
  const unit = await place(ctx, what.unit)
  const id = newId('admin')
  const row = { password: null, totp: null, totp_pending: null, totp_step: null, last_sign_in_at: null, zone: null }
  const looks = { locale: 'en', theme: 'system', contrast: null }
  const names = { name, email, email_key: email.toLowerCase() }
  await admins.putAdmin(ctx, { org: ctx.org, id, state: 'active', created_at: ctx.now, ...names, ...row, ...looks })
  await putGrant({ ...ctx, now: ctx.now - (what.heldForMs ?? 0) }, id, role, unit.id)
  const { key, id: keyId } = await putKey(ctx, { name: `Key of ${name}`, role, unit, admin: id, expiresAt: null })
  const session = newId('session')
  const cookie = newSecret()
  const times = { created_at: ctx.now, last_seen_at: ctx.now, expires_at: ctx.now + 12 * 3_600_000 }
  const proven_at = what.proven === true ? ctx.now : null
  const from = { address: '127.0.0.1', agent: 'test' }
  await access.putSession(ctx, {
    org: ctx.org,
    id: session,
    hash: digest(cookie),
    admin: id,
    ...from,
    ...times,
    proven_at,
  })
  const principal = {
    org: ctx.org,
    actor: { kind: 'admin', id, session } as const,
    authority: authorityFrom([{ role, unit }]),
  }
  const held = authenticator(ctx.config.url)
  return { id, email, key, keyId, cookie: `__Host-muster=${cookie}`, session, principal, authenticator: held }
}
