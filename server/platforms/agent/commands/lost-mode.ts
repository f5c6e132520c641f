import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import { lostFact, meets, meetsWhileLost, platforms, say, type Terms, whole } from './terms.ts'

const nothing = z.strictObject({})
const words = z
  .strictObject({
    message: z.string().min(1).max(500).optional(),
    phoneNumber: z.string().min(1).max(40).optional(),
    footnote: z.string().min(1).max(200).optional(),
  })
  .refine(a => a.message !== undefined || a.phoneNumber !== undefined, {
    message: 'a message or a phone number is needed',
    path: ['message'],
  })

/** The system's own lost mode is not for agents: ours pins the screen, which takes the whole device. */
export const lostTerms: Terms = { modes: whole, api: 26, company: true }

const lostMode = {
  permission: 'devices:lose',
  destructive: false,
  secret: [],
  platforms,
  priority: 'high',
  looksAtFacts: true,
} as const

/** Locks the device for whoever found it, and shows how to give it back. Of several orders to turn it on or off the newest counts. */
export const lostModeEnable: CommandKind<z.infer<typeof words>> = {
  ...lostMode,
  kind: 'lost-mode.enable',
  impact: 'disruptive',
  args: words,
  loggable: ['message', 'phoneNumber', 'footnote'],
  expiresInMs: null,
  eligible: subject => meets(lostTerms, subject),
  encode: given => say('lost-mode.enable', given),
  onDone: async (ctx, { device }) => {
    await devices.learn(ctx, device, 'lost-mode', { [lostFact]: true })
    await devices.setState(ctx, device, 'lost', 'lost-mode')
  },
}

/** Gives the device back to its person. */
export const lostModeDisable: CommandKind<z.infer<typeof nothing>> = {
  ...lostMode,
  kind: 'lost-mode.disable',
  impact: 'reversible',
  args: nothing,
  loggable: [],
  expiresInMs: null,
  // Not asked whether it is in lost mode: an order to turn it on may still be on its way.
  eligible: subject => meets(lostTerms, subject),
  encode: () => say('lost-mode.disable'),
  onDone: async (ctx, { device }) => {
    await devices.learn(ctx, device, 'lost-mode', { [lostFact]: false })
    await devices.setState(ctx, device, 'active')
  },
}

/** Lets the device be heard until it is found. */
export const lostModeSound: CommandKind<z.infer<typeof nothing>> = {
  ...lostMode,
  kind: 'lost-mode.sound',
  impact: 'reversible',
  args: nothing,
  loggable: [],
  expiresInMs: 3_600_000,
  eligible: subject => meetsWhileLost(lostTerms, subject),
  encode: () => say('lost-mode.sound'),
}
