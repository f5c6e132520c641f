import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import * as identity from '../identity/index.ts'
import { programEvents } from './events.ts'
import { forgetProgram } from './later.ts'
import { demandReleased, wake } from './platform.ts'
import * as store from './program-store.ts'
import { setupFor } from './setup.ts'

/** What a program is for: it promises devices, holds licenses, or acts in the vendor's portal. */
export type ProgramKind = 'devices' | 'content' | 'portal'

/** How we stand with the vendor. `elsewhere`: another server works it. */
export type ProgramState = 'new' | 'good' | 'terms' | 'refused' | 'expired' | 'throttled' | 'silent' | 'elsewhere'

/** What is wrong, as a code that screens have words for, and what the vendor itself said. */
export interface Trouble {
  code: string
  text?: string | undefined
}

/** An account at a vendor. Its credential is never part of it. */
export interface Program {
  id: Id<'program'>
  platform: string
  kind: ProgramKind
  name: string
  state: ProgramState
  stateAt: number
  problem: Trouble | null
  failures: number
  account: string | null
  orgName: string | null
  serverId: string | null
  expiresAt: number | null
  syncedAt: number | null
  facts: Readonly<Record<string, unknown>>
  setup: Id<'setup'> | null
  unit: Id<'unit'>
  unitPath: string
  createdAt: number
  changedAt: number
}

/** What a platform adds: `mark` names whom the credential speaks for, so that two programs never share one voice. */
export interface NewProgram {
  platform: string
  kind: ProgramKind
  name: string
  mark: string
  secret: string
  account?: string | null
  orgName?: string | null
  serverId?: string | null
  expiresAt?: number | null
  facts?: Record<string, unknown>
  setup?: string | null
  unit?: string | null
}

/** What its worker learned. What is absent stays; facts are merged; `null` forgets a problem. */
export interface Noted {
  state?: ProgramState
  problem?: Trouble | null
  syncedAt?: number
  expiresAt?: number | null
  orgName?: string | null
  serverId?: string | null
  account?: string | null
  facts?: Record<string, unknown>
  secret?: string
  mark?: string
}

/** States that a person must end. The others may pass by themselves, and are told of only when they last. */
const needsSomebody: ReadonlySet<ProgramState> = new Set(['terms', 'refused', 'expired', 'elsewhere'])
const patience = 3

/** Takes an account into use and wakes its worker. Refuses a credential that a program already speaks with. */
export async function addProgram(ctx: Ctx, wish: NewProgram): Promise<Program> {
  demandWhole(ctx.authority, 'roster:write')
  await demandUnmarked(ctx, wish.mark, null)
  const unit = wish.unit ? await identity.unitFor(ctx, wish.unit, 'roster:write') : await identity.rootUnit(ctx)
  const setup = wish.setup ? (await setupFor(ctx, wish.setup, 'roster:read')).id : null
  const program: Program = {
    id: newId('program'),
    platform: wish.platform,
    kind: wish.kind,
    name: wish.name,
    state: 'new',
    stateAt: ctx.now,
    problem: null,
    failures: 0,
    account: wish.account ?? null,
    orgName: wish.orgName ?? null,
    serverId: wish.serverId ?? null,
    expiresAt: wish.expiresAt ?? null,
    syncedAt: null,
    facts: wish.facts ?? {},
    setup,
    unit: unit.id,
    unitPath: unit.path,
    createdAt: ctx.now,
    changedAt: ctx.now,
  }
  const secret = await ctx.secrets.seal(ctx, store.placeOf(program.id), wish.secret)
  await store.addProgram(ctx, program, { secret, mark: wish.mark })
  await record(ctx, programEvents.added, aboutProgram(program), { kind: program.kind, name: program.name })
  await wake(ctx, program)
  return program
}

/** The program, if it is there; for workers and platforms. */
export async function program(ctx: Pick<Ctx, 'tx' | 'org'>, id: string): Promise<Program | undefined> {
  return store.findProgram(ctx, id)
}

/** The program, where the actor may do this with all programs of the org. */
export async function programFor(ctx: Ctx, id: string, permission: string): Promise<Program> {
  demandWhole(ctx.authority, permission)
  const found = await store.findProgram(ctx, id)
  if (!found) throw new Problem('id.unknown')
  return found
}

/** Every program of the org, by name. An org has a handful. */
export async function programs(ctx: Pick<Ctx, 'tx' | 'org'>, of: { kind?: ProgramKind } = {}): Promise<Program[]> {
  return store.listPrograms(ctx, of.kind ?? null)
}

/** The credential in the clear: for the program's worker alone. */
export async function programSecret(ctx: Ctx, id: string): Promise<string> {
  const sealed = await store.secretOf(ctx, id)
  if (!sealed) throw new Problem('id.unknown')
  return new TextDecoder().decode(await ctx.secrets.open(ctx, store.placeOf(id), sealed))
}

/**
 * Keeps what the worker learned. Trouble that needs somebody is recorded at once, trouble that may pass after three tries in a row;
 * both are recorded as over when the program is good again. Answers the program as it is now.
 */
export async function noteProgram(ctx: Ctx, id: string, noted: Noted): Promise<Program> {
  const before = await store.findProgram(ctx, id)
  if (!before) throw new Problem('id.unknown')
  const { secret, mark, facts } = noted
  if (mark !== undefined) await demandUnmarked(ctx, mark, id)
  const { state = before.state } = noted
  const fine = state === 'good' || state === 'new'
  const after: Program = {
    ...before,
    state,
    failures: noted.state === undefined ? before.failures : fine ? 0 : before.failures + 1,
    stateAt: state === before.state ? before.stateAt : ctx.now,
    problem: noted.problem === undefined ? before.problem : noted.problem,
    syncedAt: noted.syncedAt ?? before.syncedAt,
    expiresAt: noted.expiresAt === undefined ? before.expiresAt : noted.expiresAt,
    orgName: noted.orgName === undefined ? before.orgName : noted.orgName,
    serverId: noted.serverId === undefined ? before.serverId : noted.serverId,
    account: noted.account === undefined ? before.account : noted.account,
    facts: facts === undefined ? before.facts : { ...before.facts, ...facts },
    changedAt: ctx.now,
  }
  const sealed = secret === undefined ? undefined : await ctx.secrets.seal(ctx, store.placeOf(id), secret)
  const told = await tell(ctx, before, after)
  await store.changeProgram(ctx, after, { ...(sealed ? { secret: sealed } : {}), ...(mark ? { mark } : {}), told })
  return after
}

async function tell(ctx: Ctx, before: Program, after: Program): Promise<boolean> {
  const about = aboutProgram(after)
  const { kind, name, state } = after
  if (state !== before.state) await record(ctx, programEvents.changed, about, { kind, name, state })
  const told = await store.wasTold(ctx, after.id)
  const code = after.problem?.code ?? state
  const troubled = needsSomebody.has(state) || (state !== 'good' && state !== 'new' && after.failures >= patience)
  const another = before.state !== state || before.problem?.code !== after.problem?.code
  if (troubled && (!told || another)) await record(ctx, programEvents.troubled, about, { kind, name, state, code })
  if (!troubled && told && state === 'good') await record(ctx, programEvents.recovered, about, { kind, name })
  return troubled || (told && state !== 'good')
}

/** What a person may change. A new default setup reaches every device of the program for which nobody chose another. */
export async function changeProgram(
  ctx: Ctx,
  id: string,
  change: {
    name?: string | undefined
    account?: string | null | undefined
    setup?: string | null | undefined
    unit?: string | undefined
  },
): Promise<Program> {
  const before = await programFor(ctx, id, 'roster:write')
  const unit = change.unit === undefined ? null : await identity.unitFor(ctx, change.unit, 'roster:write')
  const setup = change.setup
    ? (await setupFor(ctx, change.setup, 'roster:read')).id
    : change.setup === null
      ? null
      : undefined
  const after: Program = {
    ...before,
    name: change.name ?? before.name,
    account: change.account === undefined ? before.account : change.account,
    setup: setup === undefined ? before.setup : setup,
    ...(unit ? { unit: unit.id, unitPath: unit.path } : {}),
    changedAt: ctx.now,
  }
  await store.changeProgram(ctx, after, {})
  const { kind, name, state } = after
  await record(ctx, programEvents.changed, aboutProgram(after), { kind, name, state })
  await wake(ctx, after)
  return after
}

/** Stops working the program and forgets its credential at once; what it promised is forgotten behind the request. */
export async function removeProgram(ctx: Ctx, id: string): Promise<void> {
  const found = await programFor(ctx, id, 'roster:write')
  await demandReleased(ctx, found)
  const { kind, name, ...rest } = found
  await store.removeProgram(ctx, id)
  await record(ctx, programEvents.removed, aboutProgram(rest), { kind, name })
  await enqueue(ctx, forgetProgram, { program: id }, { dedupe: id })
}

/** Asks the worker of the program to begin now. */
export async function askNow(ctx: Ctx, id: string): Promise<Program> {
  const found = await programFor(ctx, id, 'roster:write')
  await wake(ctx, found)
  return found
}

/** What events about a program say they are about; it hangs on no unit. */
export function aboutProgram(of: { id: string }): About {
  return { kind: 'program', id: of.id, path: '/' }
}

async function demandUnmarked(ctx: Ctx, mark: string, mine: string | null): Promise<void> {
  const holder = await store.holderOf(ctx, mark)
  if (holder && !(holder.org === ctx.org && holder.id === mine)) throw new Problem('program.taken')
}
