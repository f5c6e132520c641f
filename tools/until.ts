import { setTimeout as sleep } from 'node:timers/promises'

/** So long a test waits for what other processes, sockets and timers do. A wait that comes to its end costs nothing, so it is long enough for a machine that is slow and busy. */
export const patienceMs = 90_000

/** Waits until it is so, looking again and again; fails with what was waited for. `meanwhile` is done between two looks, such as letting the server work. */
export async function until(
  what: string | (() => string),
  is: () => boolean | Promise<boolean>,
  { meanwhile, everyMs = 20 }: { meanwhile?: () => Promise<unknown>; everyMs?: number } = {},
): Promise<void> {
  const end = performance.now() + patienceMs
  for (;;) {
    // The look after the time is over counts too: the machine may have stood still.
    const late = performance.now() > end
    if (await is()) return
    if (late)
      throw new Error(`in ${patienceMs / 1000} s it did not come to this: ${typeof what === 'string' ? what : what()}`)
    await meanwhile?.()
    await sleep(everyMs)
  }
}
