/** What a piece of work cost the process, and how long everybody else had to wait for their turn meanwhile. */
export interface Beside {
  ms: number
  cpuMs: number
  /** The longest that a timer was late. */
  stallMs: number
  /** The most memory the process had so far. */
  peakMb: number
}

/** Does some work with a timer every millisecond beside it. */
export async function watching<T>(work: () => Promise<T>): Promise<{ result: T; beside: Beside }> {
  let stallMs = 0
  let last = performance.now()
  const tick = (): void => {
    const now = performance.now()
    stallMs = Math.max(stallMs, now - last - 1)
    last = now
  }
  const ticking = setInterval(tick, 1)
  const cpu = process.cpuUsage()
  const from = performance.now()
  const result = await work()
  const ms = performance.now() - from
  const { user, system } = process.cpuUsage(cpu)
  tick()
  clearInterval(ticking)
  return {
    result,
    beside: { ms, cpuMs: (user + system) / 1000, stallMs, peakMb: process.resourceUsage().maxRSS / 1e3 },
  }
}
