import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { Problem } from '../../../base/problem.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'
import { readProfile } from './profile-content.ts'

const args = z.strictObject({
  profile: z
    .base64()
    .min(1)
    .max(4 * 1024 * 1024)
    .describe('The .mobileconfig, signed or not, in base64.'),
  identifier: z.string().optional().describe('Filled in from the profile.'),
  name: z.string().optional().describe('Filled in from the profile.'),
})

/** What changing profiles asks of a device. */
export const profileTerms: Terms = {
  on: { ...mobile('4.0'), macos: { since: '10.7' }, tvos: { since: '9.0' } },
  rights: ['inspectProfiles', 'installProfiles'],
  userEnrollment: true,
  accounts: ['macos', 'ipados'],
}

/** Installs a configuration profile, or replaces the one with its identifier. */
export const profileInstall: CommandKind<z.infer<typeof args>> = {
  kind: 'profile.install',
  permission: 'devices:configure',
  impact: 'reversible',
  destructive: false,
  args,
  loggable: ['identifier', 'name'],
  secret: ['profile'],
  expiresInMs: 30 * 24 * 3_600_000,
  platforms: platformsOf(profileTerms),
  eligible: subject => meets(profileTerms, subject),
  prepare: (_ctx, _subject, { profile }) => {
    const { identifier, name, types } = readProfile(profile)
    // Replacing the management profile by hand would cut the device off.
    if (types.includes('com.apple.mdm')) throw new Problem('command.profile-manages')
    return { profile, identifier, ...(name ? { name } : {}) }
  },
  encode: ({ profile }, uuid) =>
    encodeCommand(uuid, { RequestType: 'InstallProfile', Payload: new Uint8Array(Buffer.from(profile, 'base64')) }),
}
