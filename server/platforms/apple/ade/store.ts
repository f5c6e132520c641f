import type { Ctx } from '../../../base/ctx.ts'
import { own } from '../../../base/db.ts'
import type { Place } from '../../../base/secrets.ts'

/** A key that tokens are encrypted to. */
export interface KeyRow {
  org: string
  id: string
  program: string | null
  certificate: Uint8Array
  secret: Uint8Array
  created_at: number
}

/** How far a program has been read. */
export interface ClientRow {
  org: string
  program: string
  phase: 'full' | 'since'
  cursor: string | null
  round: number
  restarts: number
  full_at: number | null
  account_at: number | null
  limits: string | null
  wait_until: number | null
  /** Where the vendor leads devices to whose domain answers nothing, when that was told, and its words where it refused. */
  led_to: string | null
  led_at: number | null
  led_problem: string | null
}

/** What the vendor calls a setup. */
export interface DefinitionRow {
  org: string
  program: string
  uuid: string
  setup: string
  content: string
  state: 'current' | 'past' | 'refused'
  problem: string | null
  at: number
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) =>
  own<{ ade_keys: KeyRow; ade_clients: ClientRow; ade_definitions: DefinitionRow }>(ctx.tx)

/** Where a key is sealed. */
export function placeOf(id: string): Place {
  return { table: 'ade_keys', column: 'secret', row: id }
}

/** Stores a key. */
export async function putKey(ctx: On, row: Omit<KeyRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('ade_keys')
    .values({ org: ctx.org, ...row })
    .execute()
}

/** Keys of this program and those without one, newest first. */
export async function keysFor(ctx: On, program: string | null): Promise<KeyRow[]> {
  return db(ctx)
    .selectFrom('ade_keys')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(e => e.or([e('program', 'is', null), e('program', '=', program ?? '')]))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
}

/** The key belongs to the program from now on. */
export async function bindKey(ctx: On, id: string, program: string): Promise<void> {
  await db(ctx).updateTable('ade_keys').set({ program }).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Forgets keys that no token came for. */
export async function dropKeysBefore(ctx: On, before: number): Promise<void> {
  await db(ctx)
    .deleteFrom('ade_keys')
    .where('org', '=', ctx.org)
    .where('program', 'is', null)
    .where('created_at', '<', before)
    .execute()
}

/** How far the program has been read; the beginning when it has not. */
export async function clientOf(ctx: On, program: string): Promise<ClientRow> {
  const row = await db(ctx)
    .selectFrom('ade_clients')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .executeTakeFirst()
  const none = {
    cursor: null,
    round: 0,
    restarts: 0,
    full_at: null,
    account_at: null,
    limits: null,
    wait_until: null,
    led_to: null,
    led_at: null,
    led_problem: null,
  }
  return row
    ? { ...row, round: Number(row.round), restarts: Number(row.restarts) }
    : { org: ctx.org, program, phase: 'full', ...none }
}

/** Stores how far it has been read. */
export async function putClient(ctx: On, row: ClientRow): Promise<void> {
  await db(ctx)
    .insertInto('ade_clients')
    .values(row)
    .onConflict(c => c.columns(['org', 'program']).doUpdateSet(row))
    .execute()
}

/** The vendor is to be told anew where devices find us, by every program of the org. */
export async function tellAnew(ctx: On): Promise<void> {
  await db(ctx).updateTable('ade_clients').set({ led_at: null }).where('org', '=', ctx.org).execute()
}

/** What the vendor was ever told for the program. */
export async function definitionsOf(ctx: On, program: string): Promise<DefinitionRow[]> {
  return db(ctx)
    .selectFrom('ade_definitions')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .orderBy('at')
    .execute()
}

/** Stores what the vendor calls a setup, and what it called it before is past; or that it refused one, and what it had before still counts. */
export async function putDefinition(ctx: On, row: DefinitionRow): Promise<void> {
  const others = db(ctx)
    .updateTable('ade_definitions')
    .where('org', '=', ctx.org)
    .where('program', '=', row.program)
    .where('setup', '=', row.setup)
  if (row.state === 'current') await others.set({ state: 'past' }).where('state', '=', 'current').execute()
  await db(ctx)
    .deleteFrom('ade_definitions')
    .where('org', '=', ctx.org)
    .where('program', '=', row.program)
    .where('setup', '=', row.setup)
    .where('state', '=', 'refused')
    .execute()
  await db(ctx)
    .insertInto('ade_definitions')
    .values(row)
    .onConflict(c => c.columns(['org', 'program', 'uuid']).doUpdateSet(row))
    .execute()
}

/** Forgets how a program was read and what it came by. */
export async function dropClient(ctx: On, program: string): Promise<void> {
  await db(ctx).deleteFrom('ade_clients').where('org', '=', ctx.org).where('program', '=', program).execute()
  await db(ctx).deleteFrom('ade_definitions').where('org', '=', ctx.org).where('program', '=', program).execute()
  await db(ctx).deleteFrom('ade_keys').where('org', '=', ctx.org).where('program', '=', program).execute()
}

/** The vendor knows this name no longer; it still tells ours from what others assign. */
export async function forgetDefinition(ctx: On, program: string, uuid: string): Promise<void> {
  await db(ctx)
    .updateTable('ade_definitions')
    .set({ state: 'past' })
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('uuid', '=', uuid)
    .execute()
}
