import { z } from 'zod'
import type { Actor, Ctx } from './ctx.ts'
import { own } from './db.ts'
import { fixed } from './fixed.ts'
import { newId } from './id.ts'
import type { EventTables } from './seal.ts'

/** A kind of event: its name in the past tense and the only data that may be written with it. */
export interface EventType<S extends z.ZodRawShape = z.ZodRawShape> {
  readonly type: string
  readonly data: z.ZodObject<S>
}

const named = new Set<string>()

/** Every type of event the product can record, by name. */
export function eventTypes(): string[] {
  return [...named].sort()
}

/** Names a kind of event; what its shape does not name is dropped before it is written. */
export function eventType<S extends z.ZodRawShape>(type: string, shape: S): EventType<S> {
  named.add(type)
  return { type, data: z.object(shape) }
}

/** What an event is about: a noun, its id, and the path of the unit whose admins may see it. */
export interface About {
  kind: string
  id: string
  path: string
}

/** An event as readers get it. */
export interface Event {
  id: string
  org: string
  seq: number
  at: number
  type: string
  actor: { kind: Actor['kind']; id: string | null }
  about: { kind: string; id: string } | null
  path: string
  data: Record<string, unknown>
  request: string
}

/** One event to be written. */
export interface Entry {
  of: EventType
  about: About | null
  data: Record<string, unknown>
}

const adding = fixed<EventTables, ReturnType<typeof rowOf>>()((from, v) =>
  from.insertInto('events').values({
    org: v.org,
    id: v.id,
    at: v.at,
    type: v.type,
    actor_kind: v.actor_kind,
    actor_id: v.actor_id,
    about_kind: v.about_kind,
    about_id: v.about_id,
    unit_path: v.unit_path,
    data: v.data,
    request: v.request,
  }),
)

/** Writes the event in the transaction of the change. It joins the sealed log within a second after the commit. */
export async function record<S extends z.ZodRawShape>(
  ctx: Ctx,
  of: EventType<S>,
  about: About | null,
  data: z.input<z.ZodObject<S>>,
): Promise<void> {
  await adding(ctx.tx, rowOf(ctx, of, about, data))
  ctx.after(() => kicks.get(ctx.secrets)?.())
}

/** The same for many events at once, in order, in few statements. */
export async function recordAll(ctx: Ctx, entries: readonly Entry[]): Promise<void> {
  const rows = entries.map(e => rowOf(ctx, e.of, e.about, e.data))
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await own<EventTables>(ctx.tx)
      .insertInto('events')
      .values(rows.slice(at, at + rowsAtOnce))
      .execute()
  if (rows.length > 0) ctx.after(() => kicks.get(ctx.secrets)?.())
}

const rowsAtOnce = 100

function rowOf(ctx: Ctx, of: EventType, about: About | null, data: unknown) {
  return {
    org: ctx.org,
    id: newId('event'),
    at: ctx.now,
    type: of.type,
    actor_kind: ctx.actor.kind,
    actor_id: ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id,
    about_kind: about?.kind ?? null,
    about_id: about?.id ?? null,
    unit_path: about?.path ?? '/',
    data: JSON.stringify(of.data.parse(data)),
    request: ctx.request,
  }
}

/** The sealing loop of this process registers how it is woken; keyed by the process-wide Secrets so that two servers in one test do not meet. */
const kicks = new WeakMap<object, () => void>()

/** Tells `record` how to wake the sealing loop. */
export function onRecorded(secrets: object, kick: () => void): void {
  kicks.set(secrets, kick)
}
