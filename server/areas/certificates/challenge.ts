import type { Ctx } from '../../base/ctx.ts'
import { digest, newId, newSecret } from '../../base/id.ts'
import * as store from './store.ts'

/**
 * Makes a one-time secret with which one certificate can be asked for, bound to what it is made for.
 * `path` is the unit whose admins may see what becomes of it. Only its hash is kept. With `serial`, an attested key of another device does not fit.
 */
export async function challenge(
  ctx: Ctx,
  options: {
    for: { kind: 'invitation' | 'enrollment' | 'item'; id: string; path?: string }
    ttlMs: number
    serial?: string | null
  },
): Promise<string> {
  const secret = newSecret()
  await store.insertChallenge(ctx, {
    org: ctx.org,
    id: newId('challenge'),
    secret_hash: digest(secret),
    for_kind: options.for.kind,
    for_id: options.for.id,
    unit_path: options.for.path ?? '/',
    expires_at: ctx.now + options.ttlMs,
    used_at: null,
    used_key_hash: null,
    certificate: null,
    serial: options.serial ?? null,
  })
  return secret
}

/** What was issued for a one-time secret; null when it was not used. */
export async function issuedFor(ctx: Ctx, secret: string): Promise<{ notBefore: number; notAfter: number } | null> {
  const proof = await store.findChallenge(ctx, digest(secret))
  const issued = proof?.certificate ? await store.findCertificate(ctx, proof.certificate) : undefined
  return issued ? { notBefore: issued.not_before, notAfter: issued.not_after } : null
}
