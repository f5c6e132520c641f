import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'
import type { Effective } from '../blueprints/index.ts'

/** What a device should have, as far as its row says it. */
export interface DesiredRow {
  org: string
  device: string
  enrollment: string | null
  unit_path: string
  generation: number
  effective: string
  inputs: string
  at: number
  reached: number
  reached_at: number | null
}

/** Who spoke in a set. */
export interface Source {
  source: string
  item: string
  version: number
  nearest: number
}

interface Tables {
  desired: DesiredRow
  effective_sets: { org: string; hash: string; body: Uint8Array; made_at: number }
  effective_sources: { org: string; hash: string } & Source
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

const desiredFor = fixed<Tables, { org: string; device: string }>()((from, v) =>
  from.selectFrom('desired').selectAll().where('org', '=', v.org).where('device', '=', v.device),
)

/** The row of a device. */
export async function findDesired(ctx: Ctx, device: string): Promise<DesiredRow | undefined> {
  const [row] = await desiredFor(ctx.tx, { org: ctx.org, device })
  return row
}

/** The rows of these devices. */
export async function desiredOfAll(ctx: Ctx, devices: readonly string[]): Promise<Map<string, DesiredRow>> {
  if (devices.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('desired')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', 'in', devices)
    .execute()
  return new Map(rows.map(r => [r.device, r]))
}

/** Stores the rows of devices. */
export async function putDesired(ctx: Ctx, rows: readonly Omit<DesiredRow, 'org'>[]): Promise<void> {
  if (rows.length === 0) return
  await db(ctx)
    .insertInto('desired')
    .values(rows.map(row => ({ org: ctx.org, ...row })))
    .onConflict(c =>
      c.columns(['org', 'device']).doUpdateSet(e => ({
        enrollment: e.ref('excluded.enrollment'),
        unit_path: e.ref('excluded.unit_path'),
        generation: e.ref('excluded.generation'),
        effective: e.ref('excluded.effective'),
        inputs: e.ref('excluded.inputs'),
        at: e.ref('excluded.at'),
        reached: e.ref('excluded.reached'),
        reached_at: e.ref('excluded.reached_at'),
      })),
    )
    .execute()
}

/** Forgets a device. */
export async function removeDesired(ctx: Ctx, device: string): Promise<void> {
  await db(ctx).deleteFrom('desired').where('org', '=', ctx.org).where('device', '=', device).execute()
}

/** Notes that the device has everything of a generation. */
export async function noteReached(ctx: Ctx, device: string, reached: number): Promise<void> {
  await db(ctx)
    .updateTable('desired')
    .set({ reached, reached_at: ctx.now })
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .execute()
}

/** A set of effective items as it is stored. */
export interface PackedSet {
  hash: string
  body: Uint8Array
  sources: readonly Source[]
}

/** Deflates a set; slow enough to be done outside of transactions. */
export function packed(text: string): Uint8Array {
  return deflateRawSync(text)
}

/** Stores a set with who spoke in it, unless it is there. */
export async function putSet(ctx: Ctx, { hash, body, sources }: PackedSet): Promise<void> {
  const set = { org: ctx.org, hash, body, made_at: ctx.now }
  const added = await db(ctx)
    .insertInto('effective_sets')
    .values(set)
    .onConflict(c => c.columns(['org', 'hash']).doNothing())
    .returning('hash')
    .execute()
  if (added.length === 0) return
  for (let i = 0; i < sources.length; i += 50)
    await db(ctx)
      .insertInto('effective_sources')
      .values(sources.slice(i, i + 50).map(s => ({ org: ctx.org, hash, ...s })))
      .onConflict(c => c.columns(['org', 'source', 'hash', 'item']).doNothing())
      .execute()
}

/** A stored set. */
export async function findSet(ctx: Ctx, hash: string): Promise<Effective | undefined> {
  const row = await db(ctx)
    .selectFrom('effective_sets')
    .select('body')
    .where('org', '=', ctx.org)
    .where('hash', '=', hash)
    .executeTakeFirst()
  return row && (JSON.parse(inflateRawSync(row.body).toString('utf8')) as Effective)
}

/** Removes sets that were made before this instant and that no device has; answers how many, at most `most`. */
export async function removeSets(ctx: Ctx, before: number, most: number): Promise<number> {
  const unused = await db(ctx)
    .selectFrom('effective_sets as s')
    .select('s.hash')
    .where('s.org', '=', ctx.org)
    .where('s.made_at', '<', before)
    .where(e =>
      e.not(
        e.exists(
          e
            .selectFrom('desired as d')
            .select('d.device')
            .whereRef('d.org', '=', 's.org')
            .whereRef('d.effective', '=', 's.hash'),
        ),
      ),
    )
    .limit(most)
    .execute()
  for (const { hash } of unused) {
    await db(ctx).deleteFrom('effective_sources').where('org', '=', ctx.org).where('hash', '=', hash).execute()
    await db(ctx).deleteFrom('effective_sets').where('org', '=', ctx.org).where('hash', '=', hash).execute()
  }
  return unused.length
}

/** Devices that have something from one of these sources, from after this id on, in order. */
export async function devicesFrom(
  ctx: Ctx,
  sources: readonly string[],
  after: string,
  most: number,
): Promise<string[]> {
  if (sources.length === 0) return []
  const sets = db(ctx)
    .selectFrom('effective_sources')
    .select('hash')
    .where('org', '=', ctx.org)
    .where('source', 'in', sources)
  const rows = await db(ctx)
    .selectFrom('desired')
    .select('device')
    .distinct()
    .where('org', '=', ctx.org)
    .where('effective', 'in', sets)
    .where('device', '>', after)
    .orderBy('device')
    .limit(most)
    .execute()
  return rows.map(r => r.device)
}
