import type { Ctx } from '../../base/ctx.ts'
import type { JobKind } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import type { Scope } from '../../base/ctx.ts'
import { addApp, getApp } from './app.ts'
import { chunkBytes, type FileRead, readFile, sourceOfParts, summed } from './read.ts'
import { addRelease } from './release.ts'
import * as apps from './store.ts'
import { finish, readName, toUpload, type Upload } from './upload.ts'
import * as store from './upload-store.ts'

/** Reads a file that has come whole and makes the release of it, or says why not. Safe to repeat at any place. */
export const readJob: JobKind<{ upload: string }> = {
  name: readName,
  leaseMs: 30 * 60_000,
  run: async (base, { payload: { upload: id }, scope, signal }) => {
    const found = await base.read(scope, async ctx => ({
      row: await store.findUpload(ctx, id),
      parts: await store.partsOf(ctx, id),
    }))
    if (found.row?.state !== 'reading') return undefined
    const upload = toUpload(found.row)
    const parts = found.parts.map(p => ({ place: Number(p.place), blob: p.blob, size: Number(p.size) }))
    const read = await readFile(sourceOfParts(base.blobs, parts), base.clock.now())
    if ('refused' in read) await fail(base, scope, id, { code: read.refused, facts: { reason: read.reason } })
    else await keep(base, { scope, signal }, { upload, parts, read })
    await forgetParts(base, scope, parts)
    return undefined
  },
}

interface Whole {
  upload: Upload
  parts: { place: number; blob: string; size: number }[]
  read: Exclude<FileRead, { refused: string }>
}

async function keep(
  base: Base,
  { scope, signal }: { scope: Scope; signal: AbortSignal },
  { upload, parts, read }: Whole,
): Promise<void> {
  const { bytes, sums } = summed(base.blobs, parts)
  const { sha256, size } = await base.blobs.putStream(bytes, signal)
  const { platform, facts, ...said } = read
  try {
    await base.transact(scope, async ctx => {
      const app = await appFor(ctx, upload, read)
      const release = await addRelease(ctx, app, {
        ...said,
        blob: sha256,
        size,
        name: upload.name,
        facts: { ...facts, chunkBytes, chunks: sums() },
      })
      await finish(ctx, upload.id, { release: release.id, app: app.id })
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await fail(base, scope, upload.id, { code: error.code, facts: plain(error.facts) })
  }
}

/** The app the file is a release of: the one it was sent to, the one that is known by its bundle, or a new one. */
async function appFor(ctx: Ctx, upload: Upload, read: Whole['read']) {
  if (upload.app !== null) return getApp(ctx, upload.app)
  const known = await apps.appKnownAs(ctx, { platform: read.platform, bundle: read.bundle })
  if (known) return getApp(ctx, known.id)
  const { platform, bundle, title: name, icon, signerName } = read
  return addApp(ctx, { platform, kind: 'file', name, unit: upload.unit, bundle, icon, publisher: signerName ?? '' })
}

async function fail(
  base: Base,
  scope: Scope,
  id: string,
  end: { code: string; facts: Record<string, string | number> },
): Promise<void> {
  await base.transact(scope, ctx => finish(ctx, id, end))
}

function plain(facts: Readonly<Record<string, unknown>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([key, v]) =>
      typeof v === 'string' || typeof v === 'number' ? [[key, v] as const] : [],
    ),
  )
}

async function forgetParts(base: Base, scope: Scope, parts: Whole['parts']): Promise<void> {
  for (const { blob } of parts)
    if (!(await base.read(scope, ctx => store.isHeld(ctx, blob)))) await base.blobs.remove(blob)
}
