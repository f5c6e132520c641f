/** Where instants come from: Unix milliseconds of the wall, and a monotonic count for durations and leases within this process. */
export interface Clock {
  now(): number
  monotonic(): number
}

/** The clock of the machine. The only reader of the wall clock in the product. */
export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() }

/** How far the wall clock of this process has moved apart from the time it has been running since this was made: ahead above zero, behind below. */
export function driftOf(clock: Clock): () => number {
  const [wall, running] = [clock.now(), clock.monotonic()]
  return () => clock.now() - wall - (clock.monotonic() - running)
}

/** A clock that stands still until it is moved: for tests and for the demo of long waits. `jump` moves the wall alone, as a wrong time server does. */
export function movableClock(
  start: number,
): Clock & { pass(ms: number): void; set(at: number): void; jump(ms: number): void } {
  let at = start
  let ahead = 0
  return {
    now: () => at + ahead,
    monotonic: () => at,
    pass: ms => {
      at += ms
    },
    set: to => {
      at = to - ahead
    },
    jump: ms => {
      ahead += ms
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
