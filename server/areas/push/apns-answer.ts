/**
 * What became of one push. `dead`: the address is gone. `rejected`: a person must do something. `later`: the same push may succeed.
 * `provider` says that the provider or our standing with it is at fault, so every push would fare alike.
 */
export type Outcome =
  | { kind: 'accepted'; status: 200; apnsId: string | null }
  | { kind: 'dead'; status: 410; reason: string; since: number | null }
  | { kind: 'rejected'; status: number; reason: string; provider: boolean }
  | { kind: 'later'; status: number | null; reason: string; provider: boolean; retryAfterMs: number | null }

/** Sorts an answer of APNs by its status; the reason is only told on. */
export function outcomeOf(status: number, headers: Record<string, unknown>, body: string): Outcome {
  const { reason, timestamp } = readBody(body)
  const why = reason ?? `status ${status}`
  if (status === 200) return { kind: 'accepted', status, apnsId: textOf(headers['apns-id']) }
  if (status === 410) return { kind: 'dead', status, reason: why, since: timestamp }
  // Apple: IdleTimeout closes a connection, it says nothing of the push.
  if (status === 429 || status >= 500 || reason === 'IdleTimeout')
    return { kind: 'later', status, reason: why, provider: status !== 429, retryAfterMs: retryAfterOf(headers) }
  return { kind: 'rejected', status, reason: why, provider: status === 403 }
}

/** What a push that got no answer is: the connection failed, was ended or took too long. */
export function unanswered(reason: string): Outcome {
  return { kind: 'later', status: null, reason: reason.slice(0, 200), provider: true, retryAfterMs: null }
}

function readBody(body: string): { reason: string | null; timestamp: number | null } {
  try {
    const value = JSON.parse(body) as unknown
    if (value === null || typeof value !== 'object') return { reason: null, timestamp: null }
    const reason = textOf(Reflect.get(value, 'reason'))
    const timestamp: unknown = Reflect.get(value, 'timestamp')
    return { reason, timestamp: typeof timestamp === 'number' && Number.isFinite(timestamp) ? timestamp : null }
  } catch {
    return { reason: null, timestamp: null }
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 100) : null
}

function retryAfterOf(headers: Record<string, unknown>): number | null {
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) * 1000 : null
}
