import { nothing } from '../../base/authority.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import { aboutAdmin, adminOf } from './admin.ts'
import { type AssertionAnswer, judge, type RequestOptions, requestOptions } from './assertion.ts'
import { adminEvents } from './events.ts'
import { findByCredential } from './passkey-store.ts'
import { type From, openSession } from './session.ts'
import { asServer, type SignedIn } from './sign-in.ts'

/** Nobody has said yet who they are. */
const anyone = { purpose: 'sign-in', org: '', subject: '' } as const
const stranger: Scope = {
  org: '' as Id<'org'>,
  actor: { kind: 'system', id: null, what: 'sign-in' },
  authority: nothing,
}

/** What a browser needs to sign in with a passkey that the person chooses. */
export function beginSignIn(base: Base): Promise<RequestOptions> {
  return base.transact(stranger, ctx => requestOptions(ctx, anyone, []))
}

/** Signs in with a passkey alone: it says by itself whose it is, and that its owner was verified. Throws `passkey.refused`. */
export async function signInByPasskey(
  base: Base,
  response: AssertionAnswer,
  from: From,
  request: string,
): Promise<SignedIn> {
  const known = await base.engine.read(tx => findByCredential({ tx }, response.id))
  const outcome = await asServer(base, known?.org ?? '', request, ctx => examine(ctx, response, from))
  if ('refused' in outcome) {
    base.log.info({ request, address: from.address, reason: outcome.refused }, 'sign-in refused')
    throw new Problem('passkey.refused', { reason: outcome.refused })
  }
  return outcome
}

/** Refusals are answered, not thrown, so that their events stay and the challenge is used up. */
async function examine(ctx: Ctx, answer: AssertionAnswer, from: From): Promise<SignedIn | { refused: string }> {
  const judged = await judge(ctx, { ...anyone, admin: null, answer })
  const admin = judged.passkey && (await adminOf(ctx, judged.passkey.admin))
  if (admin && !('doubt' in judged) && admin.state === 'active')
    return { org: ctx.org, admin: admin.id, cookie: await openSession(ctx, admin, from, 'passkey') }
  const reason = 'doubt' in judged ? 'passkey' : 'state'
  if (admin) await record(ctx, adminEvents.refused, aboutAdmin(admin), { reason, address: from.address })
  return { refused: 'doubt' in judged ? judged.doubt : 'credential' }
}
