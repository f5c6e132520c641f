import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import * as commands from '../../../areas/commands/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import { meets, platformsOf } from './eligibility.ts'
import { profileTerms } from './profile-install.ts'

const args = z.strictObject({ identifier: z.string().min(1).max(255) })

/** Removes the enrollment profile, and with it the management of the device and all that it brought. */
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
  platforms: platformsOf(profileTerms),
  priority: 'high',
  eligible: subject => meets({ on: profileTerms.on, userEnrollment: true }, subject),
  // Nothing else is to be done any more, and the device is known to be leaving, from the moment the order is really given.
  onQueue: async (ctx, subject) => {
    await commands.cancelAll(ctx, subject.enrollment.id, 'enrollment.ending')
    await enrollment.askToLeave(ctx, await enrollment.get(ctx, subject.enrollment.id))
  },
  forgives: ['apple.profile-not-found'],
  encode: ({ identifier }, uuid) => encodeCommand(uuid, { RequestType: 'RemoveProfile', Identifier: identifier }),
}
