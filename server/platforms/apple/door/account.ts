import * as enrollment from '../../../areas/enrollment/index.ts'
import * as identity from '../../../areas/identity/index.ts'
import { everything } from '../../../base/authority.ts'
import { as, type Ctx } from '../../../base/ctx.ts'
import { digest, type Id } from '../../../base/id.ts'
import { Problem } from '../../../base/problem.ts'
import type { Call, Reply } from '../../../base/route.ts'
import type { Base } from '../../../base/transact.ts'
import { enrolling } from '../enroll.ts'
import type { ProfileTerms } from '../profile.ts'
import { type AccountDoor, type AccountMode, findDoor, type IssuerRead } from './account-store.ts'
import { anyone, profileReply } from './auto.ts'
import { readSoon } from './issuer.ts'
import { readMachine } from './machine.ts'
import { offerTo } from './offer.ts'
import * as store from './store.ts'
import { atDoor } from './tell.ts'
import { readToken } from './token.ts'

type Answer = Reply<Uint8Array | string | null>

/** An open door of an org, and who stands in it. */
export interface OpenDoor {
  readonly ctx: Ctx
  readonly org: Id<'org'>
  readonly mode: AccountMode
  readonly door: AccountDoor & IssuerRead
}

/**
 * Where a device asks for its profile after it was given an address at work (Apple: account-driven enrollment). Without a proof that someone signed
 * in it is told where to (401): that, and nothing else, is what 401 means here. A fault of ours is 5xx, so that no device mistakes it for one.
 */
export function serveAccount(
  base: Base,
  { params }: { params: { mode: AccountMode; org: string } },
  call: Call,
): Promise<Answer> {
  return atDoor(base, call, async who => {
    const machine = readMachine(base.config, call.bytes)
    const answer = await base.transact(anyone(call), async anyCtx => {
      const open = await openDoor(anyCtx, params)
      who.org = open.org
      who.serial = machine.info.serial ?? null
      const user = await bearerOf(open, call)
      if (user === 'unread') return { reread: open.org }
      return user === null ? { ask: open } : letIn(open, user, machine)
    })
    if ('reread' in answer) {
      await readKeysAfter(base, answer.reread)
      throw new Problem('account-door.issuer-unread')
    }
    return 'ask' in answer ? signInFirst(answer.ask) : profileReply(base, answer)
  })
}

/** The door of this org, when it is open in this way. */
export async function openDoor(anyCtx: Ctx, of: { mode: AccountMode; org: string }): Promise<OpenDoor> {
  const org = of.org as Id<'org'>
  const actor = { kind: 'system', id: null, what: 'account door' } as const
  const ctx = as(anyCtx, { org, actor, authority: everything })
  const door = await findDoor(ctx)
  if (!door?.[of.mode]) throw new Problem('account-door.closed')
  return { ctx, org, mode: of.mode, door }
}

/** Where this org's devices ask. */
export function accountUrl({ ctx, org, mode }: Pick<OpenDoor, 'ctx' | 'org' | 'mode'>): string {
  return `${ctx.config.url}/enroll/apple/account/${mode}/${org}`
}

/** Lets whoever signed in enroll the device they hold. */
async function letIn(
  { ctx, mode }: OpenDoor,
  who: Id<'user'>,
  machine: ReturnType<typeof readMachine>,
): Promise<{ org: Id<'org'>; terms: ProfileTerms }> {
  const user = await identity.userOf(ctx, who)
  if (user.email === null) throw new Problem('portal.no-address')
  const invitation = await enrollment.signedIn(ctx, {
    platform: 'apple',
    name: null,
    unit: user.unit,
    user: user.id,
    ownership: mode === 'byod' ? 'personal' : 'company',
    accessRights: enrolling.allRights,
  })
  const account = { mode: mode === 'byod' ? 'BYOD' : 'ADDE', id: user.email } as const
  return offerTo(ctx, { door: mode, invitation, machine, user: user.id, account })
}

/** Who signed in, by the token that the device shows; null where it shows none that counts. Throws where we cannot tell, which is no fault of the device. */
async function bearerOf(open: OpenDoor, call: Call): Promise<Id<'user'> | 'unread' | null> {
  const token = /^Bearer\s+(\S{16,8192})$/i.exec(String(call.headers.authorization ?? ''))?.[1]
  if (token === undefined) return null
  return open.door.way === 'web' ? ours(open, token) : theirs(open, token)
}

async function ours({ ctx, org, mode }: OpenDoor, token: string): Promise<Id<'user'> | null> {
  const known = await store.findBearer(ctx, digest(token))
  return known && known.org === org && known.mode === mode && known.expiresAt > ctx.now ? known.user : null
}

async function theirs({ ctx, door }: OpenDoor, token: string): Promise<Id<'user'> | 'unread' | null> {
  const { document, keys } = demandRead(door)
  const audience = door.audience ?? door.clientId ?? ''
  const read = readToken(token, { issuer: document.issuer, audience, keys, now: ctx.now })
  if (!read.believed) {
    // An issuer changes its keys; the new ones are read in a moment, and the device asks again.
    return read.fault === 'key-unknown' && ctx.now - (door.readAt ?? 0) > 30_000 ? 'unread' : null
  }
  const address = read.claims[door.claim]
  // An address that the issuer has not seen proved may be anybody's. (OpenID Connect Core §5.1)
  const unproved = door.claim === 'email' && [false, 'false'].includes(read.claims['email_verified'] as boolean)
  if (typeof address !== 'string' || unproved) throw new Problem('account-door.nobody')
  const [user, ...others] = await identity.usersKnownAs(ctx, { numbers: [], emails: [address] })
  if (!user || others.length > 0) throw new Problem('account-door.nobody')
  return user.id
}

/** What the issuer says of itself; refuses with 503 until it was read. */
function demandRead(door: IssuerRead): { document: NonNullable<IssuerRead['document']>; keys: IssuerRead['keys'] } {
  if (door.document === null) throw new Problem('account-door.issuer-unread')
  return { document: door.document, keys: door.keys }
}

/** Where the person signs in, in the words of RFC 6750 with Apple's methods. */
function signInFirst(open: OpenDoor): Answer {
  const { door } = open
  const said: Record<string, string> =
    door.way === 'web'
      ? { method: 'apple-as-web', url: `${accountUrl(open)}/signin` }
      : {
          method: 'apple-oauth2',
          'authorization-url': demandRead(door).document.authorization_endpoint,
          'token-url': demandRead(door).document.token_endpoint,
          'redirect-url': 'apple-remotemanagement-user-login:/oauth2/redirection',
          'client-id': door.clientId ?? '',
          scope: door.scope,
        }
  const words = Object.entries(said).map(([name, value]) => `${name}="${value.replaceAll(/["\\\p{Cc}]/gu, '')}"`)
  return {
    status: 401,
    body: '',
    type: 'text/plain',
    headers: { 'www-authenticate': `Bearer ${words.join(', ')}`, 'cache-control': 'no-store' },
  }
}

/** Has the issuer's keys read when a device shows a token signed with another. */
async function readKeysAfter(base: Base, org: Id<'org'>): Promise<void> {
  const actor = { kind: 'system', id: null, what: 'account door' } as const
  await base.transact({ org, actor, authority: everything }, readSoon)
}
