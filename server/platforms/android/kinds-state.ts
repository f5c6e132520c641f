import { z } from 'zod'
import type * as commands from '../../areas/commands/index.ts'
import { type Kind, meets, nothing, owned, platforms, say } from './kinds-base.ts'
import { modes } from './modes.ts'

const dayMs = 86_400_000

const suspendArgs = z.strictObject({
  message: z.string().trim().min(1).max(200).optional().describe('What its person reads on it.'),
})

/** Puts a device out of use until it is resumed: it shows nothing but why. Of somebody's own device it is the work profile. */
const suspend: Kind<z.infer<typeof suspendArgs>> = {
  kind: 'suspend',
  permission: 'devices:lock',
  impact: 'disruptive',
  destructive: false,
  args: suspendArgs,
  loggable: ['message'],
  secret: [],
  expiresInMs: null,
  platforms,
  priority: 'high',
  eligible: subject => meets({ modes }, subject),
  encode: ({ message }) => say('DISABLE', message === undefined ? {} : { reason: message }),
}

/** Lets a device be used again. */
const resume: Kind<z.infer<typeof nothing>> = {
  kind: 'resume',
  permission: 'devices:lock',
  impact: 'reversible',
  destructive: false,
  args: nothing,
  loggable: [],
  secret: [],
  expiresInMs: null,
  platforms,
  priority: 'high',
  eligible: subject => meets({ modes }, subject),
  encode: () => say('ENABLE'),
}

/** Electronic SIM cards are managed from this level of the interface on. */
const esimApi = (): number => 35
const esim = { permission: 'devices:configure', destructive: false, platforms, looksAtFacts: true } as const

const addArgs = z.strictObject({
  activationCode: z
    .string()
    .trim()
    .regex(/^LPA:1\$[\w.-]+\$[\w$-]*$/i)
    .max(300)
    .describe('As the carrier gives it: LPA:1$…'),
  activate: z.boolean().optional().describe('It is used at once; so it is where nothing is said.'),
})

/** Has a device fetch an electronic SIM card from its carrier. */
const esimAdd: Kind<z.infer<typeof addArgs>> = {
  ...esim,
  kind: 'esim.add',
  impact: 'reversible',
  args: addArgs,
  loggable: ['activate'],
  secret: ['activationCode'],
  expiresInMs: 7 * dayMs,
  eligible: subject => meets({ modes: owned, api: esimApi }, subject),
  encode: ({ activationCode, activate }) =>
    say('ADD_ESIM', {
      addEsimParams: { activationCode, activationState: activate === false ? 'NOT_ACTIVATED' : 'ACTIVATED' },
    }),
}

const removeArgs = z.strictObject({
  card: z
    .string()
    .trim()
    .regex(/^\d{18,22}$/)
    .describe('The number of the card.'),
})

/** Deletes an electronic SIM card of a device. */
const esimRemove: Kind<z.infer<typeof removeArgs>> = {
  ...esim,
  kind: 'esim.remove',
  impact: 'disruptive',
  args: removeArgs,
  loggable: [],
  secret: [],
  expiresInMs: 7 * dayMs,
  eligible: subject => meets({ modes: owned, api: esimApi }, subject),
  encode: ({ card }) => say('REMOVE_ESIM', { removeEsimParams: { iccId: card } }),
}

/** Asks somebody's own device for the number a carrier needs for an electronic SIM card; its person must agree on the device. The number stays with the order. */
const esimQuery: Kind<z.infer<typeof nothing>> = {
  ...esim,
  kind: 'esim.query',
  impact: 'read',
  args: nothing,
  loggable: [],
  secret: [],
  confidential: true,
  wants: 'identifiers',
  expiresInMs: 7 * dayMs,
  eligible: subject => {
    if (subject.enrollment.kind !== 'work-profile') return 'command.mode'
    return meets({ modes: ['work-profile'], api: () => 33 }, subject)
  },
  encode: () => say('REQUEST_DEVICE_INFO', { requestDeviceInfoParams: { deviceInfo: 'EID' } }),
}

/** Orders that Google takes as a device's state, and those about electronic SIM cards. */
export const stateKinds: readonly commands.AnyCommandKind[] = [suspend, resume, esimAdd, esimRemove, esimQuery]
