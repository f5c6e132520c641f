import * as roster from '../../../areas/roster/index.ts'
import type { Ctx, Scope } from '../../../base/ctx.ts'
import type { Base } from '../../../base/transact.ts'
import { call, type Line } from './client.ts'
import { type Turn, wantedIn } from './definition.ts'
import { AdeFault, cursorFault } from './fault.ts'
import { detailsOf, pageOf, reportedOf, type Said } from './said.ts'
import * as store from './store.ts'

/** Everything is read anew this often: what changed since is not always told. */
const fullMs = 24 * 3_600_000
/** The vendor's own limits are 100 to 1000. */
const usualLimit = 1000
const sweepSize = 500
/** A cursor that was just given and is refused at once: so often, then we wait. */
const mostRestarts = 3

/** Reads what the vendor promises, page by page, until it has no more; false when time was up before. */
export async function readPromises(base: Base, scope: Scope, turn: Turn, line: Line): Promise<boolean> {
  await base.transact(scope, ctx => maybeBeginFull(ctx, turn))
  for (;;) {
    if (line.signal.aborted) return false
    const client = await base.read(scope, ctx => store.clientOf(ctx, turn.program))
    const done =
      client.phase === 'full' ? await fullPage(base, scope, turn, line) : await sincePage(base, scope, turn, line)
    if (done) return true
  }
}

/** A full reading is due when there has been none, or none for a day; one that was begun goes on where it was. */
async function maybeBeginFull(ctx: Ctx, turn: Turn): Promise<void> {
  const client = await store.clientOf(ctx, turn.program)
  if (client.round > 0 && client.phase === 'full') return
  if (client.full_at !== null && client.full_at > ctx.now - fullMs && client.full_at <= ctx.now) return
  await beginFull(ctx, turn, client, client.restarts)
}

async function beginFull(ctx: Ctx, turn: Turn, client: store.ClientRow, restarts: number): Promise<void> {
  await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
  await store.putClient(ctx, { ...client, phase: 'full', cursor: null, round: client.round + 1, restarts })
}

async function fullPage(base: Base, scope: Scope, turn: Turn, line: Line): Promise<boolean> {
  const client = await base.read(scope, ctx => store.clientOf(ctx, turn.program))
  const cursor = client.cursor === null ? {} : { cursor: client.cursor }
  const answer = await call(line, 'POST', '/server/devices', { ...cursor, limit: limitOf(client, '/server/devices') })
  const fault = cursorFault(answer)
  if (fault === 'exhausted') return endFull(base, scope, turn)
  if (fault !== null) return restart(base, scope, turn, fault)
  if (answer.status === 400) throw new AdeFault('refused', 'not-understood', answer.text().slice(0, 200))
  const page = pageOf(answer)
  await base.transact(scope, async ctx => {
    await keepPage(ctx, turn, { devices: page.devices, gone: [], round: client.round })
    await store.putClient(ctx, { ...client, cursor: page.cursor ?? client.cursor })
  })
  return page.more ? false : endFull(base, scope, turn)
}

/** What the whole reading did not see is promised no longer; then the cursor is good for what changes from now on. */
async function endFull(base: Base, scope: Scope, turn: Turn): Promise<boolean> {
  for (let gone = sweepSize; gone === sweepSize; ) {
    gone = await base.transact(scope, async ctx => {
      await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
      const client = await store.clientOf(ctx, turn.program)
      return roster.sweepUnseen(ctx, await programOf(ctx, turn), client.round, sweepSize)
    })
  }
  await base.transact(scope, async ctx => {
    await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
    const client = await store.clientOf(ctx, turn.program)
    await store.putClient(ctx, { ...client, phase: 'since', full_at: ctx.now, restarts: 0 })
  })
  return true
}

async function sincePage(base: Base, scope: Scope, turn: Turn, line: Line): Promise<boolean> {
  const client = await base.read(scope, ctx => store.clientOf(ctx, turn.program))
  if (client.cursor === null) return restart(base, scope, turn, 'invalid')
  const body = { cursor: client.cursor, limit: limitOf(client, '/devices/sync') }
  const answer = await call(line, 'POST', '/devices/sync', body)
  const fault = cursorFault(answer)
  if (fault === 'exhausted') return true
  if (fault !== null) return restart(base, scope, turn, fault)
  if (answer.status === 400) throw new AdeFault('refused', 'not-understood', answer.text().slice(0, 200))
  const page = pageOf(answer)
  const { devices, gone } = await looked(line, page.devices)
  await base.transact(scope, async ctx => {
    await keepPage(ctx, turn, { devices, gone, round: null })
    await store.putClient(ctx, { ...client, cursor: page.cursor ?? client.cursor })
  })
  return !page.more
}

/** The cursor is good no longer, so everything is read from the beginning. A vendor that refuses the cursors it just gave is left alone for a while. */
async function restart(base: Base, scope: Scope, turn: Turn, fault: string): Promise<boolean> {
  const restarts = await base.transact(scope, async ctx => {
    const client = await store.clientOf(ctx, turn.program)
    await beginFull(ctx, turn, client, client.restarts + 1)
    return client.restarts + 1
  })
  if (restarts >= mostRestarts) throw new AdeFault('silent', 'cursor', fault)
  return false
}

/**
 * «Removed» and «deleted» may mean that a device went to another server or only that its setup was taken away, and it may be back by now:
 * the vendor is asked what is true.
 */
async function looked(line: Line, devices: readonly Said[]): Promise<{ devices: Said[]; gone: string[] }> {
  const unclear = devices.filter(d => d.op_type === 'deleted' || d.profile_status === 'removed')
  if (unclear.length === 0) return { devices: [...devices], gone: [] }
  const serials = [...new Set(unclear.map(d => d.serial_number))]
  const answer = await call(line, 'POST', '/devices', { devices: serials })
  if (answer.status === 400) throw new AdeFault('refused', 'not-understood', answer.text().slice(0, 200))
  const truth = detailsOf(answer)
  const gone = serials.filter(s => truth.get(s) === null)
  const asked = new Set(serials)
  // What the vendor did not answer for is left to the next full reading.
  const told = serials.flatMap(s => truth.get(s) ?? [])
  return { devices: [...devices.filter(d => !asked.has(d.serial_number)), ...told], gone }
}

async function keepPage(
  ctx: Ctx,
  turn: Turn,
  page: { devices: readonly Said[]; gone: readonly string[]; round: number | null },
): Promise<void> {
  await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
  const program = await programOf(ctx, turn)
  const known = await store.definitionsOf(ctx, turn.program)
  const names = new Set(known.map(d => d.uuid))
  await roster.noteReported(ctx, program, page.devices.map(reportedOf), {
    round: page.round,
    wanted: wantedIn(known),
    ours: held => names.has(held),
  })
  await roster.noteGone(ctx, program, page.gone)
}

async function programOf(ctx: Ctx, turn: Turn): Promise<roster.Program> {
  const program = await roster.program(ctx, turn.program)
  if (!program) throw new roster.TurnLost(turn.program)
  return program
}

/** The most devices at once, as the vendor says it. */
export function limitOf(client: store.ClientRow, path: string): number {
  const limits: unknown = client.limits === null ? {} : JSON.parse(client.limits)
  const said =
    typeof limits === 'object' && limits !== null ? Object.entries(limits).find(([p]) => p === path)?.[1] : null
  return typeof said === 'number' && said >= 1 && said <= usualLimit ? Math.floor(said) : usualLimit
}
