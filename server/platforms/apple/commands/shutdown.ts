import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'

const args = z.strictObject({})

const terms: Terms = {
  on: { ...mobile('10.3', true), macos: { since: '10.13' } },
  rights: ['lockAndRemovePasscode'],
}

/** Turns the device off; someone has to turn it on again. */
export const shutdown: CommandKind<z.infer<typeof args>> = {
  kind: 'shutdown',
  permission: 'devices:restart',
  impact: 'disruptive',
  destructive: false,
  args,
  loggable: [],
  secret: [],
  expiresInMs: 24 * 3_600_000,
  platforms: platformsOf(terms),
  eligible: subject => meets(terms, subject),
  encode: (_args, uuid) => encodeCommand(uuid, { RequestType: 'ShutDownDevice' }),
}
