import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { readPage } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { namesOf } from '../identity/index.ts'
import { demanded } from '../devices/index.ts'
import * as store from './timeline-store.ts'

/** One thing that happened to a device. */
export const timelineItem = z.object({
  id: z.string(),
  at: z.number(),
  type: z.string(),
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  data: z.record(z.string(), z.unknown()),
  command: z
    .object({ id: z.string(), kind: z.string(), state: z.string(), pushedAt: z.number().nullable() })
    .nullable(),
})

type TimelineItem = z.input<typeof timelineItem>

/** One page of what happened to a device, newest first; `kinds` is a list like `commands,changes,policies,views`, empty for all. */
export async function timeline(
  ctx: Ctx,
  id: string,
  query: { kinds: string; cursor?: string | undefined; limit: number },
): Promise<{ items: TimelineItem[]; next: string | null }> {
  const device = await demanded(ctx, id, 'devices:read')
  const kinds = kindsOf(query.kinds)
  const { limit, cursor } = query
  const page = readPage(
    ctx.org,
    { limit, filter: `${id} ${query.kinds}`, ...(cursor === undefined ? {} : { cursor }) },
    store.timelineSorts,
  )
  const { items, next } = await store.listAbout(ctx, device.id, kinds, page)
  const commandOf = (data: Record<string, unknown>): string => (typeof data.command === 'string' ? data.command : '')
  const commands = await store.commandStates(ctx, [...new Set(items.map(e => commandOf(e.data)).filter(c => c !== ''))])
  const names = await namesOf(
    ctx,
    items.flatMap(e => idsIn([e.actor.id, ...Object.values(e.data)])),
  )
  const shown = items.map(e => ({
    id: e.id,
    at: e.at,
    type: e.type,
    actor: { ...e.actor, name: names.get(e.actor.id ?? '') ?? null },
    data: named(e.data, names),
    command: commands.get(commandOf(e.data)) ?? null,
  }))
  return { items: shown, next }
}

function kindsOf(text: string): (keyof typeof store.timelineKinds)[] {
  const names = text.split(',').filter(k => k !== '')
  const known = names.filter((k): k is keyof typeof store.timelineKinds => Object.hasOwn(store.timelineKinds, k))
  if (known.length === names.length) return known
  const message = `one of ${Object.keys(store.timelineKinds).join(', ')}`
  throw new Problem('request.malformed', {}, { fields: [{ path: 'query.kinds', message }] })
}

function idsIn(values: readonly unknown[]): string[] {
  return values.flat().filter((v): v is string => typeof v === 'string' && /^[a-z]{3}_[0-9a-f]{32}$/.test(v))
}

/** Ids say little; beside `before`, `now` and `policy` stand the names they bear today, beside `rules` those that are still there. */
function named(data: Record<string, unknown>, names: ReadonlyMap<string, string>): Record<string, unknown> {
  const more = (['before', 'now', 'policy'] as const).flatMap(key => {
    const name = names.get(String(data[key]))
    return name === undefined ? [] : [[`${key}Name`, name] as const]
  })
  const rules = Array.isArray(data.rules) ? idsIn(data.rules).flatMap(id => names.get(id) ?? []) : []
  return { ...data, ...Object.fromEntries(more), ...(rules.length > 0 ? { ruleNames: rules } : {}) }
}
