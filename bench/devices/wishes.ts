import { everything } from '../../server/base/authority.ts'
import { type Id, newId } from '../../server/base/id.ts'
import type { Base } from '../../server/base/transact.ts'
import { dice } from './fleet.ts'

type Row = Record<string, string | number | null>

const policies = 24
const sets = 12
const itemsEach = 8

/**
 * What the devices of a fleet should have, by plain SQL: eight policies each out of twenty-four, in twelve different sets. Of a hundred devices one has
 * something that failed, three have something on its way, and a twentieth cannot take one thing at all. Answers ids of the policies.
 */
export async function fillWishes(base: Base, org: Id<'org'>, unit: { id: string; path: string }): Promise<string[]> {
  const roll = dice(13)
  const scope = { org, actor: { kind: 'system', id: null, what: 'bench' }, authority: everything } as const
  const ids = Array.from({ length: policies }, () => newId('policy') as string)
  const of = (set: number): string[] => Array.from({ length: itemsEach }, (_, i) => ids[(set * 2 + i) % policies] ?? '')
  await base.transact(scope, async ctx => {
    const rows = ids.map((id, n) => ({
      ...{ org, id, kind: 'restrictions', name: `Policy ${n}`, name_key: `policy ${n}`, description: '' },
      ...{ unit: unit.id, unit_path: unit.path, version: 1, search: `policy ${n}`, archived_at: null },
      ...{ created_at: ctx.now, updated_at: ctx.now, updated_by_kind: 'system', updated_by_id: null },
    }))
    await ctx.tx.insertInto('policies').values(rows).execute()
    const sources = Array.from({ length: sets }, (_, set) =>
      of(set).map(source => ({ org, source, hash: `set${set}`, item: `item#${source}`, version: 1, nearest: 1 })),
    )
    await ctx.tx.insertInto('effective_sources').values(sources.flat()).execute()
  })
  const all = await base.read(scope, ctx => ctx.tx.selectFrom('devices').select(['id', 'unit_path', 'state']).execute())
  const managed = all.filter(d => d.state !== 'ended' && d.state !== 'enrolling')
  for (let at = 0; at < managed.length; at += 1000)
    await base.transact(scope, async ctx => {
      for (let i = at; i < Math.min(at + 1000, managed.length); i += 100) {
        const part = managed.slice(i, i + 100).map(d => ({ ...d, enrollment: newId('enrollment'), set: roll(sets) }))
        const desired = part.map(({ id, unit_path, enrollment, set }) => ({
          ...{ org, device: id, enrollment, unit_path, generation: 1, effective: `set${set}`, inputs: 'x' },
          ...{ at: ctx.now, reached: 1, reached_at: ctx.now },
        }))
        await ctx.tx.insertInto('desired').values(desired).execute()
        const items = part.flatMap(({ id, enrollment, set }) => {
          const odd = stateOf(roll(100))
          return of(set).map((policy, n) =>
            item({ org, enrollment, device: id, policy }, n === 0 ? odd : 'installed', ctx.now),
          )
        })
        await ctx.tx.insertInto('item_status').values(items).execute()
      }
    })
  return ids
}

const stateOf = (n: number): string => (n < 1 ? 'failed' : n < 4 ? 'sent' : n < 9 ? 'unsupported' : 'installed')

function item(
  of: { org: string; enrollment: string; device: string; policy: string },
  state: string,
  now: number,
): Row {
  return {
    ...of,
    ...{ account: '', item: `item#${of.policy}`, kind: 'restrictions', policy_version: 1, claims: '[]', needs: '[]' },
    ...{ wanted: 'v1', sent: 'v1', has: state === 'installed' ? 'v1' : null, state, attempts: 1, not_before: null },
    ...{ look_at: null, error: null, sent_at: now, reported_at: now, changed_at: now, drifted_at: null },
    ...{ repairs: 0, repairs_since: null, via: 'declared', handle: null },
  }
}
