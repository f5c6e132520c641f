import { compare } from './canonical.ts'
import { admits, compile, type Compiled, type Lane, type Peers, peersOf } from './compiled.ts'
import { inWave, rolloutsOf, trialsOf } from './contribution.ts'
import { openMemory } from './memory.ts'
import type { OrgState, RolloutState, Target, TrialState } from './state.ts'

/**
 * What decides everything about one device: two devices with the same `signature` have the same contributions, of one state at one instant.
 */
export interface Signed {
  readonly signature: string
  /** The ways that reach it, nearest first. */
  readonly lanes: readonly Lane[]
  readonly trials: readonly TrialState[]
}

/** Signs devices of one state at one instant. */
export interface Signing {
  readonly rollouts: ReadonlyMap<string, RolloutState>
  sign(target: Target): Signed
}

const none: readonly never[] = []

/** Makes a state ready for signing many devices: each costs about a microsecond, however many assignments there are that do not concern it. */
export function openSigning(state: OrgState, now: number): Signing {
  const rollouts = rolloutsOf(state)
  const trials = trialsOf(state, now)
  const compiled = compile(state, now, rollouts)
  // Devices that differ in nothing that many of them share are peers; a fleet has some thousands of such classes.
  const classes = openMemory<Peers>(4096)
  const gathered = openGathering(compiled)
  return {
    rollouts,
    sign: target => {
      const { path, ownership, platform, osVersion, supervised } = target
      const name = `${path} ${ownership} ${platform} ${osVersion} ${supervised}`
      const peers = classes.get(name) ?? classes.put(name, peersOf(compiled, target))
      const on = trials.size === 0 ? none : (trials.get(target.id) ?? none)
      return gathered(target, peers, on)
    },
  }
}

/** Collects the lanes of one device after the other; what it marks is used again for the next. */
function openGathering({ sources, devices, users, groups, tags }: Compiled) {
  /** By index of the source: the last round in which it reached the device. */
  const reached = new Int32Array(sources.length)
  let round = 0
  let near: Lane[] = []

  const take = (lanes: readonly Lane[] | undefined, target: Target, { open }: Peers): void => {
    if (lanes === undefined) return
    for (const lane of lanes) {
      const { index } = lane.source
      if (open[index] === 0 || reached[index] === round || !admits(lane.source, target)) continue
      reached[index] = round
      near.push(lane)
    }
  }

  /** Lanes by device, then by user, then by group or tag: whichever finds a source first is nearest. */
  const personal = (target: Target, peers: Peers): void => {
    if (devices.size > 0) take(devices.get(target.id), target, peers)
    if (users.size > 0 && target.user !== null) take(users.get(target.user), target, peers)
    if (groups.size > 0) for (const group of ordered(target.groups)) take(groups.get(group), target, peers)
    if (tags.size > 0) for (const tag of ordered(target.tags)) take(tags.get(tag), target, peers)
  }

  return (target: Target, peers: Peers, trials: readonly TrialState[]): Signed => {
    round += 1
    near = []
    personal(target, peers)
    if (near.length === 0 && !peers.picky)
      return { signature: signatureOf(peers.tokens, peers.rollouts, target, trials), lanes: peers.lanes, trials }
    if (near.length > 1) near.sort((a, b) => a.order - b.order)
    for (const lane of peers.lanes)
      if (reached[lane.source.index] !== round && admits(lane.source, target)) near.push(lane)
    let tokens = ''
    let rollouts: readonly RolloutState[] = none
    for (const lane of near) {
      tokens += lane.token
      if (lane.rollouts.length > 0) rollouts = rollouts.concat(lane.rollouts)
    }
    return { signature: signatureOf(tokens, rollouts, target, trials), lanes: near, trials }
  }
}

/** Of several groups that match, the first in the order of text is named, whatever order the device has them in. */
function ordered(names: readonly string[]): readonly string[] {
  for (let i = 1; i < names.length; i += 1) if ((names[i - 1] ?? '') > (names[i] ?? '')) return names.toSorted(compare)
  return names
}

function signatureOf(
  tokens: string,
  rollouts: readonly RolloutState[],
  target: Target,
  trials: readonly TrialState[],
): string {
  let signature = tokens
  for (const rollout of rollouts) signature += inWave(rollout, target.id) ? '+' : '-'
  for (const trial of trials) signature += `!${trial.id}`
  return signature
}
