/** When a campaign goes on and when it halts by itself. */
export interface Terms {
  /** Percent of the devices, growing, the last one 100. */
  readonly waves: readonly number[]
  readonly watchMs: number
  /** False: it never halts by itself. */
  readonly halts: boolean
  /** Of the devices that answered; above it the campaign halts at once. */
  readonly stopAbovePercent: number
  /** When so many percent more of those reached have fallen silent than of those not reached, it halts. */
  readonly dropPercent: number
}

/** What a look at the devices of a campaign found. */
export interface Counts {
  readonly eligible: number
  readonly blocked: number
  readonly done: number
  readonly unknown: number
  readonly excepted: number
  /** Devices the waves have come to, and of them: those that have the version, that failed at it, that fell silent since. */
  readonly reached: number
  readonly reachedDone: number
  readonly failed: number
  readonly reachedSilent: number
  /** Devices the waves have not come to that were heard lately, and of them those that fell silent. */
  readonly others: number
  readonly othersSilent: number
}

export const noCounts: Counts = {
  eligible: 0,
  blocked: 0,
  done: 0,
  unknown: 0,
  excepted: 0,
  reached: 0,
  reachedDone: 0,
  failed: 0,
  reachedSilent: 0,
  others: 0,
  othersSilent: 0,
}

/** What is to be done with a campaign now. */
export type Verdict =
  | { readonly do: 'wait'; readonly until: number }
  | { readonly do: 'advance' }
  | { readonly do: 'finish' }
  | { readonly do: 'halt'; readonly why: 'failures' | 'silence'; readonly percent: number }

/** A single failure is a device's; from this many on it is the version's, unless the wave is smaller. */
const leastFailures = 2
/** Fewer that say nothing may lie in drawers. */
const leastSilent = 3
/** After so many times its watch a wave of which nobody has it grows. */
const patience = 3
/** A wave of fewer grows after one watch already: all of them may be away, or people who wait. */
const fewDevices = 5

/**
 * Judges the wave that is out since `waveAt`. Failures and devices that fall silent halt it at any time; the next wave waits until the watch ends
 * and until somebody of this wave has answered. Silence is measured against the devices that were not reached, because at night all are silent. Pure.
 */
export function judge(
  terms: Terms,
  { wave, waveAt, now, counts }: { wave: number; waveAt: number; now: number; counts: Counts },
): Verdict {
  const { failed, reached, reachedDone, reachedSilent, others, othersSilent } = counts
  const answered = failed + reachedDone
  if (terms.halts && failed >= Math.min(leastFailures, Math.max(1, reached))) {
    const share = percentOf(failed, answered)
    if (share > terms.stopAbovePercent) return { do: 'halt', why: 'failures', percent: share }
  }
  if (terms.halts && reachedSilent >= leastSilent && others > 0) {
    const drop = percentOf(reachedSilent, reached) - percentOf(othersSilent, others)
    if (drop > terms.dropPercent) return { do: 'halt', why: 'silence', percent: Math.round(drop * 10) / 10 }
  }
  const ends = waveAt + terms.watchMs
  // A wave that has come to nobody tells nothing about the version.
  if (reached === 0)
    return counts.eligible === 0 && counts.done > 0 ? { do: 'finish' } : { do: 'wait', until: now + terms.watchMs }
  if (wave >= terms.waves.length - 1)
    return counts.eligible === 0 ? { do: 'finish' } : { do: 'wait', until: now + terms.watchMs }
  if (now < ends) return { do: 'wait', until: ends }
  // Nobody has it yet: going on would tell more people than the version. The wave grows instead, see `wanted`.
  if (terms.halts && reachedDone === 0 && others > 0) return { do: 'wait', until: now + terms.watchMs }
  return { do: 'advance' }
}

/**
 * How many devices the waves should have come to, of those that can take the version. A wave of which nobody has it after three times its
 * watch (a small one after one) gets as many devices again, and again: those that were first may lie in drawers. Pure.
 */
export function wanted(
  terms: Pick<Terms, 'waves' | 'halts' | 'watchMs'>,
  { wave, waveAt, now, done, of }: { wave: number; waveAt: number; now: number; done: number; of: number },
): number {
  const share = terms.waves[wave] ?? 100
  const first = Math.ceil((of * share) / 100)
  const after = (first < fewDevices ? 1 : patience) * terms.watchMs
  const again = terms.halts && done === 0 ? Math.floor((now - waveAt) / after) : 0
  return Math.min(of, first * (1 + Math.max(0, again)))
}

/** When the last device is likely to be done, by how the last day went; null when nothing moves. Pure. */
export function etaOf(points: readonly { at: number; left: number }[], now: number): number | null {
  const last = points.at(-1)
  if (!last || last.left === 0) return null
  const since = points.find(p => p.at >= now - 86_400_000) ?? points[0]
  if (!since || since.at === last.at) return null
  const pace = (since.left - last.left) / (last.at - since.at)
  return pace > 0 ? Math.round(last.at + last.left / pace) : null
}

/** What keeps terms from being used, by field; empty when nothing does. */
export function faultsOf({ waves }: Pick<Terms, 'waves'>): { path: string; message: string }[] {
  const faults: { path: string; message: string }[] = []
  if (waves.some((w, i) => w <= (waves[i - 1] ?? 0)))
    faults.push({ path: 'body.waves', message: 'each wave is larger than the one before' })
  if (waves.at(-1) !== 100) faults.push({ path: 'body.waves', message: 'the last wave is 100' })
  return faults
}

function percentOf(part: number, of: number): number {
  return of === 0 ? 0 : Math.round((part / of) * 1000) / 10
}
