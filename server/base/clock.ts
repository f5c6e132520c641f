/** Where instants come from: Unix milliseconds of the wall, and a monotonic count for durations and leases within this process. */
export interface Clock {
  now(): number
  monotonic(): number
}

/** The clock of the machine. The only reader of the wall clock in the product. */
export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() }

/** A clock that stands still until it is moved: for tests and for the demo of long waits. */
export function movableClock(start: number): Clock & { pass(ms: number): void; set(at: number): void } {
  let at = start
  return {
    now: () => at,
    monotonic: () => at,
    pass: ms => {
      at += ms
    },
    set: to => {
      at = to
    },
  }
}

/** Waits at least `ms`; ends early (without error) when the signal fires. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve()
  return new Promise(resolve => {
    const done = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
}
