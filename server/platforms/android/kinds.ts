import { z } from 'zod'
import * as commands from '../../areas/commands/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as escrow from '../../areas/escrow/index.ts'
import { Problem } from '../../base/problem.ts'
import { type Kind, lostFact, meets, nothing, owned, platforms, say, type Terms, whole } from './kinds-base.ts'
import { stateKinds } from './kinds-state.ts'
import { modes } from './modes.ts'

const hourMs = 3_600_000

const lockArgs = z.strictObject({ message: z.string().max(500).optional(), phoneNumber: z.string().max(40).optional() })

/** Locks the screen, of somebody's own device the work profile. Google takes no words with it. */
const lock: Kind<z.infer<typeof lockArgs>> = {
  kind: 'lock',
  permission: 'devices:lock',
  impact: 'disruptive',
  destructive: false,
  args: lockArgs,
  loggable: ['message', 'phoneNumber'],
  secret: [],
  expiresInMs: null,
  platforms,
  priority: 'high',
  eligible: subject => meets({ modes }, subject),
  encode: () => say('LOCK'),
}

const restart: Kind<z.infer<typeof nothing>> = {
  kind: 'restart',
  permission: 'devices:restart',
  impact: 'disruptive',
  destructive: false,
  args: nothing,
  loggable: [],
  secret: [],
  expiresInMs: 24 * hourMs,
  platforms,
  looksAtFacts: true,
  eligible: subject => meets({ modes: whole, api: () => 24 }, subject),
  encode: () => say('REBOOT'),
}

const passcodeArgs = z.strictObject({
  passcode: z.string().min(6).max(64).optional(),
  lockNow: z.boolean().optional().describe('The screen locks at once; so it is where nothing is said.'),
  requireEntry: z.boolean().optional().describe('Nothing but an entry at the next start sets another.'),
  startsWithout: z.boolean().optional().describe('The device starts without asking for it.'),
})

/** Sets the passcode anew, of a company profile that of the profile; without one it is taken off where a policy lets it. */
const clearPasscode: Kind<z.infer<typeof passcodeArgs>> = {
  kind: 'clear-passcode',
  permission: 'devices:clear-passcode',
  impact: 'disruptive',
  destructive: true,
  args: passcodeArgs,
  loggable: ['lockNow', 'requireEntry', 'startsWithout'],
  secret: ['passcode'],
  expiresInMs: null,
  platforms,
  priority: 'high',
  eligible: subject => meets({ modes: owned }, subject),
  encode: ({ passcode, lockNow, requireEntry, startsWithout }) =>
    say('RESET_PASSWORD', {
      ...(passcode === undefined ? {} : { newPassword: passcode }),
      resetPasswordFlags: [
        ...(requireEntry === true ? ['REQUIRE_ENTRY'] : []),
        ...(startsWithout === true ? ['DO_NOT_ASK_CREDENTIALS_ON_BOOT'] : []),
        ...(lockNow === false ? [] : ['LOCK_NOW']),
      ],
    }),
}

const wipeArgs = z.strictObject({
  confirm: z.string().min(1).max(200).describe('The serial number or the name of the device that is meant.'),
  externalStorage: z.boolean().optional().describe('The memory card, too.'),
  resetProtection: z.boolean().optional().describe('Takes the protection against strangers’ setup away as well.'),
  esims: z.boolean().optional().describe('Its electronic SIM cards, too.'),
})

/** Erases a device of the organization. Never one of somebody's own: of that only the work profile is taken away, by ending management. */
const wipe: Kind<z.infer<typeof wipeArgs>> = {
  kind: 'wipe',
  permission: 'devices:wipe',
  impact: 'irreversible',
  destructive: true,
  args: wipeArgs,
  loggable: ['externalStorage', 'resetProtection', 'esims'],
  secret: [],
  expiresInMs: null,
  platforms,
  priority: 'high',
  confirms: true,
  eligible: subject => meets({ modes: owned }, subject),
  prepare: (_ctx, { device }, given) => {
    const said = given.confirm.trim().toLowerCase()
    if ([device.serial, device.name].some(name => name !== null && name.trim().toLowerCase() === said)) return given
    const fields = [{ path: 'args.confirm', message: 'names another device' }]
    throw new Problem('command.confirm-differs', {}, { fields })
  },
  // The parameters must be there even where they say nothing.
  encode: ({ externalStorage, resetProtection, esims }) =>
    say('WIPE', {
      wipeParams: {
        wipeDataFlags: [
          ...(resetProtection === true ? [] : ['PRESERVE_RESET_PROTECTION_DATA']),
          ...(externalStorage === true ? ['WIPE_EXTERNAL_STORAGE'] : []),
          ...(esims === true ? ['WIPE_ESIMS'] : []),
        ],
      },
    }),
  onDone: async (ctx, { device, enrollment: held, unitPath }) => {
    await commands.cancelAll(ctx, held, 'wiped')
    await devices.setState(ctx, device, 'ended', 'wiped')
    const kept = escrow.custodians().flatMap(c => (c.erased ? [c.kind] : []))
    await escrow.drop(ctx, device, kept, 'wiped')
    await commands.recordWiped(ctx, { device, unitPath })
  },
}

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

const lostTerms: Terms = { modes: owned, api: mode => (mode === 'company-profile' ? 33 : 30) }
const lostMode = {
  permission: 'devices:lose',
  destructive: false,
  secret: [],
  platforms,
  priority: 'high',
  looksAtFacts: true,
  expiresInMs: null,
} as const
const texted = (text: string): object => ({ defaultMessage: text })

/** Locks the device for whoever found it, and shows how to give it back. */
const lostModeEnable: Kind<z.infer<typeof words>> = {
  ...lostMode,
  kind: 'lost-mode.enable',
  impact: 'disruptive',
  args: words,
  loggable: ['message', 'phoneNumber', 'footnote'],
  eligible: subject => meets(lostTerms, subject),
  encode: ({ message, phoneNumber, footnote }) =>
    say('START_LOST_MODE', {
      startLostModeParams: {
        ...(message === undefined ? {} : { lostMessage: texted(message) }),
        ...(phoneNumber === undefined ? {} : { lostPhoneNumber: texted(phoneNumber) }),
        ...(footnote === undefined ? {} : { lostOrganization: texted(footnote) }),
      },
    }),
  onDone: async (ctx, { device }) => {
    await devices.learn(ctx, device, 'lost-mode', { [lostFact]: true })
    await devices.setState(ctx, device, 'lost', 'lost-mode')
  },
}

/** Gives the device back to its person. */
const lostModeDisable: Kind<z.infer<typeof nothing>> = {
  ...lostMode,
  kind: 'lost-mode.disable',
  impact: 'reversible',
  args: nothing,
  loggable: [],
  eligible: subject => meets(lostTerms, subject),
  encode: () => say('STOP_LOST_MODE', { stopLostModeParams: {} }),
  onDone: async (ctx, { device }) => {
    await devices.learn(ctx, device, 'lost-mode', { [lostFact]: false })
    await devices.setState(ctx, device, 'active')
  },
}

const appArgs = z.strictObject({
  package: z
    .string()
    .max(255)
    .regex(/^[A-Za-z]\w*(\.[A-Za-z]\w*)+$/),
})

/** Forgets what an app keeps on the device; of somebody's own device, in the work profile alone. */
const appClear: Kind<z.infer<typeof appArgs>> = {
  kind: 'app.clear',
  permission: 'devices:configure',
  impact: 'disruptive',
  destructive: false,
  args: appArgs,
  loggable: ['package'],
  secret: [],
  expiresInMs: 7 * 24 * hourMs,
  platforms,
  looksAtFacts: true,
  eligible: subject => meets({ modes, api: () => 28 }, subject),
  encode: given => say('CLEAR_APP_DATA', { clearAppsDataParams: { packageNames: [given.package] } }),
}

const leaveArgs = z.strictObject({ identifier: z.string().min(1).max(255).optional() })

/** Ends management: the work profile goes, and of a company device with one everything else stays. A whole device can only be erased. */
const enrollmentLeave: Kind<z.infer<typeof leaveArgs>> = {
  kind: 'enrollment.leave',
  permission: 'devices:write',
  impact: 'irreversible',
  destructive: false,
  internal: true,
  args: leaveArgs,
  loggable: ['identifier'],
  secret: [],
  expiresInMs: null,
  platforms,
  priority: 'high',
  eligible: subject => {
    const met = meets({ modes }, subject)
    if (met !== true) return met
    return whole.some(m => m === subject.enrollment.kind) ? 'android.leave-erases' : true
  },
  prepare: (_ctx, { enrollment: { kind } }, given) => ({ ...given, identifier: kind }),
  onQueue: async (ctx, subject) => {
    await commands.cancelAll(ctx, subject.enrollment.id, 'enrollment.ending')
    await enrollment.askToLeave(ctx, await enrollment.get(ctx, subject.enrollment.id))
  },
  encode: ({ identifier }) => (identifier === 'company-profile' ? say('RELINQUISH_OWNERSHIP') : say('DELETE')),
}

/** Every order that Google passes on to a device. */
export const kinds: readonly commands.AnyCommandKind[] = [
  lock,
  restart,
  clearPasscode,
  wipe,
  lostModeEnable,
  lostModeDisable,
  appClear,
  enrollmentLeave,
  ...stateKinds,
]
