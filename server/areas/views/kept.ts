import { systemClock } from '../../base/clock.ts'
import type { Ctx } from '../../base/ctx.ts'

interface Kept {
  value: Promise<unknown>
  until: number
}

const shelves = new WeakMap<object, Map<string, Kept>>()
const longestMs = 5000
const cheapMs = 8
const most = 1000

/**
 * A costly number that many readers ask for: kept in this process for 25 times as long as it took to find, at most 5 seconds.
 * So counting never takes more than a twenty-fifth of one core, and what is cheap to find is always fresh.
 * `key` must name everything the value depends on beside the org, the reader's scope too.
 */
export function kept<T>(ctx: Ctx, key: string, find: () => Promise<T>): Promise<T> {
  const shelf = shelves.get(ctx.secrets) ?? new Map<string, Kept>()
  shelves.set(ctx.secrets, shelf)
  const name = `${ctx.org} ${key}`
  const now = systemClock.monotonic()
  const known = shelf.get(name)
  if (known && known.until > now) return known.value as Promise<T>
  if (shelf.size >= most) shelf.clear()
  const one: Kept = { value: find(), until: 0 }
  shelf.set(name, one)
  const took = (): void => {
    const cost = systemClock.monotonic() - now
    one.until = cost < cheapMs ? 0 : systemClock.monotonic() + Math.min(longestMs, cost * 25)
  }
  one.value.then(took, () => shelf.delete(name))
  return one.value as Promise<T>
}
