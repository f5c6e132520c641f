import { z } from 'zod'
import { eventType } from '../../base/events.ts'

/** What agents make an admin look at. */
export const agentEvents = {
  /** Another installation speaks with the key of this one: a copy. */
  cloned: eventType('agent.cloned', { enrollment: z.string() }),
  /** What the chip says of a key of the agent's, or why what it says proves nothing. */
  attested: eventType('agent.attested', { verdict: z.string(), why: z.string().nullable(), enrollment: z.string() }),
  /** The agent did not take a document or an order, and why. */
  refused: eventType('agent.refused', { code: z.string(), at: z.number() }),
}
