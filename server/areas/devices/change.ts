import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import { fold, searchable } from '../../base/text.ts'
import { unitOf, userOf } from '../identity/index.ts'
import { removeUnmanaged } from './app-store.ts'
import { about, type Device, get, type Ownership, refreshText } from './device.ts'
import { deviceEvents } from './events.ts'
import { writeRow } from './row.ts'
import * as store from './store.ts'
import * as tags from './tag-store.ts'
import { told } from './watch.ts'

/** What an admin may change of a device. `name: null` gives the word back to the device. */
export interface Change {
  name?: string | null | undefined
  unit?: string | undefined
  user?: string | null | undefined
  ownership?: Ownership | undefined
  /** A shared device belongs to nobody: who has it now lets it go. */
  shared?: boolean | undefined
  assetTag?: string | null | undefined
  tags?: readonly string[] | undefined
}

/** The device, if the actor may do this to it; as if it did not exist when the actor may not see it. */
export async function demanded(ctx: Ctx, id: string, permission: string): Promise<Device> {
  const device = await get(ctx, id)
  demand(ctx.authority, permission, device.unitPath, 'devices:read')
  return device
}

/** Changes what an admin decides about a device. Moving it needs `devices:write` on both units. One event per thing that changed. */
export async function change(ctx: Ctx, id: string, wanted: Change): Promise<Device> {
  const before = await demanded(ctx, id, 'devices:write')
  if (wanted.name !== undefined) await rename(ctx, before, wanted.name)
  const shared = wanted.shared ?? before.shared
  if (shared && wanted.user) throw new Problem('device.shared')
  const user = shared && before.user !== null ? null : wanted.user
  if (wanted.unit !== undefined || user !== undefined) await assign(ctx, before, { unit: wanted.unit, user })
  if (shared !== before.shared) await share(ctx, before, shared)
  if (wanted.ownership !== undefined) await changeField(ctx, before, 'ownership', wanted.ownership)
  if (wanted.assetTag !== undefined) await changeField(ctx, before, 'assetTag', wanted.assetTag?.trim() || null)
  if (wanted.tags !== undefined) await setTags(ctx, before, wanted.tags)
  await refreshText(ctx, id)
  return get(ctx, id)
}

async function rename(ctx: Ctx, before: Device, wanted: string | null): Promise<void> {
  const reported = await store.reportedName(ctx, before.id)
  const name = wanted?.trim() || (reported ?? before.serial ?? before.name)
  const named_by = wanted === null ? 'device' : 'admin'
  if (name === before.name && named_by === before.namedBy) return
  await writeRow(ctx, before.id, { name, name_key: searchable(name), named_by })
  if (name !== before.name) await record(ctx, deviceEvents.renamed, about(before), { before: before.name, now: name })
}

/** Gives a device a name it had before, in the name of whoever had named it. */
export async function renameBack(ctx: Ctx, id: string, name: string, namedBy: Device['namedBy']): Promise<void> {
  const before = await demanded(ctx, id, 'devices:write')
  if (name === before.name && namedBy === before.namedBy) return
  await writeRow(ctx, id, { name, name_key: searchable(name), named_by: namedBy })
  await refreshText(ctx, id)
  if (name !== before.name) await record(ctx, deviceEvents.renamed, about(before), { before: before.name, now: name })
}

/** Hangs the device on a unit and gives it to a user; who had it before stays known. */
export async function assign(ctx: Ctx, before: Device, wanted: Pick<Change, 'unit' | 'user'>): Promise<void> {
  const unit = wanted.unit === undefined ? null : await unitOf(ctx, wanted.unit)
  if (unit) demand(ctx.authority, 'devices:write', unit.path, 'units:read')
  const user = await holder(ctx, before, wanted.user)
  const now = { id: before.id, unitPath: unit?.path ?? before.unitPath }
  const next = { unit: unit?.id ?? before.unit, user: user.id }
  if (next.unit === before.unit && next.user === before.user) return
  await writeRow(ctx, before.id, {
    unit: next.unit,
    unit_path: now.unitPath,
    user_id: user.id,
    user_name: user.name,
    user_key: user.name === null ? null : searchable(user.name),
  })
  await store.closeAssignment(ctx, before.id)
  await store.openAssignment(ctx, before.id, next.unit, next.user)
  if (next.unit !== before.unit) {
    const moved = { before: before.unit, now: next.unit }
    await record(ctx, deviceEvents.moved, about(now), moved)
    // Those who see only the unit it left must learn that it left.
    if (!now.unitPath.startsWith(before.unitPath)) await record(ctx, deviceEvents.moved, about(before), moved)
  }
  if (next.user !== before.user)
    await record(ctx, deviceEvents.assigned, about(now), { before: before.user, now: next.user })
}

async function holder(
  ctx: Ctx,
  before: Device,
  wanted: string | null | undefined,
): Promise<{ id: Device['user']; name: string | null }> {
  if (wanted === undefined) return { id: before.user, name: before.userName }
  if (wanted === null) return { id: null, name: null }
  const user = await userOf(ctx, wanted)
  demand(ctx.authority, 'users:read', user.unitPath, 'users:read')
  return { id: user.id, name: user.displayName }
}

async function changeField(
  ctx: Ctx,
  before: Device,
  field: 'ownership' | 'assetTag',
  now: string | null,
): Promise<void> {
  if (before[field] === now) return
  // What a person put on a device of their own is not the org's business from now on.
  if (now === 'personal') await removeUnmanaged(ctx, before.id)
  await writeRow(ctx, before.id, field === 'assetTag' ? { asset_tag: now ?? '' } : { ownership: now as Ownership })
  await record(ctx, deviceEvents.changed, about(before), { field, before: before[field], now })
}

async function share(ctx: Ctx, before: Device, shared: boolean): Promise<void> {
  await writeRow(ctx, before.id, { shared: shared ? 1 : 0 })
  const said = (value: boolean): string => (value ? 'yes' : 'no')
  const data = { field: 'shared', before: said(before.shared), now: said(shared) }
  await record(ctx, deviceEvents.changed, about(await get(ctx, before.id)), data)
}

/** Notes by which road a device is held, and in which of its modes. */
export async function hold(ctx: Ctx, id: string, { road, mode }: { road: string; mode: string }): Promise<void> {
  await writeRow(ctx, id, { road, mode })
}

const mostTags = 50

/** Gives the device exactly these tags by hand. What rules give it beside them stays. */
export async function setTags(ctx: Ctx, device: Device, wanted: readonly string[]): Promise<void> {
  const { added, left, removed } = await retagged(ctx, device.id, wanted)
  for (const { tag_key } of left) {
    if (removed.some(r => r.tag_key === tag_key)) await tags.removeTag(ctx, device.id, tag_key)
    else await tags.leaveTagToRules(ctx, device.id, tag_key)
  }
  for (const [tag_key, tag] of added) await tags.addTag(ctx, { device: device.id, tag, tag_key, by_hand: 1 })
  if (added.length + removed.length === 0) return
  await told(ctx, device.id, ['tag'])
  await record(ctx, deviceEvents.tagged, about(device), {
    added: added.map(([, tag]) => tag),
    removed: removed.map(t => t.tag),
  })
}

/** Which tags, folded, would come to the device and leave it with exactly these by hand. */
export async function tagShiftOf(
  ctx: Ctx,
  device: string,
  wanted: readonly string[],
): Promise<{ add: string[]; remove: string[] }> {
  const { added, removed } = await retagged(ctx, device, wanted)
  return { add: added.map(([key]) => key), remove: removed.map(t => t.tag_key) }
}

/** What these tags by hand change: new ones by their key, those no longer meant by hand, and of these the ones that no rule keeps. */
async function retagged(ctx: Ctx, device: string, wanted: readonly string[]) {
  const next = new Map(wanted.map(t => [fold(t), t.trim()]).filter((pair): pair is [string, string] => pair[0] !== ''))
  if (next.size > mostTags)
    throw new Problem('request.malformed', {}, { fields: [{ path: 'body.tags', message: 'has more than 50 tags' }] })
  const now = await tags.listTags(ctx, device)
  const ruled = new Set((await tags.ruleTagsOf(ctx, [device])).map(r => r.tag_key))
  const left = now.filter(t => t.by_hand === 1 && !next.has(t.tag_key))
  const added = [...next].filter(([key]) => !now.some(t => t.tag_key === key))
  return { added, left, removed: left.filter(t => !ruled.has(t.tag_key)) }
}

/** The tags of a device, in order, by hand and by rules. */
export async function tagsOf(ctx: Ctx, id: string): Promise<string[]> {
  return (await tags.listTags(ctx, id)).map(t => t.tag)
}

/** The tags of a device that an admin gave, in order. */
export async function handTagsOf(ctx: Ctx, id: string): Promise<string[]> {
  return (await tags.listTags(ctx, id)).filter(t => t.by_hand === 1).map(t => t.tag)
}

/** Who had the device and where it belonged, newest first. */
export async function assignmentsOf(
  ctx: Ctx,
  id: string,
): Promise<
  { since: number; until: number | null; unit: string; user: string | null; by: { kind: string; id: string | null } }[]
> {
  const rows = await store.listAssignments(ctx, id)
  return rows.map(r => ({
    since: r.since,
    until: r.until,
    unit: r.unit,
    user: r.user_id,
    by: { kind: r.by_kind, id: r.by_id },
  }))
}
