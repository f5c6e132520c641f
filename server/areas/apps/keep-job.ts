import type { JobKind } from '../../base/jobs.ts'
import * as finds from './find-store.ts'
import { keepName } from './upload.ts'
import * as store from './upload-store.ts'

const hourMs = 3_600_000
const page = 50

/** Forgets searches after an hour, and uploads that nobody went on with after a day, with their parts. */
export const keepJob: JobKind<Record<string, never>> = {
  name: keepName,
  attempts: 1_000_000,
  maxWaitMs: hourMs,
  run: async (base, { scope, signal }) => {
    for (;;) {
      const old = await base.read(scope, ctx => store.oldUploads(ctx, ctx.now - 24 * hourMs, page))
      for (const { id } of old) {
        const parts = await base.read(scope, ctx => store.partsOf(ctx, id))
        await base.transact(scope, async ctx => {
          await store.removeParts(ctx, id)
          await store.removeUpload(ctx, id)
        })
        for (const { blob } of parts)
          if (!(await base.read(scope, ctx => store.isHeld(ctx, blob)))) await base.blobs.remove(blob)
      }
      if (old.length < page || signal.aborted) break
    }
    await base.transact(scope, ctx => finds.removeFinds(ctx, ctx.now - hourMs))
    return { againInMs: hourMs }
  },
}
