import { sql } from 'kysely'
import { everything } from './authority.ts'
import type { Ctx } from './ctx.ts'
import { own } from './db.ts'
import type { Event } from './events.ts'
import type { Id } from './id.ts'
import { type AnyJobKind, enqueue, type JobKind, jobName } from './jobs.ts'
import { sealedPage } from './seal.ts'
import type { Base } from './transact.ts'

interface Tables {
  followers: { org: string; name: string; place: number }
}

/** A reader of the sealed log with a place of its own, which survives every restart. */
export interface Follower {
  readonly name: string
  /** Whether an event of this type is worth reading on for; the others of a page are handed over all the same, and may be passed by. Pure. */
  wants(type: string): boolean
  /** Takes one page of events in their order. In the transaction that moves the place, so its writes happen once. */
  take(ctx: Ctx, events: readonly Event[]): Promise<void>
  /** Where a follower begins that has never read: at the first event, or with the batch that it is first told of. */
  readonly from: 'beginning' | 'end'
  /** Events in one transaction, default 200. */
  readonly page?: number
}

/** How the server runs a follower: its job, and what tells it of sealed batches. */
export interface Following {
  readonly job: AnyJobKind
  onSealed(base: Base, events: readonly Event[]): Promise<void>
}

/** A look at the log without being told of anything, for what was missed between a seal and a stop. */
const restMs = 60_000

/** Makes a follower run: woken by each sealed batch that has something for it, and once a minute by itself. */
export function following(follower: Follower): Following {
  const name = jobName<Record<string, never>>(`follow.${follower.name}`)
  const job: JobKind<Record<string, never>> = {
    name,
    attempts: 1_000_000,
    maxWaitMs: restMs,
    run: async (base, { scope, signal }) => {
      while (!signal.aborted && (await base.transact(scope, ctx => takePage(ctx, follower))));
      return { againInMs: restMs }
    },
  }
  return {
    job,
    onSealed: async (base, events) => {
      const orgs = new Set(events.filter(e => follower.wants(e.type)).map(e => e.org as Id<'org'>))
      for (const org of orgs) {
        const scope = { org, actor: { kind: 'system', id: null, what: name }, authority: everything } as const
        const first = events.find(e => e.org === org)?.seq ?? 1
        await base.transact(scope, async ctx => {
          if (follower.from === 'end' && (await placeOf(ctx, follower.name)) === null)
            await putPlace(ctx, follower.name, first - 1)
          await enqueue(ctx, name, {}, { dedupe: 'org' })
        })
      }
    },
  }
}

/** Whether there may be more. */
async function takePage(ctx: Ctx, follower: Follower): Promise<boolean> {
  const size = follower.page ?? 200
  const place = await placeOf(ctx, follower.name)
  const events = await sealedPage(ctx, place ?? 0, size)
  const last = events.at(-1)
  if (!last) return false
  await follower.take(ctx, events)
  await putPlace(ctx, follower.name, last.seq)
  return events.length === size
}

/** How far a reader of the log has come; null when it has never read. */
export async function placeOf(ctx: Ctx, name: string): Promise<number | null> {
  const row = await own<Tables>(ctx.tx)
    .selectFrom('followers')
    .select('place')
    .where('org', '=', ctx.org)
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.place ?? null
}

/** Notes how far a reader has come; it never goes back. */
export async function putPlace(ctx: Ctx, name: string, place: number): Promise<void> {
  await own<Tables>(ctx.tx)
    .insertInto('followers')
    .values({ org: ctx.org, name, place })
    .onConflict(c =>
      c.columns(['org', 'name']).doUpdateSet({
        place: sql<number>`CASE WHEN followers.place > ${place} THEN followers.place ELSE ${place} END`,
      }),
    )
    .execute()
}
