const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** The channels of agents, cheapest and fastest first; the last two cost money or time. */
export const channels = ['mqtt', 'fcm', 'webpush', 'wait', 'sms', 'poll'] as const
export type Channel = (typeof channels)[number]

/** How long a wake waits for an answer on a channel before it goes to the next. */
export const patienceMs: Readonly<Record<Channel, number>> = {
  mqtt: 10 * second,
  fcm: minute,
  webpush: minute,
  wait: 5 * second,
  sms: 5 * minute,
  poll: 15 * minute,
}

/** How long the agent is left to call by itself before the whole ladder is climbed again, by how often that was done. */
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

/** How long to wait on a rung, in the nth round (from 0). */
export function waitOn(rung: Channel, round: number): number {
  return rung === 'poll' ? (again[Math.min(round, again.length - 1)] ?? hour) : patienceMs[rung]
}

/** Whether a text says a channel. */
export function isChannel(text: string): text is Channel {
  return channels.some(c => c === text)
}
