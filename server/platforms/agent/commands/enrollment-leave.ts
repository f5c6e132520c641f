import { z } from 'zod'
import * as commands from '../../../areas/commands/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import { everywhere, meets, platforms, say } from './terms.ts'

// Whoever ends managements by any road names the profile that carries them on others.
const args = z.strictObject({ identifier: z.string().min(1).max(255).optional() })

/** Ends management: at its next call the agent gets the signed farewell, and takes away what it brought, which is all that may be done to a device of somebody's own. */
export const enrollmentLeave: commands.CommandKind<z.infer<typeof args>> = {
  kind: 'enrollment.leave',
  permission: 'devices:write',
  impact: 'irreversible',
  destructive: false,
  internal: true,
  args,
  loggable: ['identifier'],
  secret: [],
  expiresInMs: null,
  platforms,
  priority: 'high',
  eligible: subject => meets({ modes: everywhere }, subject),
  // Nothing else is to be done any more, and the device is known to be leaving, from the moment the order is really given.
  onQueue: async (ctx, subject) => {
    await commands.cancelAll(ctx, subject.enrollment.id, 'enrollment.ending')
    await enrollment.askToLeave(ctx, await enrollment.get(ctx, subject.enrollment.id))
  },
  encode: () => say('enrollment.leave'),
}
