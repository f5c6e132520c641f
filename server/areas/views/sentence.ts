import { z } from 'zod'
import type { Device } from '../devices/index.ts'
import type { Enrollment } from '../enrollment/index.ts'
import type { WakeState } from '../push/index.ts'
import type { PolicyStanding } from './policy-store.ts'

/** How a thing is, in one sentence: the code names the sentence, the facts fill it. */
export const sentenceShape = z.object({
  tone: z.enum(['ok', 'attention', 'danger', 'pending', 'unknown']),
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

export type Sentence = z.output<typeof sentenceShape>

/** What the sentence of a device is made of. */
export interface Standing {
  device: Pick<Device, 'state' | 'stateAt' | 'stateReason' | 'lastSeenAt' | 'waiting' | 'enrolledAt'>
  enrollment: Pick<Enrollment, 'endingAt' | 'startedAt'> | null
  push: Pick<WakeState, 'state' | 'reason'> | null
  /** When the certificate that speaks for the device ends. */
  certificateEndsAt: number | null
  /** How far it is with what it should have; null: it is not managed. */
  policy: PolicyStanding | null
  now: number
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const stuckMs = hourMs

/** The one sentence about a device: the most pressing thing first. */
export function sentenceOf({ device, enrollment, push, certificateEndsAt, policy, now }: Standing): Sentence {
  const seen = { lastSeenAt: device.lastSeenAt, waiting: device.waiting }
  const say = (tone: Sentence['tone'], code: string, facts: Sentence['facts'] = {}): Sentence => ({
    tone,
    code,
    facts: { ...seen, ...facts },
  })
  switch (device.state) {
    case 'lost':
      return say('danger', 'lost', { since: device.stateAt })
    case 'ended':
      return say('unknown', 'ended', { since: device.stateAt, reason: device.stateReason })
    case 'enrolling': {
      const since = enrollment?.startedAt ?? device.stateAt
      return now - since > stuckMs
        ? say('attention', 'enrolling-stuck', { since })
        : say('pending', 'enrolling', { since })
    }
    default:
  }
  if (certificateEndsAt !== null && certificateEndsAt <= now)
    return say('danger', 'certificate-expired', { since: certificateEndsAt })
  if (device.state === 'silent') {
    const days = device.lastSeenAt === null ? null : Math.floor((now - device.lastSeenAt) / dayMs)
    return say('attention', 'silent', { since: device.stateAt, days })
  }
  if (enrollment !== null && enrollment.endingAt !== null)
    return say('pending', 'leaving', { since: enrollment.endingAt })
  if (push?.state === 'dead') return say('attention', 'push-dead', { reason: push.reason })
  if (push?.state === 'rejected') return say('attention', 'push-rejected', { reason: push.reason })
  if (policy !== null && policy.failed > 0)
    return policy.failed > policy.blocked
      ? say('attention', 'policies-failed', { n: policy.failed })
      : say('attention', 'policies-blocked', { n: policy.blocked })
  if (device.waiting > 0) return say('pending', 'waiting')
  if (policy !== null && policy.waiting > 0) return say('pending', 'policies-waiting', { n: policy.waiting })
  return say('ok', 'active')
}
