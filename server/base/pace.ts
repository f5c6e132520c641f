/** A bounded set of token buckets: how often each caller may do something. In memory, per process; the oldest callers are forgotten first. */
export interface Pace {
  /** Takes one; answers 0, or how many milliseconds to wait before the next is free. */
  take(who: string, now: number): number
}

/** At most `burst` at once and `perSecond` in the long run, for each of at most `callers` remembered callers. */
export function pace(options: { burst: number; perSecond: number; callers?: number }): Pace {
  const { burst, perSecond, callers = 20_000 } = options
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    take: (who, now) => {
      const bucket = buckets.get(who) ?? { left: burst, at: now }
      const left = Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * perSecond)
      const granted = left >= 1
      buckets.delete(who)
      buckets.set(who, { left: granted ? left - 1 : left, at: now })
      const oldest = buckets.size > callers ? buckets.keys().next().value : undefined
      if (oldest !== undefined) buckets.delete(oldest)
      return granted ? 0 : Math.ceil(((1 - left) / perSecond) * 1000)
    },
  }
}

const notes = new WeakMap<object, Pace>()

/** Whether what a device said without being asked goes into the log: some hundred times, and then every ten seconds. Nobody may fill the log, least of all for ever. */
export function noteworthy(secrets: object, who: string, now: number): boolean {
  const kept = notes.get(secrets) ?? pace({ burst: 100, perSecond: 0.1 })
  notes.set(secrets, kept)
  return kept.take(who, now) === 0
}
