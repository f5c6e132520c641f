import { useCallback, useSyncExternalStore } from 'react'

const listeners = new Map<number, Set<() => void>>()
const timers = new Map<number, ReturnType<typeof setInterval>>()
const shown = new Map<number, number>()

function subscribe(stepMs: number, tell: () => void): () => void {
  const set = listeners.get(stepMs) ?? new Set()
  listeners.set(stepMs, set)
  set.add(tell)
  if (!timers.has(stepMs)) {
    timers.set(
      stepMs,
      setInterval(() => tick(stepMs), stepMs),
    )
    shown.set(stepMs, Date.now())
  }
  return () => {
    set.delete(tell)
    if (set.size > 0) return
    clearInterval(timers.get(stepMs))
    timers.delete(stepMs)
  }
}

function tick(stepMs: number) {
  shown.set(stepMs, Date.now())
  for (const tell of listeners.get(stepMs) ?? []) tell()
}

/** The time now, again every `stepMs`; everyone with the same step shares one timer, so a table of ages ticks at once. */
export function useNow(stepMs = 10_000): number {
  const follow = useCallback((tell: () => void) => subscribe(stepMs, tell), [stepMs])
  return useSyncExternalStore(follow, () => {
    const at = shown.get(stepMs) ?? Date.now()
    shown.set(stepMs, at)
    return at
  })
}
