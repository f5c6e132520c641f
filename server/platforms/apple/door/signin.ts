import * as identity from '../../../areas/identity/index.ts'
import * as portal from '../../../areas/portal/index.ts'
import { everything } from '../../../base/authority.ts'
import { as, type Ctx } from '../../../base/ctx.ts'
import { digest, type Id, newId, newSecret } from '../../../base/id.ts'
import { mailReady } from '../../../base/mail.ts'
import { Problem } from '../../../base/problem.ts'
import type { Machine } from './machine.ts'
import * as store from './store.ts'

/**
 * How a person proves on a page who they are. `ask` is given what they typed as their address and answers whom it takes them for, or null;
 * `check` is given what they typed next. Neither says whether the address is known: whoever asks may be anybody.
 */
export interface Prover {
  readonly ready: (ctx: Ctx) => boolean
  ask(ctx: Ctx, address: string, place: portal.CodePlace): Promise<Id<'user'> | null>
  check(ctx: Ctx, user: Id<'user'>, place: portal.CodePlace, answer: string): Promise<boolean>
}

/** By a code of six digits that is mailed to the address we know. */
export const mailedCode: Prover = {
  ready: ctx => mailReady(ctx.config),
  ask: async (ctx, address, place) => {
    const [user, ...others] = await identity.usersKnownAs(ctx, { numbers: [], emails: [address] })
    if (!user || others.length > 0) return null
    try {
      await portal.sendCode(ctx, user, place)
    } catch (error) {
      // One that was mailed a moment ago is on its way; a stranger must not learn even that.
      if (!(error instanceof Problem) || error.code !== 'request.too-many') throw error
    }
    return user.id
  },
  check: async (ctx, user, place, answer) =>
    portal.takeCode(ctx, await identity.userOf(ctx, user), place, answer.replaceAll(/\D/g, '')),
}

/** How people prove who they are. Another way joins here, and the pages stay. */
export const prover: Prover = mailedCode

/** Long enough to find one's mail on another device. */
const lastsMs = 30 * 60_000

/** What a sign-in is for. */
export interface SignInFor {
  readonly door: store.Door
  readonly setup: string | null
  readonly machine: Pick<Machine, 'info' | 'digest' | 'signedAt'> | null
}

/** Begins a sign-in on a device; the secret answered goes into the page's form and nowhere else. */
export async function beginSignIn(ctx: Ctx, { door, setup, machine }: SignInFor): Promise<string> {
  if (!prover.ready(ctx)) throw new Problem('signin.no-mail')
  await store.removeOver(ctx)
  const secret = newSecret()
  const kept = machine === null ? null : { info: machine.info, digest: machine.digest, signedAt: machine.signedAt }
  const signIn = { id: newId('visit'), door, setup, machine: kept, user: null, expiresAt: ctx.now + lastsMs }
  await store.addSignIn(ctx, signIn, digest(secret))
  return secret
}

/** A sign-in that goes on, in its org. */
export interface SigningIn {
  readonly ctx: Ctx
  readonly org: Id<'org'>
  readonly signIn: store.SignIn
  readonly place: portal.CodePlace
}

/** The sign-in that this secret belongs to. Refuses one that is over. */
export async function signingIn(anyCtx: Ctx, secret: string, door: store.Door): Promise<SigningIn> {
  const found = secret.length > 128 ? undefined : await store.findSignIn(anyCtx, digest(secret))
  if (!found || found.signIn.door !== door || found.signIn.expiresAt <= anyCtx.now) throw new Problem('signin.over')
  const actor = { kind: 'system', id: null, what: 'sign-in on a device' } as const
  const ctx = as(anyCtx, { org: found.org, actor, authority: everything })
  return { ctx, ...found, place: { visit: found.signIn.id, secret, stranger: true } }
}

/** The person says who they are; whether we know them is not answered. */
export async function sayWho({ ctx, signIn, place }: SigningIn, address: string): Promise<void> {
  const typed = address.trim()
  const known = typed === '' || typed.length > 320 ? null : await prover.ask(ctx, typed, place)
  await store.nameSignIn(ctx, signIn.id, known)
}

/** Who the person is, once what they typed proves it; null when it does not. The sign-in is then done and cannot be used again. */
export async function proveWho({ ctx, signIn, place }: SigningIn, answer: string): Promise<Id<'user'> | null> {
  if (signIn.user === null) return null
  if (!(await prover.check(ctx, signIn.user, place, answer))) return null
  return (await store.useSignIn(ctx, signIn.id)) ? signIn.user : null
}
