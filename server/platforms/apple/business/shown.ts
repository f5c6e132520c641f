import { z } from 'zod'
import { namesOf } from '../../../areas/identity/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import * as store from './act-store.ts'

const states = ['held', 'wanted', 'asked', 'done', 'failed', 'declined'] as const
const text = z.string().nullable()

/** An act in the portal as people see it. */
export const actShape = z.object({
  id: z.string(),
  what: z.string(),
  server: text,
  deadline: z.number().nullable(),
  /** `held`: the guard waits for somebody to agree. `declined`: it did not let any device go, and the vendor was not asked. */
  state: z.enum(states),
  answer: text,
  nextAt: z.number().nullable(),
  createdAt: z.number(),
  endedAt: z.number().nullable(),
  reason: text,
  by: z.object({ kind: z.string(), id: text, name: text }),
  devices: z.object({
    all: z.number(),
    held: z.number(),
    wanted: z.number(),
    asked: z.number(),
    done: z.number(),
    failed: z.number(),
    declined: z.number(),
  }),
})

/** One device of an act. */
export const lineShape = z.object({
  serial: z.string(),
  act: z.string(),
  what: z.string(),
  server: z.object({ id: z.string(), name: z.string() }).nullable(),
  deadline: z.number().nullable(),
  state: z.enum(states),
  /** Where it waits, or waited, for somebody to agree. */
  intent: text,
  /** How that ended, where it was not let go. */
  why: text,
  answer: text,
  createdAt: z.number(),
  endedAt: z.number().nullable(),
})

type State = (typeof states)[number]

/** Acts with how their devices stand, in a fixed number of queries. */
export async function shownActs(ctx: Ctx, acts: readonly store.ActRow[]): Promise<z.input<typeof actShape>[]> {
  const names = await namesOf(
    ctx,
    acts.flatMap(a => a.by_id ?? []),
  )
  const counts = await store.countItems(
    ctx,
    acts.map(a => a.id),
  )
  return acts.map(act => {
    const devices = { all: 0, held: 0, wanted: 0, asked: 0, done: 0, failed: 0, declined: 0 }
    for (const { state, why, n } of counts.filter(c => c.act === act.id)) {
      devices[said(state, why)] += n
      devices.all += n
    }
    return {
      id: act.id,
      what: act.what,
      server: act.server,
      deadline: act.deadline,
      state: act.state === 'failed' && devices.declined === devices.all ? 'declined' : act.state,
      answer: act.answer,
      nextAt: act.next_at,
      createdAt: act.created_at,
      endedAt: act.ended_at,
      reason: act.reason,
      by: { kind: act.by_kind, id: act.by_id, name: act.by_id === null ? null : (names.get(act.by_id) ?? null) },
      devices,
    }
  })
}

/** One device of an act, with the name of the server that it is about. */
export function shownLine(row: store.Line, names: ReadonlyMap<string, string>): z.input<typeof lineShape> {
  const { serial, act, what, server, deadline, intent, why, answer } = row
  return {
    serial,
    act,
    what,
    server: server === null ? null : { id: server, name: names.get(server) ?? server },
    deadline,
    state: said(row.state, why),
    intent,
    why,
    answer: row.state === 'failed' && why === null ? answer : null,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  }
}

const said = (state: store.ActState, why: string | null): State => (why === null ? state : 'declined')
