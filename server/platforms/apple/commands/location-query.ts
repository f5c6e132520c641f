import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { platformsOf } from './eligibility.ts'
import { lostMode, meetsWhileLost, terms } from './lost-mode.ts'

const args = z.strictObject({})

/** Asks where the device is; only answered in lost mode. The answer stays with the command, for those who may locate. */
export const locationQuery: CommandKind<z.infer<typeof args>> = {
  ...lostMode,
  kind: 'location.query',
  permission: 'devices:locate',
  args,
  loggable: [],
  confidential: true,
  expiresInMs: 24 * 3_600_000,
  platforms: platformsOf(terms),
  looksAtFacts: true,
  eligible: subject => meetsWhileLost(terms, subject),
  encode: (_args, uuid) => encodeCommand(uuid, { RequestType: 'DeviceLocation' }),
}
