import type { Scope, ScopeConditions, ScopeSelection } from '../../contract/blueprints.ts'

const emptySelection: ScopeSelection = { units: [], groups: [], tags: [], users: [], devices: [] }

/** Everything below the unit it hangs on. */
export const emptyScope: Scope = { include: emptySelection, exclude: emptySelection, conditions: {} }

/** What kinds of things a scope can name. */
export const scopeKinds = ['unitBelow', 'unit', 'group', 'tag', 'user', 'device'] as const
export type ScopeKind = (typeof scopeKinds)[number]

/** One thing a selection names. */
export interface ScopePart {
  kind: ScopeKind
  id: string
}

/** A selection as a list of what it names. */
export function partsIn(selection: ScopeSelection): ScopePart[] {
  return [
    ...selection.units.map(({ unit, below }): ScopePart => ({ kind: below ? 'unitBelow' : 'unit', id: unit })),
    ...selection.groups.map((id): ScopePart => ({ kind: 'group', id })),
    ...selection.tags.map((id): ScopePart => ({ kind: 'tag', id })),
    ...selection.users.map((id): ScopePart => ({ kind: 'user', id })),
    ...selection.devices.map((id): ScopePart => ({ kind: 'device', id })),
  ]
}

/** The selection with one more part; a unit is in it once, with or without what is below. */
export function withPart(selection: ScopeSelection, part: ScopePart): ScopeSelection {
  const rest = withoutPart(selection, part)
  switch (part.kind) {
    case 'unit':
    case 'unitBelow':
      return { ...rest, units: [...rest.units, { unit: part.id, below: part.kind === 'unitBelow' }] }
    case 'group':
      return { ...rest, groups: [...rest.groups, part.id] }
    case 'tag':
      return { ...rest, tags: [...rest.tags, part.id] }
    case 'user':
      return { ...rest, users: [...rest.users, part.id] }
    case 'device':
      return { ...rest, devices: [...rest.devices, part.id] }
  }
}

/** The selection without a part. */
export function withoutPart(selection: ScopeSelection, { kind, id }: ScopePart): ScopeSelection {
  const not = (list: readonly string[]) => list.filter(one => one !== id)
  return {
    ...selection,
    ...(kind === 'unit' || kind === 'unitBelow' ? { units: selection.units.filter(one => one.unit !== id) } : {}),
    ...(kind === 'group' ? { groups: not(selection.groups) } : {}),
    ...(kind === 'tag' ? { tags: not(selection.tags) } : {}),
    ...(kind === 'user' ? { users: not(selection.users) } : {}),
    ...(kind === 'device' ? { devices: not(selection.devices) } : {}),
  }
}

/** The scope as it is sent: conditions that ask nothing are left out. */
export function plainScope(scope: Scope): Scope {
  const { ownership, platforms, osFrom, osBelow, supervised, tags } = scope.conditions
  const conditions: ScopeConditions = {
    ...(ownership?.length ? { ownership } : {}),
    ...(platforms?.length ? { platforms } : {}),
    ...(osFrom ? { osFrom } : {}),
    ...(osBelow ? { osBelow } : {}),
    ...(supervised === undefined ? {} : { supervised }),
    ...(tags?.length ? { tags } : {}),
  }
  return { ...scope, conditions }
}
