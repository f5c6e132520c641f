import type { Ctx, Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import * as access from './access-store.ts'
import { type Admin, aboutAdmin } from './admin.ts'
import * as admins from './admin-store.ts'
import { judge, type RequestOptions, requestOptions } from './assertion.ts'
import { book, clear } from './attempt.ts'
import { accessEvents } from './events.ts'
import * as store from './passkey-store.ts'
import type { SecondProof } from './second.ts'
import type { From } from './session.ts'
import { asServer } from './sign-in.ts'
import { useCode } from './totp.ts'

/** How long a session counts as proven after a passkey or a code was shown in it. */
export const stepUpMs = 5 * 60_000

/**
 * Refuses with `step-up.needed` unless the actor's session has shown a passkey or a code within five minutes. Keys cannot: `step-up.keys-cannot`.
 * The system and devices pass: they act on what was decided before.
 */
export async function demandStepUp(ctx: Ctx): Promise<void> {
  const { actor } = ctx
  if (actor.kind === 'system' || actor.kind === 'device') return
  if (actor.kind !== 'admin') throw new Problem('step-up.keys-cannot')
  const session = await access.findSessionById(ctx, actor.session)
  const proven = session?.proven_at ?? null
  if (proven !== null && ctx.now - proven <= stepUpMs) return
  throw new Problem('step-up.needed')
}

/** Refuses unless the session was opened within five minutes: for who has neither a password nor anything else to show. */
export async function demandFresh(ctx: Ctx, id: string): Promise<void> {
  const session = await access.findSessionById(ctx, id)
  if (!session || ctx.now - session.created_at > stepUpMs) throw new Problem('passkey.sign-in-again')
}

/** What an admin can prove themselves with now. `code` is a code of an app or a recovery code. */
export interface StepUpChoice {
  passkey: RequestOptions | null
  code: boolean
}

/** Begins to prove who is there: what the admin may choose from. */
export async function beginStepUp(ctx: Ctx, admin: Admin): Promise<StepUpChoice> {
  const passkeys = await store.listPasskeys(ctx, admin.id)
  const usable = passkeys.filter(p => p.suspect_at === null)
  const asked = { purpose: 'step-up', org: ctx.org, subject: subjectOf(ctx, admin.id) } as const
  return {
    passkey: usable.length > 0 ? await requestOptions(ctx, asked, usable) : null,
    code: admin.totp || passkeys.length > 0,
  }
}

/**
 * Proves the actor's session by a passkey or a code; answers until when. Wrong codes are counted and slowed as at sign-in.
 * Throws `step-up.refused`, `passkey.refused`, `sign-in.wait`.
 */
export async function stepUp(
  base: Base,
  { principal, admin, session }: { principal: Scope; admin: Admin; session: string },
  proof: SecondProof,
  from: From & { request: string },
): Promise<{ until: number }> {
  const booking = await asServer(base, '', '', ctx => book(ctx, `step-up\n${admin.id}`, from.address))
  const outcome = await base.transact({ ...principal, request: from.request }, async ctx => {
    const shown = await showing(ctx, admin, proof)
    if (typeof shown !== 'string') return shown
    await access.provenSession(ctx, session, ctx.now)
    await record(ctx, accessEvents.sessionProven, aboutAdmin(admin), { how: shown })
    return { until: ctx.now + stepUpMs }
  })
  if ('until' in outcome) {
    await asServer(base, '', '', ctx => clear(ctx, booking))
    return outcome
  }
  if (outcome.doubt !== null) throw new Problem('passkey.refused', { reason: outcome.doubt })
  throw new Problem('step-up.refused')
}

async function showing(
  ctx: Ctx,
  admin: Admin,
  { code, response }: SecondProof,
): Promise<'passkey' | 'code' | 'recovery-code' | { doubt: string | null }> {
  if (response) {
    const asked = { purpose: 'step-up', org: ctx.org, subject: subjectOf(ctx, admin.id), admin: admin.id } as const
    const judged = await judge(ctx, { ...asked, answer: response })
    return 'doubt' in judged ? { doubt: judged.doubt } : 'passkey'
  }
  const row = await admins.findAdmin(ctx, admin.id)
  return (row && code !== undefined ? await useCode(ctx, row, code) : null) ?? { doubt: null }
}

function subjectOf(ctx: Ctx, admin: string): string {
  return ctx.actor.kind === 'admin' ? `${admin} ${ctx.actor.session}` : admin
}
