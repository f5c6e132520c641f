import { compare } from './canonical.ts'
import { admits, type Compiled, compile, conditionsMet, type Lane, type Place, placeAt } from './compiled.ts'
import { inWave, rolloutsOf, trialsOf } from './contribution.ts'
import { openMemory } from './memory.ts'
import type { OrgState, RolloutState, Target, TrialState } from './state.ts'

/** What decides everything about one device: two devices with the same `signature` have the same contributions, of one state at one instant. */
export interface Signed {
  readonly signature: string
  /** The ways that bring it a policy that no nearer one brings, nearest first. */
  readonly lanes: readonly Lane[]
  readonly trials: readonly TrialState[]
}

/** Signs devices of one state at one instant. */
export interface Signing {
  readonly rollouts: ReadonlyMap<string, RolloutState>
  sign(target: Target): Signed
}

const none: readonly never[] = []

/** How many units and how many sets of facts are remembered. */
const remembered = 8192

/** Makes a state ready for signing many devices: each costs some microseconds, however many assignments there are that do not concern it. */
export function openSigning(state: OrgState, now: number): Signing {
  const rollouts = rolloutsOf(state)
  const trials = trialsOf(state, now)
  const compiled = compile(state, now, rollouts)
  const places = openMemory<string, Place>(remembered)
  const known = openMemory<string, Uint8Array>(remembered)
  const nearTo = openNear(compiled)
  const speaking = openSpeaking(state.policies.size)
  return {
    rollouts,
    sign: target => {
      const { path, ownership, platform, osVersion, supervised } = target
      const facts = `${ownership} ${platform} ${osVersion} ${supervised}`
      const place = places.get(path) ?? places.put(path, placeAt(compiled, path))
      const met = known.get(facts) ?? known.put(facts, conditionsMet(compiled, target))
      const near = nearTo(target, place, met)
      const lanes = speaking(near, place.lanes, lane => met[lane.source.condition] === 1 && admits(lane.source, target))
      const on = trials.size === 0 ? none : (trials.get(target.id) ?? none)
      return { signature: signatureOf(lanes, target, on), lanes, trials: on }
    },
  }
}

/** Answers the lanes, first the near ones and then those of the unit that count, without those all of whose policies come by nearer ones. */
function openSpeaking(policies: number) {
  /** By number of the policy: the last round in which a lane brought it. */
  const claimed = new Int32Array(policies)
  let round = 0
  let left = 0
  const speaks = ({ source }: Lane): boolean => {
    const before = left
    for (const policy of source.policies)
      if (claimed[policy] !== round) {
        claimed[policy] = round
        left -= 1
      }
    return left < before
  }
  return (near: readonly Lane[], unit: readonly Lane[], counts: (lane: Lane) => boolean): Lane[] => {
    round += 1
    left = policies
    const lanes: Lane[] = []
    for (const lane of near) if (speaks(lane)) lanes.push(lane)
    for (const lane of unit) {
      if (left === 0) break
      if (counts(lane) && speaks(lane)) lanes.push(lane)
    }
    return lanes
  }
}

/** Finds the lanes by device, user, group or tag, nearest first; one assignment may come by several. */
function openNear({ devices, users, groups, tags }: Compiled) {
  return (target: Target, { open }: Place, met: Uint8Array): Lane[] => {
    const near: Lane[] = []
    const take = (lanes: readonly Lane[] | undefined): void => {
      if (lanes === undefined) return
      for (const lane of lanes) {
        const { index, condition } = lane.source
        if (open[index] === 1 && met[condition] === 1 && admits(lane.source, target)) near.push(lane)
      }
    }
    if (devices.size > 0) take(devices.get(target.id))
    if (users.size > 0 && target.user !== null) take(users.get(target.user))
    if (groups.size > 0) for (const group of ordered(target.groups)) take(groups.get(group))
    if (tags.size > 0) for (const tag of ordered(target.tags)) take(tags.get(tag))
    return near.length > 1 ? near.sort((a, b) => a.order - b.order) : near
  }
}

/** Of several groups that match, the first in the order of text is named, whatever order the device has them in. */
function ordered(names: readonly string[]): readonly string[] {
  for (let i = 1; i < names.length; i += 1) if ((names[i - 1] ?? '') > (names[i] ?? '')) return names.toSorted(compare)
  return names
}

function signatureOf(lanes: readonly Lane[], target: Target, trials: readonly TrialState[]): string {
  let signature = ''
  for (const { token } of lanes) signature += token
  for (const { source } of lanes)
    for (const rollout of source.rollouts) signature += inWave(rollout, target.id) ? '+' : '-'
  for (const trial of trials) signature += `!${trial.id}`
  return signature
}
