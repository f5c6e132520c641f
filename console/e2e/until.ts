import { setTimeout as sleep } from 'node:timers/promises'

/** How often longer than on a machine with nothing else to do everything may take: what hangs is found later, and what is only slow is no fault. */
export const patience = 6

/** Asks again and again until it is so, or throws what `otherwise` says; the time is that of a machine with nothing else to do. */
export async function until(so: () => boolean | Promise<boolean>, ms: number, otherwise: () => string): Promise<void> {
  const end = Date.now() + ms * patience
  while (!(await so())) {
    if (Date.now() > end) throw new Error(otherwise())
    await sleep(50)
  }
}
