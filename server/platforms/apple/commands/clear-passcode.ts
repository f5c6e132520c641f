import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { Problem } from '../../../base/problem.ts'
import { unlockToken } from '../tokens.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'

interface Args {
  token?: Uint8Array
}

const args: z.ZodType<Args> = z.strictObject({})

/** What clearing a passcode asks of a device. */
export const clearPasscodeTerms: Terms = {
  on: mobile('4.0'),
  rights: ['lockAndRemovePasscode'],
  company: true,
}

const tokenFact = 'apple.unlockToken'

/** Takes the passcode off a device whose person forgot it, with the token the device entrusted to us for that. */
export const clearPasscode: CommandKind<Args> = {
  kind: 'clear-passcode',
  permission: 'devices:clear-passcode',
  impact: 'disruptive',
  destructive: true,
  args,
  loggable: [],
  secret: ['token'],
  expiresInMs: null,
  platforms: platformsOf(clearPasscodeTerms),
  priority: 'high',
  looks: async (ctx, { enrollment }) => ({ [tokenFact]: (await unlockToken(ctx, enrollment.id)) !== null }),
  eligible: subject => {
    const met = meets(clearPasscodeTerms, subject)
    if (met !== true) return met
    // A Shared iPad has passcodes of its accounts only (Apple: Clear Passcode Command).
    if (subject.enrollment.kind === 'shared-ipad') return 'command.shared-ipad'
    return subject.facts[tokenFact] === true ? true : 'command.no-unlock-token'
  },
  // The token is read when it is sent: a device may have given a newer one since.
  complete: async (ctx, enrollment) => {
    const token = await unlockToken(ctx, enrollment)
    if (token === null) throw new Problem('command.no-unlock-token')
    return { token }
  },
  encode: ({ token }, uuid) =>
    encodeCommand(uuid, { RequestType: 'ClearPasscode', UnlockToken: token ?? new Uint8Array() }),
}
