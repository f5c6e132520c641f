import { z } from 'zod'
import * as commands from '../../areas/commands/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as escrow from '../../areas/escrow/index.ts'
import { Problem, type ProblemCode } from '../../base/problem.ts'
import { type Mode, modes } from './modes.ts'

type Kind<A extends object> = commands.CommandKind<A>

/** What an order asks of the device that takes it. */
interface Terms {
  readonly modes: readonly Mode[]
  /** The first API level at which it is done, by the way a device is held. */
  readonly api?: (mode: string) => number
}

const whole: readonly Mode[] = ['fully-managed', 'dedicated']
const owned: readonly Mode[] = [...whole, 'company-profile']

/** The fact that a device is in lost mode. */
export const lostFact = 'security.lostMode'

function meets(terms: Terms, { device, enrollment: held, account, facts }: commands.Subject): true | ProblemCode {
  if (device.platform !== 'android') return 'command.platform'
  if (account !== '') return 'command.channel'
  const personal = device.ownership === 'personal' || held.kind === 'work-profile'
  if (personal && !terms.modes.includes('work-profile')) return 'command.personal-device'
  if (!terms.modes.some(m => m === held.kind)) return 'command.mode'
  const level = facts['os.apiLevel']
  const least = terms.api?.(held.kind)
  return least !== undefined && typeof level === 'number' && level < least ? 'command.os-too-old' : true
}

/** How an order is said to Google: its type and what comes with it, without how long it is good for. */
const say = (type: string, more: object = {}): Uint8Array => Buffer.from(JSON.stringify({ type, ...more }))

const platforms = ['android']
const nothing = z.strictObject({})
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

const passcodeArgs = z.strictObject({ passcode: z.string().min(6).max(64).optional() })

/** Sets the passcode anew, of a company profile that of the profile; without one it is taken off where a policy lets it. */
const clearPasscode: Kind<z.infer<typeof passcodeArgs>> = {
  kind: 'clear-passcode',
  permission: 'devices:clear-passcode',
  impact: 'disruptive',
  destructive: true,
  args: passcodeArgs,
  loggable: [],
  secret: ['passcode'],
  expiresInMs: null,
  platforms,
  priority: 'high',
  eligible: subject => meets({ modes: owned }, subject),
  encode: ({ passcode }) =>
    say('RESET_PASSWORD', {
      ...(passcode === undefined ? {} : { newPassword: passcode }),
      resetPasswordFlags: ['LOCK_NOW'],
    }),
}

const wipeArgs = z.strictObject({
  confirm: z.string().min(1).max(200).describe('The serial number or the name of the device that is meant.'),
  externalStorage: z.boolean().optional().describe('The memory card, too.'),
  resetProtection: z.boolean().optional().describe('Takes the protection against strangers’ setup away as well.'),
})

/** Erases a device of the organization. Never one of somebody's own: of that only the work profile is taken away, by ending management. */
const wipe: Kind<z.infer<typeof wipeArgs>> = {
  kind: 'wipe',
  permission: 'devices:wipe',
  impact: 'irreversible',
  destructive: true,
  args: wipeArgs,
  loggable: ['externalStorage', 'resetProtection'],
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
  encode: ({ externalStorage, resetProtection }) =>
    say('WIPE', {
      wipeParams: {
        wipeDataFlags: [
          ...(resetProtection === true ? [] : ['PRESERVE_RESET_PROTECTION_DATA']),
          ...(externalStorage === true ? ['WIPE_EXTERNAL_STORAGE'] : []),
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
]
