import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import type { Event } from '../../base/events.ts'
import * as identity from '../identity/index.ts'

/** An event as readers get it. */
export const eventItem = z.object({
  id: z.string(),
  seq: z.number(),
  at: z.number(),
  type: z.string(),
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  about: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }).nullable(),
  data: z.record(z.string(), z.unknown()),
})

export type EventItem = z.input<typeof eventItem>

/** Events with the names that their actors and subjects bear now; those gone have none. */
export async function eventItems(ctx: Ctx, events: readonly Event[]): Promise<EventItem[]> {
  const ids = events.flatMap(e => [e.actor.id, e.about?.id ?? null]).filter(id => id !== null)
  const names = await identity.namesOf(ctx, ids)
  const named = <T extends { id: string | null }>(who: T) => ({ ...who, name: names.get(who.id ?? '') ?? null })
  return events.map(({ id, seq, at, type, actor, about, data }) => ({
    id,
    seq,
    at,
    type,
    actor: named(actor),
    about: about === null ? null : named(about),
    data,
  }))
}
