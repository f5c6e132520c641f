import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import { meets, platformsOf } from './eligibility.ts'
import { lostMode, lostModeFact, terms } from './lost-mode.ts'

const args = z.strictObject({})

/** Gives the device back to its person. */
export const lostModeDisable: CommandKind<z.infer<typeof args>> = {
  ...lostMode,
  impact: 'reversible',
  kind: 'lost-mode.disable',
  args,
  loggable: [],
  expiresInMs: null,
  platforms: platformsOf(terms),
  // Not asked whether it is in lost mode: an order to enable may still be on its way.
  eligible: subject => meets(terms, subject),
  encode: (_args, uuid) => encodeCommand(uuid, { RequestType: 'DisableLostMode' }),
  onDone: async (ctx, { device }) => {
    await devices.learn(ctx, device, 'DisableLostMode', { [lostModeFact]: false })
    await devices.setState(ctx, device, 'active')
  },
}
