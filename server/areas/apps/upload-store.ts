import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A row of app_uploads as it is written. */
export interface UploadRow {
  org: string
  id: string
  unit: string
  app: string | null
  name: string
  size: number
  received: number
  state: 'coming' | 'reading' | 'done' | 'failed'
  code: string | null
  facts: string
  release: string | null
  by_id: string | null
  at: number
}

/** A row of app_upload_parts as it is written. */
export interface PartRow {
  org: string
  upload: string
  place: number
  blob: string
  size: number
}

const db = (ctx: Pick<Ctx, 'tx'>) =>
  own<{ app_uploads: UploadRow; app_upload_parts: PartRow; releases: { blob: string } }>(ctx.tx)

/** The upload with this id. */
export async function findUpload(ctx: Ctx, id: string): Promise<UploadRow | undefined> {
  const asked = db(ctx).selectFrom('app_uploads').selectAll().where('org', '=', ctx.org)
  return asked.where('id', '=', id).executeTakeFirst()
}

/** Stores an upload. */
export async function putUpload(ctx: Ctx, row: UploadRow): Promise<void> {
  await db(ctx)
    .insertInto('app_uploads')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(row))
    .execute()
}

/** Keeps a part; the same place twice is once. */
export async function putPart(ctx: Ctx, row: PartRow): Promise<void> {
  await db(ctx)
    .insertInto('app_upload_parts')
    .values(row)
    .onConflict(c => c.columns(['org', 'upload', 'place']).doUpdateSet(row))
    .execute()
}

/** The parts of an upload in their order. */
export async function partsOf(ctx: Ctx, upload: string): Promise<PartRow[]> {
  const asked = db(ctx).selectFrom('app_upload_parts').selectAll().where('org', '=', ctx.org)
  return asked.where('upload', '=', upload).orderBy('place').execute()
}

/** Uploads that nobody has gone on with since then. */
export async function oldUploads(ctx: Ctx, before: number, most: number): Promise<UploadRow[]> {
  const asked = db(ctx).selectFrom('app_uploads').selectAll().where('org', '=', ctx.org).where('at', '<', before)
  return asked.orderBy('at').limit(most).execute()
}

/** Forgets the parts of an upload. */
export async function removeParts(ctx: Ctx, upload: string): Promise<void> {
  await db(ctx).deleteFrom('app_upload_parts').where('org', '=', ctx.org).where('upload', '=', upload).execute()
}

/** Forgets an upload. */
export async function removeUpload(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('app_uploads').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Whether a part of an upload or a release, of any org, is these bytes: blobs are shared. */
export async function isHeld(ctx: Ctx, blob: string): Promise<boolean> {
  const part = db(ctx).selectFrom('app_upload_parts').select('blob').where('blob', '=', blob)
  if (await part.orderBy('blob').limit(1).executeTakeFirst()) return true
  const release = db(ctx).selectFrom('releases').select('blob').where('blob', '=', blob)
  return (await release.orderBy('blob').limit(1).executeTakeFirst()) !== undefined
}
