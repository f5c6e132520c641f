import { Secret, TOTP } from 'otpauth'
import { toString as drawQr } from 'qrcode'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import { type Admin, aboutAdmin, adminOf } from './admin.ts'
import type { AdminRow } from './admin-store.ts'
import * as store from './admin-store.ts'
import { adminEvents } from './events.ts'
import { ownOrg } from './org.ts'
import { issueRecoveryCodes, useRecoveryCode } from './recovery.ts'

const periodMs = 30_000

/** Begins to set up an authenticator app: nothing is asked at sign-in until a first code has confirmed it. */
export async function beginTotp(ctx: Ctx, id: string): Promise<{ secret: string; uri: string; qrSvg: string }> {
  const admin = await adminOf(ctx, id)
  if (admin.totp) throw new Problem('totp.on')
  const secret = new Secret({ size: 20 })
  const totp_pending = await ctx.secrets.seal(ctx, place(id), secret.base32)
  await store.changeAdmin(ctx, id, { totp_pending })
  const org = await ownOrg(ctx)
  const uri = appOf(secret.base32, `Muster ${org.name}`, admin.email).toString()
  return { secret: secret.base32, uri, qrSvg: await drawQr(uri, { type: 'svg', margin: 2 }) }
}

/** Switches codes on when the first one fits; answers the recovery codes, which are shown once and stored as hashes. */
export async function confirmTotp(ctx: Ctx, id: string, code: string): Promise<string[]> {
  const row = await store.findAdmin(ctx, id)
  if (!row?.totp_pending) throw new Problem('totp.not-begun')
  const step = await stepOf(ctx, row.totp_pending, id, code)
  if (step === null) throw new Problem('totp.code-wrong')
  await store.changeAdmin(ctx, id, { totp: row.totp_pending, totp_pending: null, totp_step: step })
  const codes = await issueRecoveryCodes(ctx, id)
  const admin = await adminOf(ctx, id)
  await record(ctx, adminEvents.totpAdded, aboutAdmin(admin), { name: admin.name })
  return codes
}

/** Switches codes off and, unless passkeys need them, forgets the recovery codes. */
export async function removeTotp(ctx: Ctx, admin: Admin): Promise<void> {
  await store.changeAdmin(ctx, admin.id, { totp: null, totp_pending: null, totp_step: null })
  if (admin.passkeys === 0) await store.putRecoveryCodes(ctx, admin.id, [])
  await record(ctx, adminEvents.totpRemoved, aboutAdmin(admin), { name: admin.name })
}

/** Uses up a code of the app or a recovery code; null when it does not fit. No code opens twice, also not within its half minute. */
export async function useCode(ctx: Ctx, row: AdminRow, code: string): Promise<'code' | 'recovery-code' | null> {
  if (/^\d{6}$/.test(code)) {
    if (!row.totp) return null
    const step = await stepOf(ctx, row.totp, row.id, code)
    if (step === null || step <= (row.totp_step ?? 0)) return null
    await store.changeAdmin(ctx, row.id, { totp_step: step })
    return 'code'
  }
  return (await useRecoveryCode(ctx, row.id, code)) ? 'recovery-code' : null
}

/** The half minute a code belongs to, one before or after ours at most (RFC 6238 §5.2); null when it fits none. */
async function stepOf(ctx: Ctx, sealed: Uint8Array, id: string, code: string): Promise<number | null> {
  const secret = Buffer.from(await ctx.secrets.open(ctx, place(id), sealed)).toString('utf8')
  const delta = appOf(secret, 'Muster', '').validate({ token: code, timestamp: ctx.now, window: 1 })
  return delta === null ? null : Math.floor(ctx.now / periodMs) + delta
}

function appOf(secret: string, issuer: string, label: string): TOTP {
  return new TOTP({
    issuer,
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: periodMs / 1000,
    secret: Secret.fromBase32(secret),
  })
}

// One place for both columns: the confirmed secret is the pending one, moved within its row.
function place(id: string): { table: string; column: string; row: string } {
  return { table: 'admins', column: 'totp', row: id }
}
