import { z } from 'zod'
import type { Config } from '../../base/config.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { digest, type Id, newSecret } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { aboutAdmin, adminOf } from './admin.ts'
import { passkeyEvents } from './events.ts'
import * as store from './passkey-store.ts'

/** What a challenge is good for. */
export type ChallengePurpose = 'add' | 'sign-in' | 'second' | 'step-up' | 'approve'

/** How long a challenge may wait for its answer. */
export const challengeMs = 5 * 60_000
const approvalMs = 10 * 60_000

const base64url = z.string().regex(/^[\w-]*={0,2}$/)

/** What a browser answers when a passkey has signed. (WebAuthn §5.1, AuthenticationResponseJSON) */
export const assertionShape = z.object({
  id: base64url.max(1400),
  rawId: base64url.max(1400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url.max(4000),
    authenticatorData: base64url.max(4000),
    signature: base64url.max(8000),
    userHandle: base64url.max(200).nullish(),
  }),
})
export type AssertionAnswer = z.output<typeof assertionShape>

/** What a browser needs to let a passkey sign. (WebAuthn §5.1, PublicKeyCredentialRequestOptionsJSON) */
export const requestShape = z.object({
  challenge: z.string(),
  rpId: z.string(),
  allowCredentials: z.array(
    z.object({ id: z.string(), type: z.literal('public-key'), transports: z.array(z.string()) }),
  ),
  userVerification: z.literal('required'),
  timeout: z.number(),
})
export type RequestOptions = z.output<typeof requestShape>

/** The site that passkeys of this server belong to. Throws `passkey.no-name` where the server is known by an address, which no passkey can belong to. */
export function siteOf(config: Pick<Config, 'url'>): { rpId: string; origin: string } {
  const { hostname, origin } = new URL(config.url)
  if (/^[\d.]+$|:/.test(hostname)) throw new Problem('passkey.no-name', { host: hostname })
  return { rpId: hostname, origin }
}

/** The library, loaded when it is first needed, because that takes a fifth of a second. */
export const library = () => import('@simplewebauthn/server')

/** The handle by which an authenticator tells accounts apart: it comes back in sign-ins that name nobody. */
export const handleOf = (admin: string): string => Buffer.from(admin, 'utf8').toString('base64url')

interface Asked {
  purpose: ChallengePurpose
  /** '' where nobody has said who they are. */
  org: string
  subject: string
  /** base64url; a fresh one unless given. */
  challenge?: string
  lastsMs?: number
}

/** Keeps a challenge, hashed, and answers it. */
export async function putChallenge(ctx: Pick<Ctx, 'tx' | 'now'>, asked: Asked): Promise<string> {
  const { purpose, org, subject, challenge = newSecret(32), lastsMs = challengeMs } = asked
  await store.removeOldChallenges(ctx, ctx.now)
  await store.putChallenge(ctx, { org, purpose, subject, hash: digest(challenge), expires_at: ctx.now + lastsMs })
  return challenge
}

/** What a browser needs to let one of these passkeys sign; any that the person chooses where none are named. */
export async function requestOptions(
  ctx: Pick<Ctx, 'tx' | 'now' | 'config'>,
  asked: Asked,
  passkeys: readonly store.PasskeyRow[],
): Promise<RequestOptions> {
  const { rpId } = siteOf(ctx.config)
  void library()
  return {
    challenge: await putChallenge(ctx, asked),
    rpId,
    allowCredentials: allowed(passkeys),
    userVerification: 'required',
    timeout: asked.lastsMs ?? challengeMs,
  }
}

/** Passkeys as browsers are told of them; none that is not believed. */
export function allowed(passkeys: readonly store.PasskeyRow[]): RequestOptions['allowCredentials'] {
  return passkeys
    .filter(p => p.suspect_at === null)
    .map(p => ({ id: p.credential, type: 'public-key', transports: JSON.parse(p.transports) as string[] }))
}

/** Why a passkey was not believed. */
export type Doubt = 'challenge' | 'credential' | 'signature' | 'clone'

/** What an answer of a passkey came to. */
export type Judged = { passkey: store.PasskeyRow } | { doubt: Doubt; passkey?: store.PasskeyRow }

/**
 * Judges what a passkey signed: a challenge of this purpose and subject, which is used up by it; for this site, with the person verified;
 * by a key of this admin, if one is named; with a counter that grew. A counter that did not grow means that there are two of it, and ends it.
 * (WebAuthn §7.2) It answers its doubt instead of throwing, so that what it learned stays.
 */
export async function judge(
  ctx: Ctx,
  asked: Asked & { admin: string | null; answer: AssertionAnswer },
): Promise<Judged> {
  const { purpose, org, subject, admin, answer } = asked
  const challenge = challengeIn(answer.response.clientDataJSON)
  if (challenge === null || (asked.challenge !== undefined && asked.challenge !== challenge))
    return { doubt: 'challenge' }
  const taken = await store.takeChallenge(ctx, { org, purpose, subject, hash: digest(challenge) })
  if (!taken || taken.expires_at <= ctx.now) return { doubt: 'challenge' }
  const passkey = await store.findByCredential(ctx, answer.id)
  if (passkey?.org !== ctx.org || (admin !== null && passkey.admin !== admin)) return { doubt: 'credential' }
  const { userHandle } = answer.response
  if (userHandle && userHandle !== handleOf(passkey.admin)) return { doubt: 'credential', passkey }
  if (passkey.suspect_at !== null) return { doubt: 'clone', passkey }
  const used = await verified(ctx, challenge, answer, passkey)
  if (used === null) return { doubt: 'signature', passkey }
  if ((used.counter > 0 || passkey.counter > 0) && used.counter <= passkey.counter) {
    await store.changePasskey(ctx, passkey.id, { suspect_at: ctx.now })
    const about = aboutAdmin(await adminOf(ctx, passkey.admin))
    await record(ctx, passkeyEvents.suspected, about, { passkey: passkey.id, name: passkey.name })
    return { doubt: 'clone', passkey }
  }
  const now = { counter: used.counter, synced: used.synced ? 1 : 0, last_used_at: ctx.now }
  await store.changePasskey(ctx, passkey.id, now)
  return { passkey: { ...passkey, ...now } }
}

async function verified(
  ctx: Pick<Ctx, 'config'>,
  challenge: string,
  answer: AssertionAnswer,
  { credential, public_key }: store.PasskeyRow,
): Promise<{ counter: number; synced: boolean } | null> {
  const { rpId, origin } = siteOf(ctx.config)
  const { userHandle, ...response } = answer.response
  try {
    const { verifyAuthenticationResponse } = await library()
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...answer,
        response: userHandle ? { ...response, userHandle } : response,
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      // The counter is compared by `judge`, which must tell a copy from a forgery.
      credential: { id: credential, publicKey: new Uint8Array(public_key), counter: 0 },
    })
    return verified ? { counter: authenticationInfo.newCounter, synced: authenticationInfo.credentialBackedUp } : null
  } catch {
    return null
  }
}

/** The challenge that client data names; null where there is none, or where the page was inside one of another site. */
export function challengeIn(clientDataJSON: string): string | null {
  const shape = z.object({ challenge: z.string().min(1).max(200), crossOrigin: z.literal(false).optional() })
  try {
    const read = shape.safeParse(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')))
    return read.success ? read.data.challenge : null
  } catch {
    return null
  }
}

/**
 * What an admin's browser needs to sign this challenge with one of their passkeys: base64url of the hash of what exactly they agree to.
 * Throws `passkey.none` where they have none. The answer is judged by `verifyAssertion` within ten minutes.
 */
export async function beginAssertion(
  ctx: Ctx,
  { admin, challenge }: { admin: string; challenge: string },
): Promise<RequestOptions> {
  const passkeys = (await store.listPasskeys(ctx, admin)).filter(p => p.suspect_at === null)
  if (passkeys.length === 0) throw new Problem('passkey.none')
  const asked = { purpose: 'approve', org: ctx.org, subject: admin, challenge, lastsMs: approvalMs } as const
  return requestOptions(ctx, asked, passkeys)
}

/**
 * The passkey of this admin that signed this challenge, which `beginAssertion` gave out; each is good once. `since` tells how long they have had it.
 * Throws `passkey.refused` for anything else: another challenge, site, person or key, no verification, a second use, a counter that went back.
 */
export async function verifyAssertion(
  ctx: Ctx,
  { admin, challenge, response }: { admin: string; challenge: string; response: AssertionAnswer },
): Promise<{ passkey: Id<'passkey'>; since: number }> {
  const asked = { purpose: 'approve', org: ctx.org, subject: admin, challenge, admin, answer: response } as const
  const judged = await judge(ctx, asked)
  if ('doubt' in judged) throw new Problem('passkey.refused', { reason: judged.doubt })
  const { id, name, created_at } = judged.passkey
  await record(ctx, passkeyEvents.used, aboutAdmin(await adminOf(ctx, admin)), { passkey: id, name })
  return { passkey: id as Id<'passkey'>, since: created_at }
}
