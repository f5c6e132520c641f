import { versionNumber } from '../devices/index.ts'
import { compare } from './canonical.ts'
import type { AssignmentState, Conditions, Miss, Reach, Selection, Target, UnitScope } from './state.ts'

/** How deep a unit lies: 1 for the top unit, one more for each below. */
export function depthOf(path: string): number {
  let depth = -1
  for (const letter of path) if (letter === '/') depth += 1
  return Math.max(depth, 0)
}

/** Whether a selection names nothing at all. */
export function isEmpty(selection: Selection): boolean {
  const { units, groups, tags, users, devices } = selection
  return units.length + groups.length + tags.length + users.length + devices.length === 0
}

/**
 * Whether an assignment reaches a device at an instant: how near, or the first thing that keeps it from doing so.
 * The order of the questions is: switched on, in time, below the anchor, included, not excluded, conditions.
 */
export function reach(assignment: AssignmentState, target: Target, now: number): { reach: Reach } | { miss: Miss } {
  const untimely = timeMiss(assignment, now)
  if (untimely !== undefined) return { miss: untimely }
  const { anchor, scope } = assignment
  if (!target.path.startsWith(anchor)) return { miss: { why: 'outside-anchor', asked: anchor, is: target.path } }
  const found = nearest(scope.include, anchor, target)
  if (found === undefined) return { miss: { why: 'not-included' } }
  const excluded = named(scope.exclude, target)
  if (excluded !== undefined) return { miss: { why: 'excluded', asked: excluded } }
  const unmet = conditionMiss(scope.conditions, target) ?? tagMiss(scope.conditions, target)
  return unmet === undefined ? { reach: found } : { miss: unmet }
}

/** Why an assignment reaches nobody at an instant, if so; instants are Unix ms in digits. */
export function timeMiss({ enabled, from, until }: AssignmentState, now: number): Miss | undefined {
  if (!enabled) return { why: 'disabled' }
  if (from !== null && now < from) return { why: 'not-yet', asked: String(from), is: String(now) }
  if (until !== null && now >= until) return { why: 'over', asked: String(until), is: String(now) }
  return undefined
}

/** How near the includes of an assignment come to a device below its anchor; not at all: undefined. */
function nearest(include: Selection, anchor: string, target: Target): Reach | undefined {
  if (isEmpty(include)) return { level: 'unit', depth: depthOf(anchor), by: anchor }
  if (include.devices.includes(target.id)) return { level: 'device', depth: 0, by: target.id }
  if (target.user !== null && include.users.includes(target.user)) return { level: 'user', depth: 0, by: target.user }
  const group = first(include.groups, target.groups) ?? first(include.tags, target.tags)
  if (group !== undefined) return { level: 'group', depth: 0, by: group }
  return unitReach(include.units, anchor, target.path)
}

/** The deepest of the units that hold a path. One above the anchor counts as the anchor: the assignment comes no nearer and reaches no further. */
export function unitReach(units: readonly UnitScope[], anchor: string, path: string): Reach | undefined {
  let by: string | undefined
  for (const unit of units) {
    if (!holds(unit, path)) continue
    const part = anchor.startsWith(unit.path) ? anchor : unit.path
    if (by === undefined || part.length > by.length) by = part
  }
  return by === undefined ? undefined : { level: 'unit', depth: depthOf(by), by }
}

/** Whether a path is the unit, or below it where that is meant. */
export function holds(unit: UnitScope, path: string): boolean {
  return unit.below ? path.startsWith(unit.path) : path === unit.path
}

/** What of a selection names the device: its id, its user, a group, a tag or a unit. */
function named(selection: Selection, target: Target): string | undefined {
  if (selection.devices.includes(target.id)) return target.id
  if (target.user !== null && selection.users.includes(target.user)) return target.user
  return (
    first(selection.groups, target.groups) ??
    first(selection.tags, target.tags) ??
    selection.units
      .filter(unit => holds(unit, target.path))
      .map(unit => unit.path)
      .toSorted(compare)[0]
  )
}

/** The first, in the order of text, that is in both lists: the same whatever their order. */
function first(asked: readonly string[], held: readonly string[]): string | undefined {
  let found: string | undefined
  for (const one of asked) if (held.includes(one) && (found === undefined || one < found)) found = one
  return found
}

/** The first condition, tags apart, that a device does not meet. An empty list asks nothing. */
export function conditionMiss(asked: Conditions, target: Target): Miss | undefined {
  const { ownership = [], platforms = [] } = asked
  if (ownership.length > 0 && !ownership.includes(target.ownership))
    return { why: 'ownership', asked: ownership.join(', '), is: target.ownership }
  if (platforms.length > 0 && !platforms.includes(target.platform))
    return { why: 'platform', asked: platforms.join(', '), is: target.platform }
  return osMiss(asked, target.osVersion) ?? supervisionMiss(asked.supervised, target.supervised)
}

function osMiss({ osFrom, osBelow }: Conditions, is: string | null): Miss | undefined {
  if (osFrom === undefined && osBelow === undefined) return undefined
  if (is === null) return { why: 'os-unknown', asked: osFrom ?? osBelow ?? '' }
  const version = versionNumber(is)
  if (osFrom !== undefined && version < versionNumber(osFrom)) return { why: 'os-too-old', asked: osFrom, is }
  if (osBelow !== undefined && version >= versionNumber(osBelow)) return { why: 'os-too-new', asked: osBelow, is }
  return undefined
}

function supervisionMiss(asked: boolean | undefined, is: boolean | null): Miss | undefined {
  if (asked === undefined || asked === is) return undefined
  if (is === null) return { why: 'supervision-unknown' }
  return { why: asked ? 'not-supervised' : 'supervised' }
}

/** The first tag that a device should bear for an assignment and does not. */
export function tagMiss({ tags = [] }: Conditions, target: Target): Miss | undefined {
  const missing = tags.find(tag => !target.tags.includes(tag))
  return missing === undefined ? undefined : { why: 'tag-missing', asked: missing }
}
