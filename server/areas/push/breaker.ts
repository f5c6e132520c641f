/** Keeps a provider that is down from being asked by everyone: after some failures in a row nobody asks, then one, then all again. */
export interface Breaker {
  /** Whether a push may go out now. After a pause, exactly one may. */
  admits(now: number): boolean
  succeeded(): void
  failed(now: number, reason: string): void
  /** Stops asking until then, for a reason that only a person removes. */
  hold(until: number, reason: string): void
  /** Until when nobody asks; null while all may. */
  readonly openUntil: number | null
  readonly reason: string | null
}

const tolerated = 5
const longestMs = 60_000

/** A breaker that admits everyone. `now` is the monotonic clock in ms. */
export function openBreaker(): Breaker {
  let failures = 0 // in a row
  let openUntil: number | null = null
  let probing = false
  let reason: string | null = null
  return {
    get openUntil() {
      return openUntil
    },
    get reason() {
      return reason
    },
    admits: now => {
      if (openUntil === null) return true
      if (now < openUntil || probing) return false
      probing = true
      return true
    },
    succeeded: () => {
      failures = 0
      openUntil = null
      probing = false
      reason = null
    },
    failed: (now, why) => {
      failures += 1
      if (failures < tolerated && !probing) return
      probing = false
      reason = why
      const most = Math.min(longestMs, 1000 * 2 ** Math.min(failures - tolerated + 1, 6))
      openUntil = now + Math.round(most * (0.5 + Math.random() / 2))
    },
    hold: (until, why) => {
      probing = false
      reason = why
      openUntil = until
    },
  }
}
