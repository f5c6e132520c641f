import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { ask } from '../../base/outside.ts'
import { enqueue, type JobKind } from '../../base/jobs.ts'
import { Unavailable } from '../../base/problem.ts'
import type { EnterpriseRow } from './rows.ts'
import * as store from './store.ts'
import { readSigners } from './wake.ts'

const header = z.object({ alg: z.literal('RS256'), kid: z.string().min(1).max(200) })
const claims = z.object({
  iss: z.enum(['https://accounts.google.com', 'accounts.google.com']),
  aud: z.string(),
  email: z.string(),
  email_verified: z.literal(true),
  exp: z.number(),
  iat: z.number(),
})
const skewSeconds = 120
const jwkShape = z.object({ kid: z.string().min(1).max(200), kty: z.literal('RSA'), n: z.string(), e: z.string() })

/** Whether whoever delivers a notice is who the program says: `unknown` when the key it signs with has not been read yet, and will be. (RFC 7519; OpenID Connect Core §3.1.3.7) */
export async function believed(
  ctx: Ctx,
  row: EnterpriseRow,
  bearer: string | undefined,
): Promise<'yes' | 'no' | 'unknown'> {
  const parts = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(bearer ?? '')
  if (!parts || row.pusher === '') return 'no'
  const [, head = '', body = '', signature = ''] = parts
  const said = header.safeParse(decoded(head))
  const who = claims.safeParse(decoded(body))
  if (!said.success || !who.success) return 'no'
  const seconds = ctx.now / 1000
  const { aud, email, exp, iat } = who.data
  if (aud !== `${ctx.config.url}/android/v1/notices/${row.hook}` || email !== row.pusher) return 'no'
  if (exp < seconds - skewSeconds || iat > seconds + skewSeconds) return 'no'
  const signer = await store.signerOf(ctx, said.data.kid)
  if (!signer) {
    await enqueue(ctx, readSigners, {}, { dedupe: 'org' })
    return 'unknown'
  }
  const key = createPublicKey({ key: JSON.parse(signer.jwk), format: 'jwk' })
  const good = verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))
  return good ? 'yes' : 'no'
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

const dayMs = 86_400_000
const keysShape = z.object({ keys: z.array(z.unknown()).max(50) })

/** Reads the keys by which Google signs, every day and whenever one is not known. */
export const signersJob: JobKind<Record<string, never>> = {
  name: readSigners,
  leaseMs: 60_000,
  attempts: Number.MAX_SAFE_INTEGER,
  maxWaitMs: 15 * 60_000,
  run: async (base, { scope, signal }) => {
    const answer = await ask(base.config, 'Google', { url: base.config.googleKeysUrl, limitBytes: 100_000, signal })
    if (answer.status !== 200) throw new Unavailable('Google', new Error(`keys: ${answer.status}`))
    const keys = keysShape.parse(JSON.parse(answer.text())).keys.flatMap(one => {
      const read = jwkShape.safeParse(one)
      return read.success ? [{ kid: read.data.kid, jwk: JSON.stringify(read.data) }] : []
    })
    if (keys.length === 0) throw new Unavailable('Google', new Error('no keys'))
    await base.transact(scope, ctx => store.putSigners(ctx, keys))
    return { againInMs: dayMs }
  },
}
