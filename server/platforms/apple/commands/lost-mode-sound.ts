import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { mobile, platformsOf, type Terms } from './eligibility.ts'
import { lostMode, meetsWhileLost } from './lost-mode.ts'

const args = z.strictObject({})

const terms: Terms = { on: mobile('10.3', true), company: true }

/** Lets the device be heard until it is found. */
export const lostModeSound: CommandKind<z.infer<typeof args>> = {
  ...lostMode,
  impact: 'reversible',
  kind: 'lost-mode.sound',
  args,
  loggable: [],
  expiresInMs: 3_600_000,
  platforms: platformsOf(terms),
  looksAtFacts: true,
  eligible: subject => meetsWhileLost(terms, subject),
  encode: (_args, uuid) => encodeCommand(uuid, { RequestType: 'PlayLostModeSound' }),
}
