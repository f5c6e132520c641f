import type { Ctx } from '../../base/ctx.ts'
import * as records from './record-store.ts'
import { drafted, type TagRule, tagRuleFor, type TagRuleWish } from './tag-rule.ts'
import * as store from './tag-store.ts'
import { gives, type LiveRule, wishOf } from './tagging.ts'

/** A rule as it would be, for looking at what that would do. */
export interface TagDraft {
  live: LiveRule
}

/** Tags, folded, that a device would gain and lose. */
export interface TagDelta {
  device: string
  add: string[]
  remove: string[]
}

/** A rule as it would be after this change, or a new one; refused like the change itself. `null` as wish: as if it were removed. */
export async function draftTagRule(ctx: Ctx, id: string | null, wish: Partial<TagRuleWish> | null): Promise<TagDraft> {
  const before: TagRule | null = id === null ? null : await tagRuleFor(ctx, id, 'devices:write')
  const merged = { name: '', tag: '', filter: '', unit: '', ...before, ...wish }
  const { live } = await drafted(ctx, before, merged)
  return { live: { ...live, removed: wish === null } }
}

/** What one page of the devices that the rule has tagged, or could, would gain and lose; `next` continues, null at the end. */
export async function tagDeltas(
  ctx: Ctx,
  { live }: TagDraft,
  { after, limit }: { after: string; limit: number },
): Promise<{ deltas: TagDelta[]; looked: number; next: string | null }> {
  const tagged = await store.devicesTaggedBy(ctx, live.id, after, limit)
  const below = live.removed ? [] : await records.idsBelow(ctx, { path: live.unitPath, after, limit })
  const page = [...new Set([...tagged, ...below])].sort().slice(0, limit)
  const given = Map.groupBy(await store.ruleTagsOf(ctx, page), g => g.device)
  const deltas: TagDelta[] = []
  for (const device of await records.recordsOf(ctx, page, wishOf([live]))) {
    const all = given.get(device.id) ?? []
    const own = all.find(g => g.rule === live.id)
    const wanted = gives(live, device) ? live.tagKey : null
    if ((own?.tag_key ?? null) === wanted) continue
    // What an admin or another rule gives besides stays, and is no news.
    const others = new Set(all.filter(g => g.rule !== live.id).map(g => g.tag_key))
    for (const t of await store.listTags(ctx, device.id)) if (t.by_hand === 1) others.add(t.tag_key)
    const add = wanted !== null && !others.has(wanted) ? [wanted] : []
    const remove = own && !others.has(own.tag_key) ? [own.tag_key] : []
    if (add.length + remove.length > 0) deltas.push({ device: device.id, add, remove })
  }
  return { deltas, looked: page.length, next: page.length < limit ? null : (page.at(-1) ?? null) }
}
