import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'

const args = z.strictObject({ notifyUser: z.boolean().optional() })

const terms: Terms = {
  on: { ...mobile('10.3', true), macos: { since: '10.13' }, tvos: { since: '10.2', supervised: true } },
  rights: ['lockAndRemovePasscode'],
}

/** Restarts the device; a Mac can be told to let the person choose when. */
export const restart: CommandKind<z.infer<typeof args>> = {
  kind: 'restart',
  permission: 'devices:restart',
  impact: 'disruptive',
  destructive: false,
  args,
  loggable: ['notifyUser'],
  secret: [],
  expiresInMs: 24 * 3_600_000,
  platforms: platformsOf(terms),
  eligible: subject => meets(terms, subject),
  // Only macOS 11.3 and later know NotifyUser; others would refuse the whole command.
  prepare: (_ctx, { device }, given) => (device.platform === 'macos' ? given : {}),
  encode: ({ notifyUser }, uuid) =>
    encodeCommand(uuid, { RequestType: 'RestartDevice', ...(notifyUser ? { NotifyUser: true } : {}) }),
}
