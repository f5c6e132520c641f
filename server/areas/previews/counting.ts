import type { Id } from '../../base/id.ts'
import type { Base } from '../../base/transact.ts'
import { type AssignmentState, candidates, type OrgState, reach, type Target } from '../blueprints/index.ts'
import { fleetClasses } from '../devices/index.ts'
import { type Gap, gapsOf, shownRoad } from './honored.ts'
import { amongOf } from './compute.ts'
import { type NamedTarget, seeing, walk } from './target.ts'

/** Devices that are looked at one by one before an answer is given by classes instead: some pages, whatever the fleet. */
const most = 20_000

/** The devices that assignments reach. `exact` is false where there are more than are looked at: then it is what the first of them and the classes tell. */
export interface Count {
  devices: number
  /** null where the devices were only counted by class. */
  people: number | null
  exact: boolean
  sample: NamedTarget[]
}

/** The part of the org that these assignments can reach. */
function reachedBy(assignments: readonly AssignmentState[]) {
  const none = { revision: 0, policies: new Map(), blueprints: new Map(), rollouts: [], trials: [], names: new Map() }
  const state = (some: readonly AssignmentState[]): OrgState => ({ ...none, assignments: some })
  const [before, after] = [state([]), state(assignments)]
  return amongOf({ before, after, among: candidates(before, after) })
}

/** How many devices these assignments reach at an instant, and the first few of them. */
export async function countReached(
  base: Base,
  org: Id<'org'>,
  { assignments, at }: { assignments: readonly AssignmentState[]; at: number },
): Promise<Count> {
  const people = new Set<string>()
  const sample: NamedTarget[] = []
  let devices = 0
  const exact = await each(base, org, { assignments, at }, target => {
    devices += 1
    if (target.user !== null) people.add(target.user)
    if (sample.length < 10) sample.push(target)
  })
  if (exact) return { devices, people: people.size, exact, sample }
  let counted = 0
  for (const one of await classesOf(base, org, assignments, at)) counted += one.devices
  return { devices: Math.max(counted, devices), people: null, exact, sample }
}

/** Looks at every device that is reached, unless there are too many; answers whether it looked at all. */
async function each(
  base: Base,
  org: Id<'org'>,
  { assignments, at }: { assignments: readonly AssignmentState[]; at: number },
  visit: (target: NamedTarget) => void,
): Promise<boolean> {
  let looked = 0
  for await (const page of walk(base, org, reachedBy(assignments))) {
    for (const target of page) if (assignments.some(a => 'reach' in reach(a, target, at))) visit(target)
    looked += page.length
    if (looked >= most) return false
    await new Promise(resolve => setImmediate(resolve))
  }
  return true
}

type Class = Awaited<ReturnType<typeof fleetClasses>>[number]

/** Devices by class where assignments reach whole units; excludes, groups, users and tags are left aside. */
async function classesOf(
  base: Base,
  org: Id<'org'>,
  assignments: readonly AssignmentState[],
  at: number,
): Promise<Class[]> {
  const { within } = reachedBy(assignments)
  const none = { units: [], groups: [], tags: [], users: [], devices: [] }
  const plain = assignments.map(({ scope: { conditions }, ...a }) => {
    const { tags: _, ...rest } = conditions
    return { ...a, scope: { include: none, exclude: none, conditions: rest } }
  })
  const classes = await base.read(seeing(org), ctx => fleetClasses(ctx, within))
  return classes.filter(one => plain.some(a => 'reach' in reach(a, likeOne(one, a.anchor), at)))
}

function likeOne(one: Class, path: string): Target {
  return { ...one, id: '', path, user: null, groups: [], tags: [] }
}

/** What the devices of one platform make of a policy; those held in one way, where that makes a difference. */
export interface PlatformCoverage {
  platform: string
  road: string | null
  mode: string | null
  devices: number
  full: number
  partly: number
  not: number
  gaps: { reason: string; devices: number; keys: string[] }[]
}

/** What the real devices that a policy reaches make of it, by platform, most devices first. */
export async function coverageOf(
  base: Base,
  org: Id<'org'>,
  { state, policy, at }: { state: OrgState; policy: string; at: number },
): Promise<{ devices: number; exact: boolean; platforms: PlatformCoverage[] }> {
  const holding = new Set([...state.blueprints.values()].filter(b => b.items.includes(policy)).map(b => b.id))
  const assignments = state.assignments.filter(a => holding.has(a.blueprint))
  const known = state.policies.get(policy)
  const value = known?.versions.get(known.current)
  if (!known || value === undefined || assignments.length === 0) return { devices: 0, exact: true, platforms: [] }
  const classes = new Map<string, Class>()
  const looked = await each(base, org, { assignments, at }, target => {
    const { platform, osVersion, supervised, ownership, road = null, mode = null } = target
    const name = JSON.stringify([platform, osVersion, supervised, ownership, road, mode])
    const one = classes.get(name) ?? { platform, osVersion, supervised, ownership, road, mode, devices: 0 }
    one.devices += 1
    classes.set(name, one)
  })
  const all = looked ? [...classes.values()] : await classesOf(base, org, assignments, at)
  const held = Map.groupBy(all, c => JSON.stringify([c.platform, shownRoad(c).road, shownRoad(c).mode]))
  const platforms = [...held.values()].flatMap(some => {
    const [like] = some
    const gaps = some.map(one => ({ devices: one.devices, gaps: gapsOf(known.kind, value, one) }))
    return like ? [covered({ platform: like.platform, ...shownRoad(like) }, gaps)] : []
  })
  return {
    devices: all.reduce((sum, one) => sum + one.devices, 0),
    exact: looked,
    platforms: platforms.sort((a, b) => b.devices - a.devices),
  }
}

function covered(
  of: Pick<PlatformCoverage, 'platform' | 'road' | 'mode'>,
  classes: readonly { devices: number; gaps: readonly Gap[] }[],
) {
  const coverage: PlatformCoverage = { ...of, devices: 0, full: 0, partly: 0, not: 0, gaps: [] }
  const gaps = new Map<string, { reason: string; devices: number; keys: Set<string> }>()
  for (const { devices, gaps: found } of classes) {
    coverage.devices += devices
    if (found.length === 0) coverage.full += devices
    else if (found.some(g => g.key === '' && g.how === 'no')) coverage.not += devices
    else coverage.partly += devices
    for (const reason of new Set(found.map(g => g.reason))) {
      const gap = gaps.get(reason) ?? { reason, devices: 0, keys: new Set<string>() }
      gap.devices += devices
      for (const { key } of found.filter(g => g.reason === reason && g.key !== '')) gap.keys.add(key)
      gaps.set(reason, gap)
    }
  }
  const shown = [...gaps.values()].map(g => ({ ...g, keys: [...g.keys].sort() }))
  return { ...coverage, gaps: shown.sort((a, b) => b.devices - a.devices) }
}
