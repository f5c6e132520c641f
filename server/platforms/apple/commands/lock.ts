import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { Problem } from '../../../base/problem.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'
import { newPin, pin } from './pin.ts'

const args = z.strictObject({
  message: z.string().max(500).optional(),
  phoneNumber: z.string().max(40).optional(),
  pin: pin.optional(),
})

const terms: Terms = {
  on: { ...mobile('4.0'), macos: { since: '10.7' } },
  rights: ['lockAndRemovePasscode'],
  userEnrollment: true,
  company: true,
}

/** Locks the screen; a Mac restarts and opens only with the PIN, which is kept before it is sent. */
export const lock: CommandKind<z.infer<typeof args>> = {
  kind: 'lock',
  permission: 'devices:lock',
  impact: 'disruptive',
  destructive: false,
  args,
  loggable: ['message', 'phoneNumber'],
  secret: ['pin'],
  expiresInMs: null,
  platforms: platformsOf(terms),
  priority: 'high',
  keeps: { arg: 'pin', as: 'lock-pin' },
  // User Enrollment of a Mac forbids it (Apple: Device Lock Command).
  eligible: subject =>
    subject.device.platform === 'macos' && subject.enrollment.kind === 'user-enrollment'
      ? 'command.user-enrollment'
      : meets(terms, subject),
  prepare: (_ctx, { device }, given) => {
    if (device.platform === 'macos') return { ...given, pin: given.pin ?? newPin() }
    if (given.pin === undefined) return given
    throw new Problem('request.malformed', {}, { fields: [{ path: 'args.pin', message: 'only a Mac takes a PIN' }] })
  },
  encode: ({ message, phoneNumber, pin: code }, uuid) =>
    encodeCommand(uuid, {
      RequestType: 'DeviceLock',
      ...(message ? { Message: message } : {}),
      ...(phoneNumber ? { PhoneNumber: phoneNumber } : {}),
      ...(code ? { PIN: code } : {}),
    }),
}
