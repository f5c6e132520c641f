import type { Ctx } from '../../base/ctx.ts'
import { compileFilter, type Fields, within } from '../../base/filter.ts'
import { type ListQuery, readPage, type Sorts } from '../../base/page.ts'
import type { Principal } from '../../base/route.ts'
import { headOf, verifySealed } from '../../base/seal.ts'
import type { Base } from '../../base/transact.ts'
import * as identity from '../identity/index.ts'
import { type EventItem, eventItems } from './item.ts'
import * as store from './store.ts'

const sorts: Sorts = {
  list: 'events',
  id: 'seq',
  default: '-seq',
  columns: { seq: { column: 'seq', type: 'number' }, at: { column: 'at', type: 'number' } },
}

const kinds = ['admin', 'key', 'user', 'device', 'system']

/** One page of what happened where the actor may look, newest first. */
export async function listEvents(ctx: Ctx, query: ListQuery): Promise<{ items: EventItem[]; next: string | null }> {
  const page = readPage(ctx.org, query, sorts)
  const unitPaths = (text: string) => identity.unitPaths(ctx, text)
  const filter = await compileFilter(query.filter, fields(ctx), { now: ctx.now, unitPaths })
  const { items, next } = await store.listEvents(ctx, await seen(ctx), page, filter)
  return { items: await eventItems(ctx, items), next }
}

/** What of the log the actor may see: the units of `events:read`; what belongs to no unit is for those who hold it on the whole org. */
export async function seen(ctx: Ctx): Promise<store.Condition> {
  const paths = ctx.authority.where('events:read')
  const { path } = await identity.rootUnit(ctx)
  return paths.some(p => path.startsWith(p)) ? store.everywhere : within('unit_path', paths)
}

const checks = new WeakMap<object, Map<string, ReturnType<typeof integrity>>>()

/** As `integrity`, read once for all who ask while it is being read: a long log is much to read. */
export function integrityOnce(base: Base, reader: Principal): ReturnType<typeof integrity> {
  const running = checks.get(base.secrets) ?? new Map<string, ReturnType<typeof integrity>>()
  checks.set(base.secrets, running)
  const known = running.get(reader.org)
  if (known) return known
  const check = base.read(reader, integrity).finally(() => running.delete(reader.org))
  running.set(reader.org, check)
  return check
}

/** The end of the sealed log, and whether every entry up to it is as it was written. */
async function integrity(ctx: Ctx): Promise<{
  sealed: number
  unsealed: number
  head: { seq: number; hash: string; signature: string; at: number } | null
  verified: boolean
  brokenAt: number | null
}> {
  const { sealed, brokenAt } = await verifySealed(ctx)
  const head = await headOf(ctx.tx, ctx.org)
  return { sealed, unsealed: await store.countUnsealed(ctx), head, verified: brokenAt === null, brokenAt }
}

function fields(ctx: Ctx): Fields {
  return {
    fields: {
      type: { kind: 'custom', match: value => store.typed('type', value) },
      actor: { kind: 'custom', match: value => who(ctx, 'actor_kind', 'actor_id', value) },
      about: { kind: 'custom', match: value => who(ctx, 'about_kind', 'about_id', value) },
      unit: { kind: 'unit', column: 'unit_path' },
      at: { kind: 'instant', column: 'at' },
      request: { kind: 'set', column: 'request' },
    },
    words: [],
  }
}

/** A kind of actor or thing, an id, or a part of a name. */
async function who(ctx: Ctx, kind: string, id: string, value: string): Promise<store.Condition> {
  if (/^[a-z]{3}_[0-9a-f]{32}$/.test(value)) return store.oneOf(id, [value])
  const named = store.oneOf(id, await identity.idsNamed(ctx, value))
  const isKind = kinds.includes(value) || /^[a-z]+(-[a-z]+)*$/.test(value)
  return isKind ? store.both([store.oneOf(kind, [value]), named], 'OR') : named
}
