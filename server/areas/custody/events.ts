import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const keeping = { ref: z.string(), kind: z.string(), name: z.string(), endsAt: z.number() }

/** What the log keeps of custody. Addresses here are those of accounts and groups that the fleet depends on. */
export const custodyEvents = {
  changed: eventType('keeping.changed', {
    ref: z.string(),
    kind: z.string(),
    name: z.string(),
    fields: z.array(z.string()),
  }),
  /** It ends in so many days: 60, 30, 14, 7, 3 and 1, once each. `level` says who is told, `owner` whom first. */
  ending: eventType('keeping.ending', {
    ...keeping,
    days: z.number(),
    level: z.enum(['owner', 'admins', 'everyone']),
    owner: z.string().nullable(),
  }),
  /** What had been announced no longer ends then. */
  renewed: eventType('keeping.renewed', keeping),
  /** It is no longer here. */
  gone: eventType('keeping.gone', { ref: z.string() }),
  accountAdded: eventType('external-account.added', { address: z.string(), service: z.string() }),
  accountChanged: eventType('external-account.changed', { address: z.string(), fields: z.array(z.string()) }),
  accountRemoved: eventType('external-account.removed', { address: z.string(), service: z.string() }),
  /** An address that the fleet depends on is nobody's any more, or has not answered for a month. */
  troubled: eventType('custody-address.troubled', {
    address: z.string(),
    why: z.enum(['deactivated', 'unanswered']),
    uses: z.number(),
  }),
  cleared: eventType('custody-address.cleared', { address: z.string() }),
  asked: eventType('custody-address.asked', { address: z.string() }),
  verified: eventType('custody-address.verified', { address: z.string() }),
  backupTold: eventType('backup.told', { madeAt: z.number(), bytes: z.number().nullable() }),
}
