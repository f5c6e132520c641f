import { allAccessRights, validAccessRights } from '@muster/wire/apple/profile.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as identity from '../../areas/identity/index.ts'
import * as push from '../../areas/push/index.ts'
import { everything, nothing } from '../../base/authority.ts'
import { as, type Ctx, type Scope } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import type { Call, Reply } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { enrollPage } from './page.ts'
import { buildProfile, deviceUrl, ownAuthority, type ProfileTerms } from './profile.ts'
import * as store from './store.ts'

type Input = enrollment.Visit

/** What enrolling on Apple devices asks of an invitation. */
export const enrolling: enrollment.Enrolling = {
  platform: 'apple',
  allRights: allAccessRights,
  validRights: validAccessRights,
  page: servePage,
}

/** The one-time proof in a profile is good for this long after the download. */
const challengeMs = 3_600_000

/** The page of an invitation. Opening it is remembered, because the admin who invited watches. */
export async function servePage(base: Base, { params, query }: Input, call: Call): Promise<Reply<string>> {
  const asked = askedOf(params.token, query.lang, call)
  try {
    const shown = await base.transact(anyone(call), async anyCtx => {
      const { ctx, invitation } = await admitted(anyCtx, params.token)
      await enrollment.opened(ctx, invitation)
      const { name } = await identity.ownOrg(ctx)
      return { org: name, expiresAt: invitation.expiresAt }
    })
    const url = `${base.config.url}${asked.path}`
    return enrollPage({ ...shown, url, ownAuthority: ownAuthority(base.config) }, asked)
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return enrollment.refusalPage(error.code, asked)
    throw error
  }
}

/** The signed enrollment profile of an invitation, different at each download: its challenge is good for one certificate. */
export async function serveProfile(
  base: Base,
  { params, query }: Input,
  call: Call,
): Promise<Reply<Uint8Array | string>> {
  try {
    const { org, terms } = await base.transact(anyone(call), ctx => offer(ctx, params.token))
    return {
      status: 200,
      type: 'application/x-apple-aspen-config',
      headers: { 'content-disposition': 'attachment; filename="muster.mobileconfig"' },
      body: await buildProfile(base, org, terms),
    }
  } catch (error) {
    const reads = /text\/html/.test(call.headers.accept ?? '')
    if (error instanceof Problem && error.status < 500 && reads)
      return enrollment.refusalPage(error.code, askedOf(params.token, query.lang, call))
    throw error
  }
}

/** The terms of one more profile of an invitation. */
export async function offer(anyCtx: Ctx, token: string): Promise<{ org: Id<'org'>; terms: ProfileTerms }> {
  const { ctx, org, invitation } = await admitted(anyCtx, token)
  const topic = await push.currentTopic(ctx)
  if (topic === null) throw new Problem('enrollment.no-push-certificate')
  const arrival = await enrollment.arrive(ctx, invitation)
  const terms = { topic, url: deviceUrl(ctx.config), accessRights: invitation.accessRights }
  await store.addOffer(ctx, arrival.id, terms)
  const { path } = await identity.unitOf(ctx, invitation.unit)
  const challenge = await certificates.challenge(ctx, {
    for: { kind: 'invitation', id: arrival.id, path },
    ttlMs: challengeMs,
  })
  return { org, terms: { ...terms, challenge, subject: arrival.id } }
}

/** The invitation that this link opens, in its org, when it still holds and devices can enroll at all. */
export async function admitted(
  anyCtx: Ctx,
  token: string,
): Promise<{ ctx: Ctx; org: Id<'org'>; invitation: enrollment.Invitation }> {
  const found = await enrollment.bySecret(anyCtx, token)
  if (found?.invitation.platform !== 'apple') throw new Problem('invitation.unknown')
  const { org, invitation } = found
  const actor = { kind: 'system', id: null, what: 'enrollment page' } as const
  const ctx = as(anyCtx, { org, actor, authority: everything })
  const refusal = await enrollment.refusalOf(ctx, invitation)
  if (refusal) throw new Problem(refusal)
  if ((await push.currentTopic(ctx)) === null) throw new Problem('enrollment.no-push-certificate')
  return { ctx, org, invitation }
}

function askedOf(token: string, lang: string | undefined, call: Call): enrollment.Asked {
  return {
    locale: enrollment.localeOf(lang, call.headers['accept-language']),
    path: `/enroll/${encodeURIComponent(token)}`,
    agent: call.agent,
  }
}

function anyone(call: Call): Scope {
  return {
    org: '' as Id<'org'>,
    actor: { kind: 'system', id: null, what: 'enrollment page' },
    authority: nothing,
    request: call.request,
  }
}
