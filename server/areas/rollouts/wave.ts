/** How a rollout goes: which share of the devices in which wave, how long each is watched, and when it stops by itself. */
export interface Terms {
  /** Percent of the devices, growing, the last one 100. */
  readonly waves: readonly number[]
  readonly watchMs: number
  /** Of the devices that answered; above it the rollout stops at once. */
  readonly stopAbovePercent: number
  /** Of the devices in the wave; below it the rollout stops at the end of the watch. 0 never stops it. */
  readonly minHeardPercent: number
}

/** How the devices fare that have the new version. */
export interface Counts {
  /** That should have it. */
  readonly of: number
  /** To which it was handed over. */
  readonly heard: number
  readonly installed: number
  readonly failed: number
}

/** How long a wave that seems to reach nobody is given to show whom it reaches after all. */
const emptyMs = 60_000
const soonMs = 5000

/** What is to be done with a rollout now. */
export type Verdict =
  | { readonly do: 'wait'; readonly until: number }
  | { readonly do: 'advance' }
  | { readonly do: 'finish' }
  | { readonly do: 'stop'; readonly why: 'failures' | 'silence'; readonly percent: number }

/**
 * Looks at the wave that is out since `waveAt`. Failures stop it at any time; silence and success are judged when the watch ends, and not while
 * the server is `behind` with working out who should have what. Pure.
 */
export function judge(
  terms: Terms,
  wave: number,
  { counts, waveAt, now, behind }: { counts: Counts; waveAt: number; now: number; behind: boolean },
): Verdict {
  const answered = counts.installed + counts.failed
  const failed = percent(counts.failed, answered)
  if (answered > 0 && failed > terms.stopAbovePercent) return { do: 'stop', why: 'failures', percent: failed }
  const ends = waveAt + (counts.of > 0 ? terms.watchMs : Math.min(terms.watchMs, emptyMs))
  if (now < ends) return { do: 'wait', until: ends }
  if (behind) return { do: 'wait', until: now + soonMs }
  const heard = percent(counts.heard, counts.of)
  if (counts.of > 0 && heard < terms.minHeardPercent) return { do: 'stop', why: 'silence', percent: heard }
  return wave >= terms.waves.length - 1 ? { do: 'finish' } : { do: 'advance' }
}

/** What keeps terms from being used, by field; empty when nothing does. */
export function faultsOf(terms: Terms): { path: string; message: string }[] {
  const faults: { path: string; message: string }[] = []
  const { waves } = terms
  if (waves.some((w, i) => w <= (waves[i - 1] ?? 0)))
    faults.push({ path: 'rollout.waves', message: 'each wave is larger than the one before' })
  if (waves.at(-1) !== 100) faults.push({ path: 'rollout.waves', message: 'the last wave is 100' })
  return faults
}

function percent(part: number, of: number): number {
  return of === 0 ? 0 : Math.round((part / of) * 1000) / 10
}
