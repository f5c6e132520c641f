import type { Term } from '@muster/api/filter.ts'
import type { Ctx } from '../../base/ctx.ts'
import { termsOf } from '../../base/filter.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import { shapes } from '../blueprints/index.ts'
import { ownerships, platforms } from '../devices/index.ts'
import { groupsNamed, unitPaths } from '../identity/index.ts'

/** What a filter of a policy test may ask: what decides about policies, and nothing that a device reports from one day to the next. */
const known = ['group', 'os', 'ownership', 'platform', 'supervised', 'tag', 'unit'] as const

interface Draft {
  include: shapes.ScopeWish['include']
  exclude: shapes.ScopeWish['exclude']
  conditions: {
    -readonly [K in keyof shapes.ScopeWish['conditions']]: shapes.ScopeWish['conditions'][K]
  }
}

/** The scope that a filter of the list of devices says, in the part of its grammar that scopes can say. Throws `filter.malformed` and `filter.field-unknown`. */
export async function scopeOfFilter(ctx: Ctx, filter: string): Promise<shapes.ScopeWish> {
  const none = { units: [], groups: [], tags: [], users: [], devices: [] }
  const draft: Draft = { include: { ...none }, exclude: { ...none }, conditions: {} }
  for (const term of termsOf(filter)) await add(ctx, draft, term)
  const { units, groups } = draft.include
  // Includes are alternatives, the terms of a filter are not.
  if (units.length > 0 && groups.length > 0) throw unsaid('group')
  return shapes.scopeShape.parse(draft)
}

async function add(ctx: Ctx, draft: Draft, term: Term): Promise<void> {
  const { field, values, negated } = term
  const { conditions } = draft
  switch (field) {
    case 'ownership':
      return once(draft, 'ownership', chosen(term, ownerships))
    case 'platform':
      return once(draft, 'platforms', chosen(term, platforms))
    case 'supervised': {
      const [word = ''] = values.map(fold)
      if (!['yes', 'no', 'true', 'false'].includes(word) || values.length > 1) throw unsaid(field)
      conditions.supervised = ['yes', 'true'].includes(word) !== negated
      return
    }
    case 'os':
      return addVersion(draft, term)
    case 'tag':
      if (negated) draft.exclude.tags = [...draft.exclude.tags, ...values.map(fold)]
      else if (values.length > 1) throw unsaid(field)
      else conditions.tags = [...(conditions.tags ?? []), ...values.map(fold)]
      return
    case 'unit': {
      const paths = (await Promise.all(values.map(v => unitPaths(ctx, v)))).flat()
      if (paths.length === 0) throw new Problem('filter.malformed', { reason: 'filter.value-unknown', field })
      const units = paths.map(path => ({ unit: path.split('/').at(-2) ?? '', below: true }))
      return addUnits(draft, units, negated)
    }
    case 'group': {
      const groups = (await groupsNamed(ctx, values)).map(g => g.id)
      if (groups.length === 0) throw new Problem('filter.malformed', { reason: 'filter.value-unknown', field })
      if (negated) draft.exclude.groups = [...draft.exclude.groups, ...groups]
      else if (draft.include.groups.length > 0) throw unsaid(field)
      else draft.include.groups = groups
      return
    }
    default:
      throw new Problem('filter.field-unknown', { field: field ?? '', known: [...known] })
  }
}

function addUnits(draft: Draft, units: { unit: string; below: boolean }[], negated: boolean): void {
  if (negated) draft.exclude.units = [...draft.exclude.units, ...units]
  else if (draft.include.units.length > 0) throw unsaid('unit')
  else draft.include.units = units
}

function addVersion({ conditions }: Draft, { op, values: [version = '', more], negated }: Term): void {
  if (!/^\d{1,6}(\.\d{1,6}){0,5}$/.test(version) || more !== undefined || negated) throw unsaid('os')
  const parts = version.split('.')
  const next = [...parts.slice(0, -1), String(Number(parts.at(-1)) + 1)].join('.')
  if (op === ':' || op === '>=') conditions.osFrom = version
  else if (op === '>') conditions.osFrom = `${version}.0.0.1`
  if (op === ':') conditions.osBelow = next
  else if (op === '<') conditions.osBelow = version
  else if (op === '<=') conditions.osBelow = `${version}.0.0.1`
}

function once({ conditions }: Draft, key: 'ownership' | 'platforms', values: string[]): void {
  const before = conditions[key]
  conditions[key] = before === undefined ? values : before.filter(v => values.includes(v))
}

function chosen({ field, values, negated }: Term, all: readonly string[]): string[] {
  const folded = values.map(fold)
  const wrong = folded.find(v => !all.includes(v))
  if (wrong !== undefined)
    throw new Problem('filter.malformed', { reason: 'filter.value-unknown', field, value: wrong, known: [...all] })
  return all.filter(v => folded.includes(v) !== negated)
}

const unsaid = (field: string): Problem => new Problem('filter.malformed', { reason: 'filter.not-in-a-scope', field })
