import { encodeCommand } from '@muster/wire/apple/command.ts'
import { bool, type Dict, encode, list, str } from '@muster/wire/plist/plist.ts'
import { isDict } from '@muster/wire/plist/value.ts'
import { z } from 'zod'
import type { CommandKind, Subject } from '../../../areas/commands/index.ts'
import * as escrow from '../../../areas/escrow/index.ts'
import { mayStore } from '../../../areas/devices/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { harmOf } from './raw-harm.ts'
import { Problem, type ProblemCode } from '../../../base/problem.ts'
import { clearPasscodeTerms } from './clear-passcode.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'
import { keepPosition, positionIn } from './location-query.ts'
import { askable } from '../keeping.ts'
import { checked, readRaw, requestTypeOf } from './raw-check.ts'
import { firstRefusal } from './settings.ts'
import { demandConfirmed, erased, wipeTerms } from './wipe.ts'

const args = z.strictObject({
  command: z
    .union([z.record(z.string(), z.json()), z.string().min(1)])
    .describe(
      'The command with its RequestType: as JSON (bytes as {"$data": base64}), or as text of a property list. Commands of the catalog are checked before they are sent.',
    ),
  confirm: z
    .string()
    .max(200)
    .optional()
    .describe('The serial number or name of the device, for commands that erase it.'),
  requestType: z.string().optional().describe('Filled in from the command.'),
})

const terms: Terms = {
  on: { ...mobile('4.0'), macos: { since: '10.7' }, tvos: { since: '9.0' } },
  userEnrollment: true,
  accounts: ['macos', 'ipados'],
}

// Sending one of these takes the permission of the kind that does the same.
const guarded: Readonly<Record<string, string>> = {
  EraseDevice: 'devices:wipe',
  DeviceLock: 'devices:lock',
  ClearPasscode: 'devices:clear-passcode',
  ClearRestrictionsPassword: 'devices:clear-passcode',
  RequestUnlockToken: 'devices:clear-passcode',
  UnlockUserAccount: 'devices:clear-passcode',
  EnableLostMode: 'devices:lose',
  DisableLostMode: 'devices:lose',
  PlayLostModeSound: 'devices:lose',
  DeviceLocation: 'devices:locate',
  RestartDevice: 'devices:restart',
  ShutDownDevice: 'devices:restart',
  LogOutUser: 'devices:restart',
  DeleteUser: 'devices:wipe',
  InstallProfile: 'devices:configure',
  RemoveProfile: 'devices:configure',
  Settings: 'devices:configure',
  SetFirmwarePassword: 'devices:secrets',
  SetRecoveryLock: 'devices:secrets',
  SetAutoAdminPassword: 'devices:secrets',
  RotateFileVaultKey: 'devices:secrets',
  ActivationLockBypassCode: 'devices:secrets',
  ClearActivationLockBypassCode: 'devices:secrets',
}
// Never on a device that belongs to the person who uses it.
const companyOnly: Readonly<Record<string, Terms>> = {
  EraseDevice: wipeTerms,
  ClearPasscode: clearPasscodeTerms,
  DeviceLock: { on: terms.on, company: true },
  DeviceLocation: { on: terms.on, company: true },
  EnableLostMode: { on: terms.on, company: true },
}

// What charters call what these do.
const actions: Readonly<Record<string, string>> = {
  EraseDevice: 'wipe',
  DeleteUser: 'wipe',
  DeviceLock: 'lock',
  ClearPasscode: 'clear-passcode',
  ClearRestrictionsPassword: 'clear-passcode',
  RequestUnlockToken: 'clear-passcode',
  UnlockUserAccount: 'clear-passcode',
  EnableLostMode: 'lost-mode.enable',
  DeviceLocation: 'location.query',
  RestartDevice: 'restart',
  ShutDownDevice: 'shutdown',
}

/** Any command that Apple knows, for what we have no kind for. What erases, locks or opens devices needs the permission for that. */
export const raw: CommandKind<z.infer<typeof args>, unknown> = {
  kind: 'apple.raw',
  permission: 'commands:raw',
  impact: 'disruptive',
  destructive: false,
  args,
  loggable: ['requestType'],
  secret: ['command'],
  confidential: true,
  // Where a device is must not be had by another name.
  forgets: given => given.requestType === 'DeviceLocation',
  confirms: true,
  expiresInMs: 7 * 24 * 3_600_000,
  platforms: platformsOf(terms),
  eligible: subject => meets(terms, subject),
  looksAtFacts: true,
  actionOf: ({ command, requestType }) => {
    const type = requestType ?? (command === undefined ? '' : requestTypeOf(command))
    return (Object.hasOwn(actions, type) ? actions[type] : undefined) ?? 'raw'
  },
  demands: given => {
    const type = requestTypeOf(given.command)
    const permission = Object.hasOwn(guarded, type) ? guarded[type] : undefined
    return { permissions: permission ? [permission] : [], wipes: type === 'EraseDevice', impact: harmOf(type) }
  },
  prepare: async (ctx, subject, given) => {
    const requestType = requestTypeOf(given.command)
    const guard = Object.hasOwn(companyOnly, requestType) ? companyOnly[requestType] : undefined
    const met: true | ProblemCode = guard ? meets(guard, subject) : true
    if (met !== true) throw new Problem(met, { setting: requestType })
    const command = checked(subject, given.command)
    await demandAskable(ctx, subject, command)
    demandKept(command)
    if (requestType === 'EraseDevice') demandConfirmed(subject, given.confirm)
    const text = Buffer.from(encode(command)).toString('utf8')
    // What could not be read back when the device asks for it is refused now.
    readRaw(text)
    return { command: text, requestType }
  },
  encode: ({ command }, uuid) => encodeCommand(uuid, readRaw(command)),
  read: said => said,
  // Settings are answered for one by one, under one acknowledgment.
  judge: said => (isDict(said) ? firstRefusal(said) : null),
  onDone: async (ctx, done, said) => {
    if (done.args.requestType === 'DeviceLocation') await keepPosition(ctx, done.device, positionIn(said))
    if (done.args.requestType === 'EraseDevice') await erased(ctx, done)
    // Such a command only ever takes it away, and what is kept opens nothing any more.
    const of = Object.hasOwn(sets, done.args.requestType ?? '') ? sets[done.args.requestType ?? ''] : undefined
    if (of) await escrow.drop(ctx, done.device, [of.kind], 'cleared')
  },
}

// Which secret a command sets, and under which key it carries the new one.
const sets: Readonly<Record<string, { kind: string; key: string }>> = {
  SetRecoveryLock: { kind: 'recovery-lock', key: 'NewPassword' },
  SetFirmwarePassword: { kind: 'firmware', key: 'NewPassword' },
  SetAutoAdminPassword: { kind: 'local-admin', key: 'passwordHash' },
}

/** Refuses to set what nobody would keep. To take a recovery lock or a firmware password away is no loss. */
function demandKept(command: Dict): void {
  const type = str(command, 'RequestType') ?? ''
  const of = Object.hasOwn(sets, type) ? sets[type] : undefined
  if (!of || command[of.key] === undefined || command[of.key] === '') return
  throw new Problem('command.raw-unescrowed', { command: type, kind: of.kind })
}

/** Refuses to ask for what may not be stored. */
async function demandAskable(ctx: Ctx, { device, enrollment }: Subject, command: Dict): Promise<void> {
  const may = await mayStore(ctx, device, enrollment.kind)
  const type = str(command, 'RequestType')
  const queries = (list(command, 'Queries') ?? []).filter(q => typeof q === 'string')
  const all = type === 'InstalledApplicationList' && bool(command, 'ManagedAppsOnly') !== true && !may('apps')
  const named = queries.find(q => !askable([q], may).includes(q))
  if (all || named !== undefined)
    throw new Problem('privacy.not-collected', { ownership: device.ownership, asked: named ?? type ?? '' })
}
