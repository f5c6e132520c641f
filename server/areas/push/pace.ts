const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** APNs keeps only the last push of a device and may drop it, so an unanswered one is repeated, ever more rarely. */
const unanswered = [minute, 5 * minute, 30 * minute, 2 * hour, 24 * hour]
/** A refusal needs a person; it is tried again all the same, because the person may have acted. */
const rejected = [10 * minute, hour, 6 * hour, 24 * hour]

/** A push repeated sooner than this adds nothing: the device was just asked. */
export const coalesceMs = minute

/** How long to wait for a contact after the nth accepted push (from 1), with up to a tenth of jitter. */
export function repeatAfterMs(pushes: number): number {
  return spread(unanswered[Math.min(pushes, unanswered.length) - 1] ?? minute)
}

/** How long to wait after the nth refusal in a row (from 1). */
export function rejectedAfterMs(failures: number): number {
  return spread(rejected[Math.min(failures, rejected.length) - 1] ?? hour)
}

/** How long to wait after the nth transient failure in a row (from 1): full jitter, from a second to an hour, never below what the provider asked. */
export function transientAfterMs(failures: number, askedMs: number | null): number {
  const most = Math.min(hour, second * 2 ** Math.min(failures, 12))
  return Math.round(Math.max(askedMs ?? 0, second + Math.random() * most))
}

function spread(ms: number): number {
  return Math.round(ms * (1 + Math.random() / 10))
}
