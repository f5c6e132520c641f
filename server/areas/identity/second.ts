import type { Ctx } from '../../base/ctx.ts'
import type { Facts } from '../../base/problem.ts'
import type { AdminRow } from './admin-store.ts'
import { allowed, type AssertionAnswer, judge, putChallenge } from './assertion.ts'
import * as store from './passkey-store.ts'
import { useCode } from './totp.ts'

/** What comes with a password: a code of the app, a recovery code, or what a passkey signed. */
export interface SecondProof {
  code?: string | undefined
  response?: AssertionAnswer | undefined
}

/**
 * What the second proof of an admin comes to: how they are let in, 'wrong', or what is still needed (a challenge for their passkeys among it).
 * Whoever has no second proof set up is let in by the password alone. A passkey that is no longer believed still asks for one.
 */
export async function secondOf(
  ctx: Ctx,
  row: AdminRow,
  { code, response }: SecondProof,
): Promise<'password' | 'passkey' | 'code' | 'recovery-code' | 'wrong' | Facts> {
  const passkeys = await store.listPasskeys(ctx, row.id)
  if (row.totp === null && passkeys.length === 0) return 'password'
  const asked = { purpose: 'second', org: ctx.org, subject: row.id } as const
  if (response) {
    const judged = await judge(ctx, { ...asked, admin: row.id, answer: response })
    return 'doubt' in judged ? 'wrong' : 'passkey'
  }
  if (code !== undefined) return (await useCode(ctx, row, code)) ?? 'wrong'
  const credentials = allowed(passkeys).map(p => p.id)
  const totp = row.totp !== null
  return credentials.length === 0 ? { totp } : { totp, credentials, challenge: await putChallenge(ctx, asked) }
}
