import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { everything } from '../../base/authority.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Id } from '../../base/id.ts'
import { headOf } from '../../base/seal.ts'
import type { Base } from '../../base/transact.ts'
import { orgs } from '../identity/index.ts'
import { aboutOrg } from './about.ts'
import { guardEvents } from './events.ts'
import * as store from './store.ts'
import { doubted, doubtTime, driftSince } from './time.ts'

/** How far the log of each org had come, as it is kept beside the database: what a copy of the database does not bring back. */
const marksShape = z.record(z.string(), z.object({ seq: z.number(), hash: z.string() }))
type Marks = z.infer<typeof marksShape>

const fileOf = (base: Base): string => join(base.config.data, 'guard.high-water')
/** After this long without us the time is confirmed by a person before it sets anything off. */
const longestAwayMs = 7 * 24 * 3_600_000
/** Another process of the same database noted the time this lately: then a missing file means a new machine, not a restored one. */
const companyMs = 5 * 60_000
const everyMs = 5000

const scopeOf = (org: Id<'org'>): Scope => ({
  org,
  actor: { kind: 'system', id: null, what: 'guard.watch' },
  authority: everything,
})

/** Watches clock and log of this process. `look` is done every five seconds, and before anything leaves after a start. */
export interface Watch {
  look(): Promise<void>
  stop(): Promise<void>
}

/** Begins to watch: first whether this database is older than what stands beside it, and whether the clock is where it was. */
export async function startWatch(base: Base, options: { timer: boolean }): Promise<Watch> {
  for (const org of await orgs(base)) await base.transact(scopeOf(org), ctx => arrived(ctx))
  let running: Promise<void> = Promise.resolve()
  const look = (): Promise<void> => {
    running = running.then(() => lookOnce(base)).catch(error => base.log.warn({ error: String(error) }, 'guard waits'))
    return running
  }
  await look()
  const timer = options.timer ? setInterval(() => void look(), everyMs) : null
  timer?.unref()
  return {
    look,
    stop: async () => {
      if (timer) clearInterval(timer)
      await running
    },
  }
}

/** After a start the clock must be no earlier than it was, and not a week later. */
async function arrived(ctx: Ctx): Promise<void> {
  const last = await store.findMark(ctx, 'wall')
  if (!last) return
  const away = ctx.now - last.value
  // A second behind is what another process wrote while this one began.
  if (away < -60_000 || away > longestAwayMs) await doubtTime(ctx, away)
}

async function lookOnce(base: Base): Promise<void> {
  const marks = await readMarks(base)
  const next: Marks = { ...marks }
  for (const org of await orgs(base)) {
    const head = await base.transact(scopeOf(org), async ctx => {
      await watchTime(ctx)
      return compare(ctx, marks?.[org] ?? null)
    })
    if (head) next[org] = head
    else delete next[org]
  }
  if (JSON.stringify(next) === JSON.stringify(marks ?? {})) return
  await writeMarks(base, next)
  // Only now does a missing file mean something.
  for (const org of Object.keys(next).filter(o => marks?.[o] === undefined))
    await base.transact(scopeOf(org as Id<'org'>), ctx => store.changeState(ctx, { marked: 1 }))
}

async function watchTime(ctx: Ctx): Promise<void> {
  const state = await store.getState(ctx)
  if (state.doubted_at === null && doubted(ctx, state)) await doubtTime(ctx, driftSince(ctx, state))
  else if (!doubted(ctx, state)) {
    const last = await store.findMark(ctx, 'wall')
    if (!last || Math.abs(ctx.now - last.value) >= 30_000) await store.putMark(ctx, 'wall', ctx.now, ctx.now)
  }
}

/** Compares the log with how far it had come; answers what is to be kept beside it from now on. */
async function compare(ctx: Ctx, mark: Marks[string] | null): Promise<Marks[string] | null> {
  const head = await headOf(ctx.tx, ctx.org)
  const state = await store.getState(ctx)
  if (mark === null) {
    if (state.marked === 1 && !(await inCompany(ctx))) await restored(ctx)
    return head && { seq: head.seq, hash: head.hash }
  }
  if (!head || head.seq < mark.seq || !(await holds(ctx, mark))) {
    await restored(ctx)
    return head && { seq: head.seq, hash: head.hash }
  }
  return { seq: head.seq, hash: head.hash }
}

async function inCompany(ctx: Ctx): Promise<boolean> {
  if (ctx.config.database === null) return false
  const last = await store.findMark(ctx, 'wall')
  return last !== undefined && Math.abs(ctx.now - last.value) < companyMs
}

/** Whether the log still has this very entry: a restored one goes on with others. */
async function holds(ctx: Ctx, mark: Marks[string]): Promise<boolean> {
  return mark.seq === 0 || (await store.hashAt(ctx, mark.seq)) === mark.hash
}

/** This database is a copy from earlier: what was queued to interrupt or to destroy is held until a person has looked at it. */
export async function restored(ctx: Ctx): Promise<void> {
  const { epoch, restored_at } = await store.getState(ctx)
  // Two processes notice the same restore.
  if (restored_at !== null && Math.abs(ctx.now - restored_at) < 60_000) return
  await store.changeState(ctx, { epoch: epoch + 1, restored_at: ctx.now })
  await record(ctx, guardEvents.restored, await aboutOrg(ctx), { epoch: epoch + 1 })
}

async function readMarks(base: Base): Promise<Marks | null> {
  const text = await readFile(fileOf(base), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const read = marksShape.safeParse(JSON.parse(text))
    return read.success ? read.data : null
  } catch {
    return null
  }
}

async function writeMarks(base: Base, marks: Marks): Promise<void> {
  await mkdir(base.config.data, { recursive: true, mode: 0o700 })
  const beside = `${fileOf(base)}.${process.pid}`
  const file = await open(beside, 'w', 0o600)
  await file.writeFile(JSON.stringify(marks))
  await file.sync()
  await file.close()
  await rename(beside, fileOf(base))
}
