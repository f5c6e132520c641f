const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** The channels of agents, fastest first. A text message costs money, so it goes only when the agent has not even called by itself. */
export const channels = ['mqtt', 'fcm', 'webpush', 'wait', 'poll', 'sms'] as const
export type Channel = (typeof channels)[number]

/** How long a wake waits for an answer on a channel before it goes to the next. */
export const patienceMs: Readonly<Record<Channel, number>> = {
  mqtt: 10 * second,
  fcm: minute,
  webpush: minute,
  wait: 5 * second,
  poll: 15 * minute,
  sms: 5 * minute,
}

/** Whoever locks a lost device does not wait a quarter of an hour for its own rhythm. */
const urgentPollMs = minute

/** How long the agent is left to call by itself at least, by how often the ladder was climbed. */
const again = [15 * minute, hour, 6 * hour, 24 * hour]

/** The rungs of a ladder: the channels of an agent that work now, in their order. */
export function ladderOf(ready: readonly Channel[]): Channel[] {
  return channels.filter(c => c === 'poll' || ready.includes(c))
}

/** The rung after this one; null once the last was tried. */
export function rungAfter(ladder: readonly Channel[], rung: Channel | null): Channel | null {
  const at = rung === null ? -1 : channels.indexOf(rung)
  return ladder.find(c => channels.indexOf(c) > at) ?? null
}

/** What decides how long the agent is left to call by itself. */
export interface Leave {
  /** How often the ladder was climbed to its end before. */
  readonly round: number
  readonly urgent: boolean
  /** By when its own rhythm lets it call at the latest. */
  readonly rhythmMs: number
}

/** How long to wait on a rung. */
export function waitOn(rung: Channel, { round, urgent, rhythmMs }: Leave): number {
  if (rung !== 'poll') return patienceMs[rung]
  if (urgent && round === 0) return urgentPollMs
  const before = urgent ? round - 1 : round
  return Math.max(rhythmMs, again[Math.min(before, again.length - 1)] ?? hour)
}

/** Whether a text says a channel. */
export function isChannel(text: string): text is Channel {
  return channels.some(c => c === text)
}
