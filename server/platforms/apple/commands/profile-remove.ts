import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import { Problem } from '../../../base/problem.ts'
import { meets, platformsOf } from './eligibility.ts'
import { profileTerms } from './profile-install.ts'

const args = z.strictObject({ identifier: z.string().min(1).max(255) })

/** Removes a profile. One that is not there counts as removed. */
export const profileRemove: CommandKind<z.infer<typeof args>> = {
  kind: 'profile.remove',
  permission: 'devices:configure',
  impact: 'disruptive',
  destructive: false,
  args,
  loggable: ['identifier'],
  secret: [],
  expiresInMs: 30 * 24 * 3_600_000,
  platforms: platformsOf(profileTerms),
  eligible: subject => meets(profileTerms, subject),
  prepare: async (ctx, { device }, given) => {
    const known = await devices.listOf(ctx, device.id, 'profiles')
    const profiles = Array.isArray(known?.value) ? known.value : []
    if (profiles.some(p => manages(p, given.identifier))) throw new Problem('command.profile-manages')
    return given
  },
  // A removal may race with a replacement, and then there is nothing left to remove.
  forgives: ['apple.profile-not-found'],
  encode: ({ identifier }, uuid) => encodeCommand(uuid, { RequestType: 'RemoveProfile', Identifier: identifier }),
}

/** Whether this entry of the device's list is the profile of that identifier and manages the device: removing it would end management. */
function manages(entry: devices.JsonValue, identifier: string): boolean {
  if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) return false
  const { payloads } = entry
  if (entry.identifier !== identifier || !Array.isArray(payloads)) return false
  return payloads.some(p => p !== null && typeof p === 'object' && !Array.isArray(p) && p.type === 'com.apple.mdm')
}
