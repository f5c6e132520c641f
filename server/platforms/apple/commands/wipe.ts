import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import * as commands from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as escrow from '../../../areas/escrow/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { Problem } from '../../../base/problem.ts'
import { againstReturning, networkFor } from '../setup/coming-back.ts'
import { wifiProfile, wifiWish } from '../setup/wifi.ts'
import { open } from '../tokens.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'
import { newPin, pin } from './pin.ts'

const args = z.strictObject({
  confirm: z.string().min(1).max(200).describe('The serial number or the name of the device that is meant.'),
  pin: pin.optional(),
  preserveDataPlan: z.boolean().optional(),
  disallowProximitySetup: z.boolean().optional(),
  returnToService: z.boolean().optional().describe('Enrolls again by itself, without anyone at the device.'),
  wifiProfile: wifiWish
    .optional()
    .describe(
      'The network it joins for that: its name and password, or a profile of it in base64; else the one of its setup.',
    ),
  wifiSetup: z.string().max(64).optional().describe('The setup whose network it joins for that instead.'),
  obliteration: z.enum(['Default', 'DoNotObliterate', 'ObliterateWithWarning', 'Always']).optional(),
})

interface WipeArgs extends z.infer<typeof args> {
  /** With it a device that comes back keeps the apps it has; read when the order is handed out. */
  bootstrapToken?: string | undefined
}

/** What erasing asks of a device. */
export const wipeTerms: Terms = {
  on: { ...mobile('4.0'), macos: { since: '10.7' }, tvos: { since: '10.2' } },
  rights: ['erase'],
  company: true,
}

/** Erases the whole device. It asks for the device by name, never expires, and nothing is sent after it. */
export const wipe: commands.CommandKind<WipeArgs> = {
  kind: 'wipe',
  permission: 'devices:wipe',
  impact: 'irreversible',
  destructive: true,
  args,
  loggable: ['returnToService', 'preserveDataPlan', 'disallowProximitySetup', 'obliteration'],
  secret: ['pin', 'wifiProfile', 'bootstrapToken'],
  expiresInMs: null,
  platforms: platformsOf(wipeTerms),
  priority: 'high',
  looksAtFacts: true,
  confirms: true,
  keeps: { arg: 'pin', as: 'wipe-pin' },
  eligible: subject => meets(wipeTerms, subject),
  prepare: async (ctx, subject, given) => {
    demandConfirmed(subject, given.confirm)
    if (subject.device.platform !== 'macos') return { ...(await returning(ctx, subject, given)), pin: undefined }
    if (given.returnToService) throw new Problem('wipe.return-unsuited')
    // A Mac that said it needs none erases itself without; the others get one, since none can be set afterwards.
    const needed = subject.facts['security.pinRequiredForErase'] !== false
    return { ...given, pin: given.pin ?? (needed ? newPin() : undefined) }
  },
  complete: async (ctx, enrollment, { args: given }) => {
    if (!given.returnToService) return {}
    // An order to erase goes out whatever became of the token.
    const token = await open(ctx, enrollment, 'bootstrap_token').catch(() => null)
    return token === null ? {} : { bootstrapToken: base64(token) }
  },
  encode: (given, uuid) =>
    encodeCommand(uuid, {
      RequestType: 'EraseDevice',
      ...(given.pin ? { PIN: given.pin } : {}),
      ...(given.preserveDataPlan === undefined ? {} : { PreserveDataPlan: given.preserveDataPlan }),
      ...(given.disallowProximitySetup === undefined ? {} : { DisallowProximitySetup: given.disallowProximitySetup }),
      ...(given.returnToService
        ? {
            ReturnToService: {
              Enabled: true,
              ...(given.wifiProfile ? { WiFiProfileData: wifiProfile(given.wifiProfile) } : {}),
              ...(given.bootstrapToken ? { BootstrapToken: Buffer.from(given.bootstrapToken, 'base64') } : {}),
            },
          }
        : {}),
      ...(given.obliteration ? { ObliterationBehavior: given.obliteration } : {}),
    }),
  onDone: erased,
}

/** Completes the order with the network of the device's setup, where it is to come back by itself. */
async function returning(
  ctx: Ctx,
  subject: commands.Subject,
  given: z.infer<typeof args>,
): Promise<z.infer<typeof args>> {
  const { wifiSetup, ...rest } = given
  if (!given.returnToService) return rest
  const against = await againstReturning(ctx, subject)
  if (against === 'wipe.return-unpromised' || against === 'wipe.return-sign-in') throw new Problem(against)
  if (against !== null) throw new Problem('wipe.return-unsuited')
  if (rest.wifiProfile !== undefined) {
    return { ...rest, wifiProfile: base64(wifiProfile(rest.wifiProfile)) }
  }
  const wifi = await networkFor(ctx, subject.enrollment.id, wifiSetup)
  if (wifiSetup !== undefined && wifi === null) throw new Problem('wipe.return-no-network')
  return wifi === null ? rest : { ...rest, wifiProfile: base64(wifi) }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** What follows when a device has taken the order to erase itself: it stays ended until it enrolls again, and nothing else is sent. */
export async function erased(
  ctx: Parameters<typeof devices.setState>[0],
  { device, enrollment, unitPath }: Pick<commands.Answered<object>, 'device' | 'enrollment' | 'unitPath'>,
): Promise<void> {
  await commands.cancelAll(ctx, enrollment, 'wiped')
  await devices.setState(ctx, device, 'ended', 'wiped')
  await escrow.drop(ctx, device, erasedKinds(), 'wiped')
  await commands.recordWiped(ctx, { device, unitPath })
}

const erasedKinds = (): string[] => escrow.custodians().flatMap(c => (c.erased ? [c.kind] : []))

/** Refuses unless the text names this device: by serial number, or by its name. */
export function demandConfirmed({ device }: Pick<commands.Subject, 'device'>, text: string | undefined): void {
  const said = text?.trim().toLowerCase()
  const names = [device.serial, device.name].filter(n => n !== null && n.trim() !== '')
  if (said && names.some(n => n?.trim().toLowerCase() === said)) return
  throw new Problem(
    'command.confirm-differs',
    {},
    { fields: [{ path: 'args.confirm', message: 'names another device' }] },
  )
}
