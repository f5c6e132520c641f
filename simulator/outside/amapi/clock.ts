/** The time of the fake: somebody's clock and how far it was moved on, with what is to happen at which time. */
export interface Clock {
  now(): number
  /** Does something once the time has come: at the next look at the clock after it. */
  at(when: number, act: () => void): void
  /** Moves it on; nothing happens before `run`. */
  advance(ms: number): void
  /** Does everything whose time has come, in order, each at its own time. */
  run(): void
}

interface Planned {
  readonly when: number
  readonly act: () => void
}

/** A clock that follows another. */
export function clockAfter(base: () => number): Clock {
  let ahead = 0
  let during: number | null = null
  const plan: Planned[] = []
  const now = (): number => during ?? base() + ahead
  return {
    now,
    at: (when, act) => {
      plan.push({ when, act })
      // Sorting is stable: what was planned first for one time happens first.
      plan.sort((a, b) => a.when - b.when)
    },
    advance: ms => {
      ahead += ms
    },
    run: () => {
      if (during !== null) return
      const until = now()
      for (let next = plan[0]; next && next.when <= until; next = plan[0]) {
        plan.shift()
        during = next.when
        try {
          next.act()
        } finally {
          during = null
        }
      }
    },
  }
}

/** An instant as the API writes it. */
export function timeOf(ms: number): string {
  return new Date(ms).toISOString()
}

/** Milliseconds of `3600s`; null for what is none. */
export function durationOf(value: unknown): number | null {
  const seconds = typeof value === 'string' ? /^(\d+(?:\.\d+)?)s$/.exec(value)?.[1] : undefined
  return seconds === undefined ? null : Math.round(Number(seconds) * 1000)
}
