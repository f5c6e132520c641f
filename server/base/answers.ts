import type { Ctx } from './ctx.ts'
import { own } from './db.ts'
import { digest } from './id.ts'
import { Problem } from './problem.ts'
import type { Route } from './route.ts'

interface Tables {
  answers: {
    org: string
    actor: string
    dedupe: string
    request_hash: string
    status: number
    body: Uint8Array
    at: number
  }
}

/** What was answered to a write. */
export interface Answer {
  status: number
  body: unknown
}

/** How long an Idempotency-Key is remembered. */
export const rememberMs = 48 * 3_600_000

/**
 * Runs a write once per actor and Idempotency-Key: the same request again gets the same answer, a different one under the same key is refused.
 * The answer is stored, sealed, in the transaction of the change, and with it the hash of what was asked: of a PIN anyone could try them all.
 */
export async function answerOnce(
  ctx: Ctx,
  key: string | null,
  route: Route,
  input: unknown,
  run: () => Promise<Answer>,
): Promise<Answer> {
  if (key === null || ctx.org === '') return run()
  if (key.length > 200)
    throw new Problem(
      'request.malformed',
      {},
      { fields: [{ path: 'Idempotency-Key', message: 'is longer than 200 characters' }] },
    )
  const db = own<Tables>(ctx.tx)
  const actor = `${ctx.actor.kind}:${ctx.actor.id ?? ''}`
  const asked = digest(JSON.stringify([route.method, route.path, input]))
  const place = { table: 'answers', column: 'body', row: `${actor}|${key}` }
  const known = await db
    .selectFrom('answers')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('actor', '=', actor)
    .where('dedupe', '=', key)
    .executeTakeFirst()
  if (known) {
    const opened = Buffer.from(await ctx.secrets.open(ctx, place, known.body)).toString('utf8')
    const kept = JSON.parse(opened) as { asked: string; body: unknown }
    if (kept.asked !== asked) throw new Problem('request.replayed')
    return { status: known.status, body: kept.body }
  }
  const answer = await run()
  const body = await ctx.secrets.seal(ctx, place, JSON.stringify({ asked, body: answer.body ?? null }))
  await db
    .insertInto('answers')
    .values({ org: ctx.org, actor, dedupe: key, request_hash: '', status: answer.status, body, at: ctx.now })
    .execute()
  return answer
}

/** Forgets answers older than `rememberMs`. */
export async function forgetAnswers(ctx: Ctx): Promise<void> {
  await own<Tables>(ctx.tx)
    .deleteFrom('answers')
    .where('at', '<', ctx.now - rememberMs)
    .execute()
}
