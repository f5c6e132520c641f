import { toPem } from '@muster/wire/x509/pem.ts'
import type { Ctx } from '../../base/ctx.ts'
import { keyPlace } from './credential.ts'
import * as store from './store.ts'

/** The certificate and key by which the vendor knows us, PEM, for its other services that ask for them; null while there is none that could be used. */
export async function identityNow(ctx: Ctx): Promise<{ cert: string; key: string } | null> {
  const row = await store.currentCredential(ctx)
  if (!row || row.not_after <= ctx.now) return null
  const pkcs8 = await ctx.secrets.open(ctx, keyPlace(row.topic), row.private_key)
  return { cert: row.pem, key: toPem('PRIVATE KEY', pkcs8) }
}
