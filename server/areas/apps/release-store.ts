import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A row of releases as it is written. */
export interface ReleaseRow {
  org: string
  id: string
  app: string
  version: string
  short_version: string
  minimum_os: string | null
  format: string
  name: string
  blob: string
  size: number
  signer: string | null
  signer_name: string | null
  expires_at: number | null
  facts: string
  added_at: number
  withdrawn_at: number | null
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ releases: ReleaseRow }>(ctx.tx)

/** The release with this id. */
export async function findRelease(ctx: Ctx, id: string): Promise<ReleaseRow | undefined> {
  return db(ctx).selectFrom('releases').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** The releases among these ids. */
export async function releasesAmong(ctx: Ctx, ids: readonly string[]): Promise<ReleaseRow[]> {
  if (ids.length === 0) return []
  const asked = db(ctx).selectFrom('releases').selectAll().where('org', '=', ctx.org)
  return asked
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute()
}

/** The releases of an app, newest first. */
export async function releasesOf(ctx: Ctx, app: string): Promise<ReleaseRow[]> {
  const asked = db(ctx).selectFrom('releases').selectAll().where('org', '=', ctx.org).where('app', '=', app)
  return asked.orderBy('id', 'desc').limit(200).execute()
}

/** Stores a release. */
export async function putRelease(ctx: Ctx, row: ReleaseRow): Promise<void> {
  await db(ctx)
    .insertInto('releases')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(row))
    .execute()
}
