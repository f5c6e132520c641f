import type { JsonValue } from '../../../areas/devices/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { outlookOf } from '../ddm/outlook.ts'
import type * as store from '../ddm/store.ts'
import { onChannel } from './fill.ts'
import { sendRemove } from './orders.ts'
import { readHandle } from './profile.ts'

/** What the PayloadIdentifiers of items begin with. Nothing else on a device is ours to take away. */
const ours = /^muster\.item\.[0-9a-f]{24}$/

/**
 * Compares the profiles that a device lists with those it should have. By PayloadIdentifier and PayloadUUID only, because devices rewrite what is
 * inside. What is missing or another has drifted and is put back; what is ours and wanted by nobody is taken away; all else is left alone.
 * Costs one look where all is well.
 */
export async function verify(
  ctx: Ctx,
  { enrollment, account }: store.Channel,
  listed: readonly JsonValue[],
): Promise<void> {
  const statuses = await reconcile.statusOf(ctx, enrollment, account)
  const present = new Map(listed.flatMap(p => (isProfile(p) ? [[p.identifier, p.uuid] as const] : [])))
  const channel = { enrollment, account }
  await reconcile.noteAll(
    ctx,
    channel,
    statuses.flatMap(status => driftOf(status, present)),
  )
  // Said by declarations of its own an item needs no profile; one from before is left over.
  const known = new Set(
    statuses.flatMap(s => (s.handle && s.via !== 'declarations' ? [readHandle(s.handle).identifier] : [])),
  )
  const left = [...present.keys()].filter(identifier => ours.test(identifier) && !known.has(identifier))
  if (left.length === 0) return
  const on = await onChannel(ctx, enrollment, account)
  const { ways } = await outlookOf(ctx, on)
  const coming = new Set(
    [...ways.values()].flatMap(w => (w.by === 'profile' || w.by === 'legacy' ? [w.artifact.identifier] : [])),
  )
  for (const identifier of left)
    if (!coming.has(identifier)) await sendRemove(ctx, on, { item: '-', identifier }, false)
}

function driftOf(status: reconcile.ItemStatus, present: ReadonlyMap<string, string>): reconcile.Note[] {
  const { item, wanted, via, handle, state } = status
  if (wanted === null || state !== 'installed' || handle === null || (via !== 'profile' && via !== 'legacy')) return []
  const sent = readHandle(handle)
  const uuid = present.get(sent.identifier)
  if (uuid?.toUpperCase() === sent.uuid.toUpperCase()) return []
  return [{ item, did: 'drifted', has: uuid ?? null }]
}

function isProfile(entry: JsonValue): entry is { identifier: string; uuid: string } {
  if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) return false
  return typeof entry.identifier === 'string' && typeof entry.uuid === 'string'
}
