import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { digest, type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { type Admin, aboutAdmin } from './admin.ts'
import { putRecoveryCodes } from './admin-store.ts'
import { challengeIn, challengeMs, handleOf, library, putChallenge, siteOf } from './assertion.ts'
import { passkeyEvents } from './events.ts'
import { ownOrg } from './org.ts'
import * as store from './passkey-store.ts'
import { issueRecoveryCodes } from './recovery.ts'
import { removeTotp } from './totp.ts'

/** More than anyone has; fewer than would make a list of them long. */
const most = 20
const base64url = z.string().regex(/^[\w-]*={0,2}$/)

/** What a browser answers when a passkey was made. (WebAuthn §5.1, RegistrationResponseJSON) */
export const attestationShape = z.object({
  id: base64url.max(1400),
  rawId: base64url.max(1400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url.max(4000),
    attestationObject: base64url.max(20_000),
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
})
export type AttestationAnswer = z.output<typeof attestationShape>

/** Signatures that are believed: ES256, Ed25519, RS256 (RFC 9053). ES256 comes first because every device can check it by itself. */
const algorithms = [-7, -8, -257]

/** What a browser needs to make a passkey. (WebAuthn §5.1, PublicKeyCredentialCreationOptionsJSON) */
export const creationShape = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number() })),
  excludeCredentials: z.array(z.object({ id: z.string(), type: z.literal('public-key') })),
  authenticatorSelection: z.object({ residentKey: z.literal('preferred'), userVerification: z.literal('required') }),
  attestation: z.literal('none'),
  timeout: z.number(),
})

/** A passkey as its owner sees it. */
export interface Passkey {
  id: Id<'passkey'>
  name: string
  /** It is kept in an account and may be on several devices. */
  synced: boolean
  createdAt: number
  lastUsedAt: number | null
  /** Two of it were seen: it opens nothing any more. */
  suspect: boolean
}

const toPasskey = (row: store.PasskeyRow): Passkey => ({
  id: row.id as Id<'passkey'>,
  name: row.name,
  synced: row.synced === 1,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  suspect: row.suspect_at !== null,
})

/** The passkeys of an admin, oldest first. */
export async function passkeysOf(ctx: Ctx, admin: string): Promise<Passkey[]> {
  return (await store.listPasskeys(ctx, admin)).map(toPasskey)
}

/** What the admin's browser needs to make a passkey; whether they may was asked before. */
export async function beginPasskey(ctx: Ctx, admin: Admin): Promise<z.output<typeof creationShape>> {
  const { rpId } = siteOf(ctx.config)
  const known = await store.listPasskeys(ctx, admin.id)
  if (known.length >= most) throw new Problem('passkey.too-many')
  void library()
  return {
    challenge: await putChallenge(ctx, { purpose: 'add', org: ctx.org, subject: subjectOf(ctx, admin) }),
    rp: { id: rpId, name: `Muster ${(await ownOrg(ctx)).name}` },
    user: { id: handleOf(admin.id), name: admin.email, displayName: admin.name },
    pubKeyCredParams: algorithms.map(alg => ({ type: 'public-key', alg })),
    excludeCredentials: known.map(p => ({ id: p.credential, type: 'public-key' })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    attestation: 'none',
    timeout: challengeMs,
  }
}

/**
 * Keeps the passkey that was made for `beginPasskey` in this session. The first thing an admin has beside their password brings recovery codes,
 * which are answered once. (WebAuthn §7.1)
 */
export async function addPasskey(
  ctx: Ctx,
  admin: Admin,
  given: { name: string; response: AttestationAnswer },
): Promise<{ passkey: Passkey; recoveryCodes: string[] | null }> {
  const first = !admin.totp && (await store.listPasskeys(ctx, admin.id)).length === 0
  const passkey = await putPasskey(ctx, admin, given)
  const { id, name, synced } = passkey
  await record(ctx, passkeyEvents.added, aboutAdmin(admin), { passkey: id, name, synced })
  return { passkey, recoveryCodes: first ? await issueRecoveryCodes(ctx, admin.id) : null }
}

/** Judges and stores the passkey that was made for `beginPasskey`. */
export async function putPasskey(
  ctx: Ctx,
  admin: Admin,
  given: { name: string; response: AttestationAnswer },
): Promise<Passkey> {
  const challenge = challengeIn(given.response.response.clientDataJSON)
  const asked = { org: ctx.org, purpose: 'add', subject: subjectOf(ctx, admin), hash: digest(challenge ?? '') }
  const taken = await store.takeChallenge(ctx, asked)
  if (challenge === null || !taken || taken.expires_at <= ctx.now)
    throw new Problem('passkey.refused', { reason: 'challenge' })
  const made = await verified(ctx, challenge, given.response)
  if (await store.findByCredential(ctx, made.credential)) throw new Problem('passkey.known')
  const known = await store.listPasskeys(ctx, admin.id)
  if (known.length >= most) throw new Problem('passkey.too-many')
  const id = newId('passkey')
  const times = { created_at: ctx.now, last_used_at: null, suspect_at: null }
  const row = { org: ctx.org, id, admin: admin.id, name: given.name, ...made, ...times }
  await store.putPasskey(ctx, row)
  return toPasskey(row)
}

async function verified(
  ctx: Pick<Ctx, 'config'>,
  challenge: string,
  response: AttestationAnswer,
): Promise<Pick<store.PasskeyRow, 'credential' | 'public_key' | 'counter' | 'transports' | 'synced'>> {
  const { rpId, origin } = siteOf(ctx.config)
  const { transports, ...attested } = response.response
  try {
    const { verifyRegistrationResponse } = await library()
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...response, response: attested, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    if (!verified) throw new Problem('passkey.refused', { reason: 'signature' })
    const { credential, credentialBackedUp } = registrationInfo
    return {
      credential: credential.id,
      public_key: credential.publicKey,
      counter: credential.counter,
      transports: JSON.stringify(transports ?? []),
      synced: credentialBackedUp ? 1 : 0,
    }
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    throw new Problem('passkey.refused', { reason: 'signature' }, { cause })
  }
}

/** Gives one of the admin's passkeys another name. */
export async function renamePasskey(ctx: Ctx, admin: Admin, id: string, name: string): Promise<Passkey> {
  const found = (await store.listPasskeys(ctx, admin.id)).find(p => p.id === id)
  if (!found) throw new Problem('id.unknown')
  if (found.name === name) return toPasskey(found)
  await store.changePasskey(ctx, id, { name })
  await record(ctx, passkeyEvents.renamed, aboutAdmin(admin), { passkey: id, from: found.name, to: name })
  return toPasskey({ ...found, name })
}

/** Removes one of the admin's passkeys. Throws `passkey.last` for the only thing that lets them in. */
export async function removePasskey(ctx: Ctx, admin: Admin, id: string): Promise<void> {
  const all = await store.listPasskeys(ctx, admin.id)
  const found = all.find(p => p.id === id)
  if (!found) throw new Problem('id.unknown')
  const others = all.filter(p => p.id !== id)
  if (!admin.hasPassword && found.suspect_at === null && others.every(p => p.suspect_at !== null))
    throw new Problem('passkey.last')
  await store.removePasskeys(ctx, admin.id, id)
  if (others.length === 0 && !admin.totp) await putRecoveryCodes(ctx, admin.id, [])
  await record(ctx, passkeyEvents.removed, aboutAdmin(admin), { passkey: id, name: found.name })
}

/** Switches codes off and removes all passkeys of an admin who lost what they were on. */
export async function removeFactors(ctx: Ctx, admin: Admin): Promise<void> {
  for (const { id, name } of await store.removePasskeys(ctx, admin.id))
    await record(ctx, passkeyEvents.removed, aboutAdmin(admin), { passkey: id, name })
  if (admin.totp) await removeTotp(ctx, { ...admin, passkeys: 0 })
  await putRecoveryCodes(ctx, admin.id, [])
}

function subjectOf(ctx: Ctx, admin: Admin): string {
  return ctx.actor.kind === 'admin' ? `${admin.id} ${ctx.actor.session}` : admin.id
}
