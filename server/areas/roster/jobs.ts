import { type Actor, as, type Ctx } from '../../base/ctx.ts'
import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import { authorityNow } from '../identity/index.ts'
import { type BulkRow, findBulk } from './bulk-store.ts'
import { bulkPage, failBulk } from './bulk.ts'
import { forgetEntries } from './entry-store.ts'
import { bulkWork, forgetProgram } from './later.ts'

const pageSize = 500

const forget: JobKind<{ program: string }> = {
  name: forgetProgram,
  run: async (base, { scope, payload, signal }) => {
    while (!signal.aborted) {
      const gone = await base.transact(scope, ctx => forgetEntries(ctx, payload.program, pageSize))
      if (gone < pageSize) return undefined
    }
    return { againInMs: 0 }
  },
}

const bulk: JobKind<{ bulk: string }> = {
  name: bulkWork,
  leaseMs: 300_000,
  run: async (base, { scope, payload, signal }) => {
    while (!signal.aborted) {
      const row = await base.read(scope, ctx => findBulk(ctx, payload.bulk))
      if (row?.state !== 'running') return undefined
      const inName = (does: (ctx: Ctx, now: BulkRow) => Promise<void>): Promise<void> =>
        base.transact(scope, async ctx => {
          const now = await findBulk(ctx, row.id)
          if (now?.state !== 'running' || now.cursor !== row.cursor) return
          const actor = JSON.parse(now.by_actor) as Actor
          const authority = await authorityNow(ctx, actor)
          await does(as(ctx, { org: ctx.org, actor, authority }), { ...now, changed: Number(now.changed) })
        })
      try {
        await inName(bulkPage)
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem
        await inName((ctx, now) => failBulk(ctx, now, problem.code))
      }
    }
    return { againInMs: 0 }
  },
}

/** Every job of this area. */
export const jobs: readonly AnyJobKind[] = [forget, bulk]
