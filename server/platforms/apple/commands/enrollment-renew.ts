import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'

const args = z.strictObject({ profile: z.base64().max(256 * 1024) })

/** Installs the enrollment profile anew, under its old identifier, so that the device asks for a new identity certificate. */
export const enrollmentRenew: CommandKind<z.infer<typeof args>> = {
  kind: 'enrollment.renew',
  permission: 'devices:configure',
  impact: 'reversible',
  destructive: false,
  args,
  loggable: [],
  // It holds a challenge.
  secret: ['profile'],
  expiresInMs: 30 * 24 * 3_600_000,
  platforms: ['ios', 'ipados', 'macos', 'tvos'],
  internal: true,
  eligible: () => true,
  encode: ({ profile }, uuid) =>
    encodeCommand(uuid, { RequestType: 'InstallProfile', Payload: new Uint8Array(Buffer.from(profile, 'base64')) }),
}
