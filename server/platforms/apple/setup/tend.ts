import * as commands from '../../../areas/commands/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import { everything } from '../../../base/authority.ts'
import { as, type Ctx } from '../../../base/ctx.ts'
import type { Id } from '../../../base/id.ts'
import { release } from './begin.ts'
import { sharedKind } from './shared.ts'
import * as shared from '../store.ts'

/** What is still missing on a device in its assistant. */
interface Missing {
  readonly waitingFor: readonly enrollment.Waiting[]
  readonly done: number
  readonly total: number
  /** Everything that is left fails again and again, with this code. */
  readonly failing: string | null
}

/** Nothing but failures for so long is worth a person's look. */
const failingMs = 90_000

/** Looks after the runs of Apple devices: says what is missing, and lets the device go on when nothing is, or when it is late. */
export const tender: enrollment.Tender = async (ctx, run, late) => {
  await look(ctx, run, late)
}

/** The same in the moment in which the device says that it has nothing left to do. */
export async function heardInSetup(ctx: Ctx, held: Id<'enrollment'>): Promise<void> {
  const server = as(ctx, { org: ctx.org, actor: { kind: 'system', id: null, what: 'setup' }, authority: everything })
  await enrollment.noteRun(server, held, { heard: true })
  const run = await enrollment.runOf(server, held)
  if (run && run.endedAt === null) await look(server, run, ctx.now >= run.until)
}

async function look(ctx: Ctx, run: enrollment.SetupRun, late: boolean): Promise<void> {
  const held = { id: run.enrollment, device: run.device }
  const missing = await missingOn(ctx, run)
  const { waitingFor, done, total, failing } = missing
  if (late || waitingFor.length === 0) {
    await enrollment.noteRun(ctx, run.enrollment, {
      waitingFor: late ? waitingFor : [{ code: 'release', facts: {} }],
      done,
      total,
    })
    return release(ctx, held)
  }
  await enrollment.noteRun(ctx, run.enrollment, { waitingFor, done, total })
  if (failing !== null && run.state !== 'stuck' && ctx.now - run.changedAt >= failingMs)
    await enrollment.noteRun(ctx, run.enrollment, { stuck: { code: 'failing', facts: { cause: failing } } })
}

/** What the device lacks of what it should have. What cannot come by itself is not waited for: the person would stand there in vain. */
async function missingOn(ctx: Ctx, run: enrollment.SetupRun): Promise<Missing> {
  const wanted = (await reconcile.statusOf(ctx, run.enrollment)).filter(s => s.wanted !== null)
  const open = wanted.filter(s => !isThere(s) && !isHopeless(s))
  const done = wanted.filter(isThere).length
  const waitingFor: enrollment.Waiting[] = []
  if (!(await reconcile.caughtUp(ctx, run))) waitingFor.push({ code: 'computing', facts: {} })
  if ((await shared.findStanding(ctx, run.enrollment))?.firstAccount === 'wanted')
    waitingFor.push({ code: 'account', facts: {} })
  if (await commands.waits(ctx, { enrollment: run.enrollment, account: '' }, sharedKind))
    waitingFor.push({ code: 'sharing', facts: {} })
  for (const [code, of] of [
    ['apps', wanted.filter(isApp)],
    ['items', wanted.filter(s => !isApp(s))],
  ] as const) {
    const left = of.filter(s => open.includes(s)).length
    if (left > 0) waitingFor.push({ code, facts: { left, of: of.length } })
  }
  const failing = open.length > 0 && open.every(s => s.state === 'failed') ? (open[0]?.error?.code ?? 'unknown') : null
  return { waitingFor, done, total: wanted.length, failing }
}

const isApp = ({ kind }: reconcile.ItemStatus): boolean => kind === 'app'
const isThere = ({ state }: reconcile.ItemStatus): boolean => reconcile.settled(state)

/** It lacks a value that only a person can give, or is not tried again by itself. A seat that was asked for comes within seconds. */
function isHopeless({ state, notBefore, error }: reconcile.ItemStatus): boolean {
  if (state === 'blocked') return error?.code !== 'app.seat-asked'
  return state === 'failed' && notBefore === null
}
