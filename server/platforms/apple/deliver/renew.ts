import * as certificates from '../../../areas/certificates/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import type { JobKind } from '../../../base/jobs.ts'
import { isDeclared } from '../ddm/give.ts'
import { outlookOf } from '../ddm/outlook.ts'
import * as store from '../ddm/store.ts'
import { tell } from '../ddm/tell.ts'
import { onChannel } from './fill.ts'
import { sendInstall } from './orders.ts'
import { placeOf } from './profile.ts'
import { renewItems } from './renewing.ts'

const dayMs = 24 * 3_600_000
const page = 100

/** Devices do not renew certificates that came with a profile: at two thirds of their life the item is begun anew, with another proof. */
export const renewItemsJob: JobKind<Record<string, never>> = {
  name: renewItems,
  attempts: 1000,
  maxWaitMs: dayMs,
  run: async (base, job) => {
    const looked = await base.transact(job.scope, renewDue)
    return { againInMs: looked === page ? 1000 : dayMs }
  },
}

async function renewDue(ctx: Ctx): Promise<number> {
  const due = await store.renewing(ctx, page)
  for (const row of due) await renew(ctx, row)
  return due.length
}

async function renew(ctx: Ctx, row: store.ItemRow & store.Channel): Promise<void> {
  const held = await enrollment.find(ctx, row.enrollment)
  if (held?.state !== 'active') return store.removeItem(ctx, row, row.item)
  const issued = row.proof ? await certificates.issuedFor(ctx, await openedProof(ctx, row, row.proof)) : null
  const renewAt = issued && Math.round(issued.notBefore + ((issued.notAfter - issued.notBefore) * 2) / 3)
  if (renewAt !== null && renewAt > ctx.now) return store.putItem(ctx, row, { ...plain(row), renew_at: renewAt })
  const on = await onChannel(ctx, row.enrollment, row.account)
  await store.begun(ctx, on, row.item, row.version)
  const way = (await outlookOf(ctx, on)).ways.get(row.item)
  if (!way || way.by === 'none') return store.removeItem(ctx, row, row.item)
  if (isDeclared(way.by)) await tell(ctx, on)
  else await sendInstall(ctx, on, way, false)
}

async function openedProof(ctx: Ctx, row: store.ItemRow & store.Channel, proof: Uint8Array): Promise<string> {
  return Buffer.from(await ctx.secrets.open(ctx, placeOf(row, row.item), proof)).toString('utf8')
}

function plain({ item, version, epoch, proof, renew_at }: store.ItemRow): store.ItemRow {
  return { item, version, epoch, proof, renew_at }
}
