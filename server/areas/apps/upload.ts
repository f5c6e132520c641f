import type { Ctx } from '../../base/ctx.ts'
import { type Id, newId } from '../../base/id.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import { unitFor } from '../identity/index.ts'
import { appFor } from './app.ts'
import * as store from './upload-store.ts'

/** How large a file and one part of it may be. */
export const mostBytes = 4 * 1024 ** 3
export const partBytes = 8 * 1024 * 1024

/** The job that reads what has come. */
export const readName = jobName<{ upload: string }>('apps.read')

/** The job that forgets what was left behind. */
export const keepName = jobName<Record<string, never>>('apps.keep')

/** A file on its way in. */
export interface Upload {
  id: Id<'upload'>
  unit: string
  app: string | null
  name: string
  size: number
  received: number
  state: store.UploadRow['state']
  code: string | null
  facts: Record<string, string | number>
  release: string | null
  at: number
}

/** Begins an upload: of a release of an app, or of an app that its file names. */
export async function begin(
  ctx: Ctx,
  wish: { unit: string; app?: string | undefined; name: string; size: number },
): Promise<Upload> {
  if (wish.size > mostBytes) throw new Problem('app.file-too-large', { limit: mostBytes })
  const app = wish.app === undefined ? null : await appFor(ctx, wish.app, 'apps:write')
  if (app && app.kind !== 'file') throw new Problem('app.not-a-file')
  const unit = app?.unit ?? (await unitFor(ctx, wish.unit, 'apps:write')).id
  const row: store.UploadRow = {
    org: ctx.org,
    id: newId('upload'),
    unit,
    app: app?.id ?? null,
    name: wish.name,
    size: wish.size,
    received: 0,
    state: 'coming',
    code: null,
    facts: '{}',
    release: null,
    by_id: ctx.actor.id,
    at: ctx.now,
  }
  await store.putUpload(ctx, row)
  await enqueue(ctx, keepName, {}, { dedupe: 'org', inMs: 3_600_000 })
  return toUpload(row)
}

/** The upload, where the actor may write apps on its unit. */
export async function uploadFor(ctx: Ctx, id: string): Promise<Upload> {
  const row = await store.findUpload(ctx, id)
  if (!row) throw new Problem('id.unknown')
  await unitFor(ctx, row.unit, 'apps:write')
  return toUpload(row)
}

/** Notes a part that was put away. A part that came before is taken again; one that leaves a gap is refused with the place to go on. */
export async function addPart(
  ctx: Ctx,
  id: string,
  part: { place: number; blob: string; size: number },
): Promise<Upload> {
  const upload = await uploadFor(ctx, id)
  const { place, blob, size } = part
  if (upload.state !== 'coming') return upload
  if (place > upload.received || place + size > upload.size)
    throw new Problem('app.upload-offset', { received: upload.received })
  if (place < upload.received) return upload
  const row = await store.findUpload(ctx, id)
  if (!row) throw new Problem('id.unknown')
  await store.putPart(ctx, { org: ctx.org, upload: id, place, blob, size })
  const received = place + size
  const whole = received === upload.size
  const after = { ...row, received, state: whole ? ('reading' as const) : row.state, at: ctx.now }
  await store.putUpload(ctx, after)
  if (whole) await enqueue(ctx, readName, { upload: id }, { dedupe: id })
  return toUpload(after)
}

/** Says how reading a file has ended. Its parts are forgotten; the blobs of them, when nobody else has the same, by the caller. */
export async function finish(
  ctx: Ctx,
  id: string,
  end: { release: string; app: string } | { code: string; facts: Record<string, string | number> },
): Promise<void> {
  const row = await store.findUpload(ctx, id)
  if (!row) return
  const said =
    'code' in end
      ? { state: 'failed' as const, code: end.code, facts: JSON.stringify(end.facts) }
      : { state: 'done' as const, release: end.release, app: end.app }
  await store.putUpload(ctx, { ...row, ...said, at: ctx.now })
  await store.removeParts(ctx, id)
}

/** A stored row as an upload. */
export function toUpload(row: store.UploadRow): Upload {
  return {
    id: row.id as Id<'upload'>,
    unit: row.unit,
    app: row.app,
    name: row.name,
    size: Number(row.size),
    received: Number(row.received),
    state: row.state,
    code: row.code,
    facts: JSON.parse(row.facts) as Upload['facts'],
    release: row.release,
    at: Number(row.at),
  }
}
