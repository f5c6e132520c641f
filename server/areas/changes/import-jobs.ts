import { type Actor, as, type Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { AnyJobKind, JobKind, Running } from '../../base/jobs.ts'
import type { Base } from '../../base/transact.ts'
import { authorityNow } from '../identity/index.ts'
import { outlookOfImport } from './effects.ts'
import { importEvents } from './events.ts'
import { applyPage, undoPage } from './import-apply.ts'
import { absentPage, checked, checkPage } from './import-check.ts'
import { aboutImport, importForget, importWork } from './import.ts'
import { readFile } from './import-read.ts'
import * as store from './import-store.ts'

type Work = Running<{ import: string }>

const work: JobKind<{ import: string }> = {
  name: importWork,
  leaseMs: 300_000,
  run: async (base, job) => {
    while (!job.signal.aborted) {
      const row = await base.read(job.scope, ctx => store.findImport(ctx, job.payload.import))
      if (!row || row.step === '') return undefined
      await step(base, job, row)
    }
    return { againInMs: 0 }
  },
}

/** One page of whatever an import is at. Where it stands is in its row, so that whoever comes next goes on there. */
async function step(base: Base, job: Work, row: store.ImportRow): Promise<void> {
  const page = (does: (ctx: Ctx, row: store.ImportRow) => Promise<void>): Promise<void> =>
    base.transact(job.scope, async ctx => {
      const now = await store.findImport(ctx, row.id)
      if (now?.step === row.step && now.cursor === row.cursor) await does(await inNameOf(ctx, now), now)
    })
  switch (row.step) {
    case 'read':
      return readFile(base, job)
    case 'plan':
      return page(checkPage)
    case 'absent':
      return page(absentPage)
    case 'effects': {
      const outlook = await outlookOfImport(base, job.org, row.id)
      return page((ctx, now) => checked(ctx, now, outlook))
    }
    case 'apply':
      return page(applyPage)
    case 'undo':
      return page(undoPage)
    default:
      return undefined
  }
}

/** The same transaction in the name of whoever asked for it, with what they may do by now. */
async function inNameOf(ctx: Ctx, row: store.ImportRow): Promise<Ctx> {
  if (row.applied_by === null) return ctx
  const actor = JSON.parse(row.applied_by) as Actor
  return as(ctx, { org: ctx.org, actor, authority: await authorityNow(ctx, actor) })
}

const forget: JobKind<{ import: string }> = {
  name: importForget,
  run: async (base, job) => {
    await base.transact(job.scope, async ctx => {
      const row = await store.findImport(ctx, job.payload.import)
      if (!row) return
      if (row.state === 'ready' && row.change === null) {
        await store.changeImport(ctx, row.id, { state: 'expired', step: '', preview: null })
        await record(ctx, importEvents.expired, aboutImport(row), { name: row.name })
      }
      if (['ready', 'failed', 'expired'].includes(row.state) && row.change === null)
        await store.forgetLines(ctx, row.id, 'all')
      if (row.state === 'applied' || row.state === 'undone') await store.forgetLines(ctx, row.id, 'before')
    })
    return undefined
  },
}

/** What imports do in the background. */
export const importJobs: readonly AnyJobKind[] = [work, forget]
