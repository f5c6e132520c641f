import { randomBytes } from 'node:crypto'
import type { Ctx } from '../../base/ctx.ts'
import { digest } from '../../base/id.ts'
import * as store from './admin-store.ts'

/** Ten fresh recovery codes, which end the older ones. They are shown once and stored as hashes. */
export async function issueRecoveryCodes(ctx: Ctx, admin: string): Promise<string[]> {
  // 80 bits each, so that a plain hash is enough.
  const codes = Array.from({ length: 10 }, () => randomBytes(10).toString('hex').match(/.{5}/g)?.join('-') ?? '')
  await store.putRecoveryCodes(ctx, admin, codes.map(hashOf))
  return codes
}

/** Uses a recovery code up; false when there is no such unused one. */
export async function useRecoveryCode(ctx: Ctx, admin: string, code: string): Promise<boolean> {
  return store.useRecoveryCode(ctx, admin, hashOf(code), ctx.now)
}

function hashOf(code: string): string {
  return digest(`recovery\n${code.toLowerCase().replaceAll(/[^0-9a-f]/g, '')}`)
}
