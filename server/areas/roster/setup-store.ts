import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath, within } from '../../base/filter.ts'
import type { Id } from '../../base/id.ts'
import type { Place } from '../../base/secrets.ts'
import { fold } from '../../base/text.ts'
import { type Setup, type SetupBody, setupBody } from './setup.ts'

interface SetupRow {
  org: string
  id: string
  platform: string
  name: string
  name_key: string
  unit: string
  unit_path: string
  invitation: string
  secret_hash: string
  secret: Uint8Array
  body: string
  version: number
  created_at: number
  changed_at: number
}

interface Tables {
  setups: SetupRow
  programs: { org: string; setup: string | null }
  roster_entries: { org: string; program: string; setup: string | null; state: string }
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Where the secret of a setup's address is sealed. */
export function placeOf(id: string): Place {
  return { table: 'setups', column: 'secret', row: id }
}

/** Stores a new setup with the secret of its address. */
export async function addSetup(
  ctx: On,
  setup: Setup,
  sealed: { secret: Uint8Array; secret_hash: string },
): Promise<void> {
  await db(ctx)
    .insertInto('setups')
    .values({ ...rowOf(ctx, setup), ...sealed })
    .execute()
}

/** Stores what changed of a setup. */
export async function changeSetup(ctx: On, setup: Setup): Promise<void> {
  await db(ctx)
    .updateTable('setups')
    .set(rowOf(ctx, setup))
    .where('org', '=', ctx.org)
    .where('id', '=', setup.id)
    .execute()
}

/** Forgets a setup. */
export async function removeSetup(ctx: On, id: string): Promise<void> {
  await db(ctx).deleteFrom('setups').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** The setup with this id, if it is there. */
export async function findSetup(ctx: On, id: string): Promise<Setup | undefined> {
  const row = await db(ctx)
    .selectFrom('setups')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && setupOf(row)
}

/** In any org: the secret is the proof. */
export async function findBySecret(
  ctx: Pick<Ctx, 'tx'>,
  hash: string,
): Promise<{ org: Id<'org'>; setup: Setup } | undefined> {
  const row = await db(ctx).selectFrom('setups').selectAll().where('secret_hash', '=', hash).executeTakeFirst()
  return row && { org: row.org as Id<'org'>, setup: setupOf(row) }
}

/** Setups below these paths, by name. */
export async function listSetups(ctx: On, paths: readonly string[]): Promise<Setup[]> {
  const rows = await db(ctx)
    .selectFrom('setups')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(within('unit_path', paths))
    .orderBy('name_key')
    .execute()
  return rows.map(setupOf)
}

/** The id of the setup of this folded name. */
export async function setupNamed(ctx: On, key: string): Promise<string | undefined> {
  const row = await db(ctx)
    .selectFrom('setups')
    .select('id')
    .where('org', '=', ctx.org)
    .where('name_key', '=', key)
    .executeTakeFirst()
  return row?.id
}

/** The sealed secret of its address. */
export async function secretOf(ctx: On, id: string): Promise<Uint8Array | undefined> {
  const row = await db(ctx)
    .selectFrom('setups')
    .select('secret')
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.secret
}

/** How many programs and promised devices are meant to have it. */
export async function usesOf(ctx: On, id: string): Promise<{ programs: number; devices: number }> {
  const programs = await db(ctx)
    .selectFrom('programs')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('setup', '=', id)
    .executeTakeFirstOrThrow()
  const devices = await db(ctx)
    .selectFrom('roster_entries')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('setup', '=', id)
    .where('state', '<>', 'gone')
    .executeTakeFirstOrThrow()
  return { programs: Number(programs.n), devices: Number(devices.n) }
}

/** Setups that devices of a program are meant to have. */
export async function setupsInUse(ctx: On, program: string): Promise<Setup[]> {
  const used = db(ctx)
    .selectFrom('roster_entries')
    .select('setup')
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('state', '<>', 'gone')
    .where('setup', 'is not', null)
  const rows = await db(ctx)
    .selectFrom('setups')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', 'in', used)
    .orderBy('name_key')
    .execute()
  return rows.map(setupOf)
}

/** Setups follow their unit. */
export async function moveSetups(ctx: On, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('setups')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Whether a setup hangs on this unit. */
export async function setupOnUnit(ctx: On, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('setups')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Names of these. */
export async function setupNames(ctx: On, ids: readonly string[]): Promise<[string, string][]> {
  if (ids.length === 0) return []
  const rows = await db(ctx)
    .selectFrom('setups')
    .select(['id', 'name'])
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(r => [r.id, r.name])
}

function rowOf(ctx: On, setup: Setup): Omit<SetupRow, 'secret' | 'secret_hash'> {
  const { id, name, platform, unit, unitPath, invitation, version, createdAt, changedAt, ...body } = setup
  return {
    org: ctx.org,
    id,
    platform,
    name,
    name_key: fold(name),
    unit,
    unit_path: unitPath,
    invitation,
    body: JSON.stringify(body satisfies SetupBody),
    version,
    created_at: createdAt,
    changed_at: changedAt,
  }
}

function setupOf(row: SetupRow): Setup {
  return {
    // What a later release added has its default.
    ...setupBody.parse(JSON.parse(row.body)),
    id: row.id as Id<'setup'>,
    name: row.name,
    platform: row.platform,
    unit: row.unit as Id<'unit'>,
    unitPath: row.unit_path,
    invitation: row.invitation as Id<'invitation'>,
    version: Number(row.version),
    createdAt: Number(row.created_at),
    changedAt: Number(row.changed_at),
  }
}
