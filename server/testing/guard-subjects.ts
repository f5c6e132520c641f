import * as guard from '../areas/guard/index.ts'
import { unitOf } from '../areas/identity/index.ts'
import type { Class, Subject } from './subjects.ts'

const intent = (body?: unknown): Class => ({ for: 'thing', of: 'intent', body })
const signed = {
  response: {
    id: 'AAAA',
    rawId: 'AAAA',
    type: 'public-key',
    response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
  },
}
const stop: Class = { for: 'whole' }
const lift: Class = { for: 'whole', body: signed }

/** What the guard's nouns are made of in the authorization matrix. */
export const guardSubjects = {
  intent: {
    make: async ({ h, unit }) => ({
      id: await h.run(async ctx => {
        const { path } = await unitOf(ctx, unit)
        const what = { action: 'test', unitPath: path, about: null, payload: {}, summary: {} }
        return guard.propose(ctx, { ...what, delayMs: 3_600_000 })
      }),
    }),
  },
} satisfies Record<string, Subject>

/** Whom their routes are for. */
export const guardClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/guard': { for: 'same' },
  'PUT /api/v1/guard/limits': { for: 'whole', body: guard.defaultLimits },
  'GET /api/v1/guard/approvers': { for: 'same' },
  'PUT /api/v1/guard/approvers': { for: 'whole', body: { need: 0 } },
  'POST /api/v1/guard/freeze': { for: 'whole', body: { reason: 'to see whether it is refused' } },
  'POST /api/v1/guard/unfreeze-options': stop,
  'POST /api/v1/guard/unfreeze': lift,
  'POST /api/v1/guard/close-breaker-options': stop,
  'POST /api/v1/guard/close-breaker': lift,
  'POST /api/v1/guard/release-epoch-options': stop,
  'POST /api/v1/guard/release-epoch': lift,
  'POST /api/v1/guard/confirm-time-options': stop,
  'POST /api/v1/guard/confirm-time': lift,
  'GET /api/v1/intents': { for: 'list', of: 'intent' },
  'GET /api/v1/intents/:id': intent(),
  'GET /api/v1/intents/:id/devices': { for: 'thing', of: 'intent', empty: true },
  'POST /api/v1/intents/:id/approval-options': intent(),
  'POST /api/v1/intents/:id/approve': intent(signed),
  'POST /api/v1/intents/:id/deny': intent({ reason: 'No' }),
  'POST /api/v1/intents/:id/cancel': intent(),
}
