import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath } from '../../base/filter.ts'
import type { Id } from '../../base/id.ts'
import type { Place } from '../../base/secrets.ts'
import { fold } from '../../base/text.ts'
import type { Program, ProgramKind, ProgramState } from './program.ts'

/** A row of programs. */
interface ProgramRow {
  org: string
  id: string
  platform: string
  kind: string
  name: string
  name_key: string
  state: string
  state_at: number
  problem: string | null
  failures: number
  told: number
  account: string | null
  org_name: string | null
  server_id: string | null
  mark: string
  secret: Uint8Array
  expires_at: number | null
  synced_at: number | null
  facts: string
  setup: string | null
  unit: string
  unit_path: string
  worker: string | null
  worker_until: number | null
  fence: number
  created_at: number
  changed_at: number
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) => own<{ programs: ProgramRow }>(ctx.tx)

/** Where the credential of a program is sealed. */
export function placeOf(id: string): Place {
  return { table: 'programs', column: 'secret', row: id }
}

/** Stores a new program with its sealed credential. */
export async function addProgram(
  ctx: On,
  program: Program,
  sealed: { secret: Uint8Array; mark: string },
): Promise<void> {
  const row = { ...rowOf(ctx, program), ...sealed, told: 0, worker: null, worker_until: null, fence: 0 }
  await db(ctx).insertInto('programs').values(row).execute()
}

/** Stores what changed of a program. */
export async function changeProgram(
  ctx: On,
  program: Program,
  { told, ...sealed }: { secret?: Uint8Array; mark?: string; told?: boolean },
): Promise<void> {
  await db(ctx)
    .updateTable('programs')
    .set({ ...rowOf(ctx, program), ...sealed, ...(told === undefined ? {} : { told: told ? 1 : 0 }) })
    .where('org', '=', ctx.org)
    .where('id', '=', program.id)
    .execute()
}

/** Forgets the program and its credential. */
export async function removeProgram(ctx: On, id: string): Promise<void> {
  await db(ctx).deleteFrom('programs').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** The program with this id, if it is there. */
export async function findProgram(ctx: On, id: string): Promise<Program | undefined> {
  const row = await db(ctx)
    .selectFrom('programs')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && programOf(row)
}

/** Every program of the org, by name. */
export async function listPrograms(ctx: On, kind: ProgramKind | null): Promise<Program[]> {
  let rows = db(ctx).selectFrom('programs').selectAll().where('org', '=', ctx.org)
  if (kind !== null) rows = rows.where('kind', '=', kind)
  return (await rows.orderBy('name_key').orderBy('id').execute()).map(programOf)
}

/** Who speaks with this credential, in any org. */
export async function holderOf(ctx: Pick<Ctx, 'tx'>, mark: string): Promise<{ org: string; id: string } | undefined> {
  return db(ctx).selectFrom('programs').select(['org', 'id']).where('mark', '=', mark).executeTakeFirst()
}

/** The sealed credential. */
export async function secretOf(ctx: On, id: string): Promise<Uint8Array | undefined> {
  const row = await db(ctx)
    .selectFrom('programs')
    .select('secret')
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.secret
}

/** Whether its trouble is in the log, and nothing of its end. */
export async function wasTold(ctx: On, id: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('programs')
    .select('told')
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.told === 1
}

/** Who speaks for it until when. */
export async function turnOf(
  ctx: On,
  id: string,
): Promise<{ worker: string | null; worker_until: number | null; fence: number } | undefined> {
  return db(ctx)
    .selectFrom('programs')
    .select(['worker', 'worker_until', 'fence'])
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Hands the turn to somebody, or takes it back. */
export async function putTurn(
  ctx: On,
  id: string,
  turn: { worker: string | null; worker_until: number | null; fence: number },
): Promise<void> {
  await db(ctx).updateTable('programs').set(turn).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Programs follow the unit their devices go to. */
export async function movePrograms(ctx: On, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('programs')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Whether devices of a program go to this unit. */
export async function programOnUnit(ctx: On, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('programs')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Names of these. */
export async function programNames(ctx: On, ids: readonly string[]): Promise<[string, string][]> {
  if (ids.length === 0) return []
  const rows = await db(ctx)
    .selectFrom('programs')
    .select(['id', 'name'])
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(r => [r.id, r.name])
}

function rowOf(
  ctx: On,
  p: Program,
): Omit<ProgramRow, 'secret' | 'mark' | 'told' | 'worker' | 'worker_until' | 'fence'> {
  return {
    org: ctx.org,
    id: p.id,
    platform: p.platform,
    kind: p.kind,
    name: p.name,
    name_key: fold(p.name),
    state: p.state,
    state_at: p.stateAt,
    problem: p.problem === null ? null : JSON.stringify(p.problem),
    failures: p.failures,
    account: p.account,
    org_name: p.orgName,
    server_id: p.serverId,
    expires_at: p.expiresAt,
    synced_at: p.syncedAt,
    facts: JSON.stringify(p.facts),
    setup: p.setup,
    unit: p.unit,
    unit_path: p.unitPath,
    created_at: p.createdAt,
    changed_at: p.changedAt,
  }
}

function programOf(row: ProgramRow): Program {
  return {
    id: row.id as Id<'program'>,
    platform: row.platform,
    kind: row.kind as ProgramKind,
    name: row.name,
    state: row.state as ProgramState,
    stateAt: Number(row.state_at),
    problem: row.problem === null ? null : JSON.parse(row.problem),
    failures: Number(row.failures),
    account: row.account,
    orgName: row.org_name,
    serverId: row.server_id,
    expiresAt: row.expires_at,
    syncedAt: row.synced_at,
    facts: JSON.parse(row.facts),
    setup: row.setup as Id<'setup'> | null,
    unit: row.unit as Id<'unit'>,
    unitPath: row.unit_path,
    createdAt: Number(row.created_at),
    changedAt: Number(row.changed_at),
  }
}
