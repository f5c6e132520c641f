import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { meets, owned, platforms, say } from './terms.ts'

const args = z.strictObject({
  passcode: z
    .string()
    .min(4)
    .max(64)
    .optional()
    .describe('What it opens with afterwards, where a policy demands a passcode; else it has none.'),
})

/** The fact that the agent holds a token with which it can set the passcode anew. The token itself never leaves the device. */
export const resetTokenFact = 'security.resetToken'

/** Takes the passcode off a device whose person forgot it, with the token its agent keeps for that; of a company profile, that of the profile. */
export const clearPasscode: CommandKind<z.infer<typeof args>> = {
  kind: 'clear-passcode',
  permission: 'devices:clear-passcode',
  impact: 'disruptive',
  destructive: true,
  args,
  loggable: [],
  secret: ['passcode'],
  expiresInMs: null,
  platforms,
  priority: 'high',
  looksAtFacts: true,
  eligible: subject => {
    const met = meets({ modes: owned, api: 26, company: true }, subject)
    if (met !== true) return met
    return subject.facts[resetTokenFact] === true ? true : 'command.no-unlock-token'
  },
  encode: given => say('clear-passcode', given),
}
