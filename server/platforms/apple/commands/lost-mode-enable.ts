import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import { meets, platformsOf } from './eligibility.ts'
import { lostMode, lostModeFact, terms } from './lost-mode.ts'

const args = z
  .strictObject({
    message: z.string().min(1).max(500).optional(),
    phoneNumber: z.string().min(1).max(40).optional(),
    footnote: z.string().min(1).max(200).optional(),
  })
  .refine(a => a.message !== undefined || a.phoneNumber !== undefined, {
    message: 'a message or a phone number is needed',
    path: ['message'],
  })

/** Locks the device for whoever found it, and shows how to give it back. */
export const lostModeEnable: CommandKind<z.infer<typeof args>> = {
  ...lostMode,
  kind: 'lost-mode.enable',
  args,
  loggable: ['message', 'phoneNumber', 'footnote'],
  expiresInMs: null,
  platforms: platformsOf(terms),
  eligible: subject => meets(terms, subject),
  encode: ({ message, phoneNumber, footnote }, uuid) =>
    encodeCommand(uuid, {
      RequestType: 'EnableLostMode',
      ...(message ? { Message: message } : {}),
      ...(phoneNumber ? { PhoneNumber: phoneNumber } : {}),
      ...(footnote ? { Footnote: footnote } : {}),
    }),
  onDone: async (ctx, { device }) => {
    await devices.learn(ctx, device, 'EnableLostMode', { [lostModeFact]: true })
    await devices.setState(ctx, device, 'lost', 'lost-mode')
  },
}
