import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { meets, platformsOf } from './eligibility.ts'
import { profileTerms } from './profile-install.ts'

const args = z.strictObject({ identifier: z.string().min(1).max(255) })

/** Removes the enrollment profile, and with it the management of the device and all that it brought. */
export const enrollmentLeave: CommandKind<z.infer<typeof args>> = {
  kind: 'enrollment.leave',
  permission: 'devices:write',
  destructive: false,
  internal: true,
  args,
  loggable: ['identifier'],
  secret: [],
  expiresInMs: null,
  platforms: platformsOf(profileTerms),
  priority: 'high',
  eligible: subject => meets({ on: profileTerms.on, userEnrollment: true }, subject),
  forgives: ['apple.profile-not-found'],
  encode: ({ identifier }, uuid) => encodeCommand(uuid, { RequestType: 'RemoveProfile', Identifier: identifier }),
}
