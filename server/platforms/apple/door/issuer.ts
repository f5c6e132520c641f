import { z } from 'zod'
import type { Ctx } from '../../../base/ctx.ts'
import { enqueue, type JobKind, jobName } from '../../../base/jobs.ts'
import { ask } from '../../../base/outside.ts'
import { Unavailable } from '../../../base/problem.ts'
import type { Base } from '../../../base/transact.ts'
import { findDoor, type IssuerRead, putRead } from './account-store.ts'

const readIssuer = jobName<Record<string, never>>('issuer.read')

const hourMs = 3_600_000
/** How soon an issuer that could not be read is asked again. */
const againMs = 60_000

const document = z.object({
  issuer: z.string().max(2000),
  authorization_endpoint: z.url({ protocol: /^https$/ }),
  token_endpoint: z.url({ protocol: /^https$/ }),
  jwks_uri: z.url({ protocol: /^https$/ }),
})
const keySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(50) })

/** Has the issuer read soon: it was chosen, or signed with a key that is not known. */
export function readSoon(ctx: Ctx): Promise<void> {
  return enqueue(ctx, readIssuer, {}, { dedupe: 'org' })
}

/** Reads what an issuer says of itself and its keys (OpenID Connect Discovery §4), hourly while people sign in by it. */
export const issuerJob: JobKind<Record<string, never>> = {
  name: readIssuer,
  attempts: 1000,
  maxWaitMs: hourMs,
  run: async (base, { scope }) => {
    const door = await base.read(scope, findDoor)
    if (!door || door.way !== 'oauth2' || door.issuer === null) return undefined
    const found = await readFrom(base, door.issuer)
    await base.transact(scope, async ctx => {
      // It may have been exchanged meanwhile: then another job reads the new one.
      if ((await findDoor(ctx))?.issuer !== door.issuer) return
      await putRead(ctx, { ...found, readAt: ctx.now })
    })
    return { againInMs: found.problem === null ? hourMs : againMs }
  },
}

async function readFrom(base: Base, issuer: string): Promise<Omit<IssuerRead, 'readAt'>> {
  const failed = (problem: string): Omit<IssuerRead, 'readAt'> => ({ document: null, keys: [], problem })
  try {
    const said = await ask(base.config, 'issuer', {
      url: `${issuer}/.well-known/openid-configuration`,
      limitBytes: 200_000,
    })
    if (said.status !== 200) return failed('status')
    const read = document.safeParse(json(said.text()))
    if (!read.success) return failed('document')
    // Whoever says it is another than was asked may not sign for it.
    if (read.data.issuer.replace(/\/+$/, '') !== issuer) return failed('another')
    const keys = await ask(base.config, 'issuer', { url: read.data.jwks_uri, limitBytes: 200_000 })
    const set = keySet.safeParse(json(keys.text()))
    if (keys.status !== 200 || !set.success) return failed('keys')
    return { document: read.data, keys: set.data.keys, problem: null }
  } catch (error) {
    if (error instanceof Unavailable) return failed('unreachable')
    throw error
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
