import { everything } from '../../base/authority.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import type { Reachable, Target } from '../blueprints/index.ts'
import { idsTagged, type TargetQuery, targetRows } from '../devices/index.ts'
import { groupsOf, usersOfGroup } from '../identity/index.ts'

/** A device as the kernel sees it, with what people know it by. */
export interface NamedTarget extends Target {
  readonly name: string
  readonly formFactor: string
}

/** One page of the devices that are meant, in order of their ids, with everything that decides what they should have. At most a thousand at once. */
export async function targetsPage(ctx: Ctx, query: TargetQuery): Promise<NamedTarget[]> {
  const rows = await targetRows(ctx, query)
  const groups = await groupsOf(ctx, [...new Set(rows.flatMap(r => r.user ?? []))])
  return rows.map(row => ({ ...row, groups: row.user === null ? [] : (groups.get(row.user) ?? []) }))
}

/** One device; refused as unknown when there is none or its management has ended. */
export async function targetOf(ctx: Ctx, device: string): Promise<NamedTarget> {
  const [target] = await targetsPage(ctx, { ids: [device], limit: 1 })
  if (!target) throw new Problem('id.unknown')
  return target
}

/** The server itself, which sees every device: whom a change touches does not depend on who asks. */
export function seeing(org: Id<'org'>): Scope {
  return { org, actor: { kind: 'system', id: null, what: 'previews' }, authority: everything }
}

/** Devices per page, which is read in one go of some milliseconds: everybody else has their turn between two. */
const pageSize = 250
/** Ids in one question. */
const atOnce = 500

/** Every device of a part of the org, each once, a page at a time; each page is a read of its own, so that nobody waits for all of them. */
export async function* walk(base: Base, org: Id<'org'>, among: Reachable): AsyncGenerator<NamedTarget[]> {
  const read = <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> => base.read(seeing(org), work)
  const { within, users, groups, tags } = among
  if (within.length > 0) yield* pages(read, { within })
  const seen = new Set<string>()
  const fresh = (targets: NamedTarget[]): NamedTarget[] =>
    targets.filter(t => {
      if (seen.has(t.id) || within.some(path => t.path.startsWith(path))) return false
      seen.add(t.id)
      return true
    })
  for (const ids of chunks(among.devices)) for await (const page of pages(read, { ids })) yield fresh(page)
  for (const some of chunks(users)) for await (const page of pages(read, { users: some })) yield fresh(page)
  for (const group of groups)
    for await (const some of members(read, group))
      for await (const page of pages(read, { users: some })) yield fresh(page)
  if (tags.length > 0)
    for await (const ids of bearers(read, tags)) for await (const page of pages(read, { ids })) yield fresh(page)
}

type Read = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>

async function* pages(read: Read, query: Omit<TargetQuery, 'after' | 'limit'>): AsyncGenerator<NamedTarget[]> {
  let after = ''
  for (;;) {
    const page = await read(ctx => targetsPage(ctx, { ...query, after, limit: pageSize }))
    if (page.length > 0) yield page
    if (page.length < pageSize) return
    after = page.at(-1)?.id ?? ''
  }
}

async function* members(read: Read, group: string): AsyncGenerator<string[]> {
  let after = ''
  for (;;) {
    const { ids, next } = await read(ctx => usersOfGroup(ctx, group, { after, limit: atOnce }))
    if (ids.length > 0) yield ids
    if (next === null) return
    after = next
  }
}

async function* bearers(read: Read, tags: readonly string[]): AsyncGenerator<string[]> {
  let after = ''
  for (;;) {
    const ids = await read(ctx => idsTagged(ctx, tags, { after, limit: atOnce }))
    if (ids.length > 0) yield ids
    if (ids.length < atOnce) return
    after = ids.at(-1) ?? ''
  }
}

function* chunks(ids: readonly string[]): Generator<string[]> {
  for (let from = 0; from < ids.length; from += atOnce) yield ids.slice(from, from + atOnce)
}
