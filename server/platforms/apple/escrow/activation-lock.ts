import { encodeCommand } from '@muster/wire/apple/command.ts'
import { dict, str } from '@muster/wire/plist/plist.ts'
import { z } from 'zod'
import * as commands from '../../../areas/commands/index.ts'
import * as escrow from '../../../areas/escrow/index.ts'
import { meets, mobile, platformsOf, type Terms } from '../commands/eligibility.ts'
import { asServer } from './startup-password.ts'

export const bypassKind = 'activation-lock'
const args = z.strictObject({})
const dayMs = 24 * 3_600_000
const terms: Terms = { on: { ...mobile('7.1', true), macos: { since: '10.15', supervised: true } }, company: true }

/** Asks for the code that lifts Activation Lock. Devices tell it for fifteen days after they were supervised, so it is asked for when they enroll. */
export const bypassFetch: commands.CommandKind<object, { code: string }> = {
  kind: 'activation-lock.fetch',
  permission: 'devices:secrets',
  impact: 'read',
  destructive: false,
  args,
  loggable: [],
  secret: [],
  quiet: true,
  internal: true,
  expiresInMs: 15 * dayMs,
  platforms: platformsOf(terms),
  eligible: subject => meets(terms, subject),
  encode: (_args, uuid) => encodeCommand(uuid, { RequestType: 'ActivationLockBypassCode' }),
  judge: result =>
    (str(dict(result as never), 'ActivationLockBypassCode') ?? '').trim() === ''
      ? { code: null, domain: null, message: null, explained: 'command.no-bypass-code' }
      : null,
  read: result => ({ code: (str(dict(result as never), 'ActivationLockBypassCode') ?? '').trim().slice(0, 200) }),
  onDone: async (ctx, { device }, said) =>
    void (await escrow.keep(ctx, { device, kind: bypassKind, value: said.code, state: 'current' })),
  onFailed: (ctx, { device }, error) => escrow.noteFailed(ctx, { device, kind: bypassKind, problem: error.explained }),
}

/** Has the device forget its code, so that it makes another one; ours is past then and opens nothing any more. */
export const bypassClear: commands.CommandKind<object> = {
  kind: 'activation-lock.clear',
  permission: 'devices:secrets',
  impact: 'disruptive',
  destructive: false,
  args,
  loggable: [],
  secret: [],
  expiresInMs: 7 * dayMs,
  platforms: platformsOf(terms),
  eligible: subject => meets(terms, subject),
  encode: (_args, uuid) => encodeCommand(uuid, { RequestType: 'ClearActivationLockBypassCode' }),
  onDone: async (ctx, { device }) => {
    await escrow.drop(ctx, device, [bypassKind], 'cleared')
    await commands.send(asServer(ctx), { device, kind: bypassFetch.kind })
  },
}

/** Bypass codes. A device makes another one whenever Find My is turned on, so they are asked for again and again. */
export const bypassCustodian: escrow.Custodian = {
  kind: bypassKind,
  platforms: ['ios', 'ipados', 'macos'],
  shown: true,
  demandable: true,
  always: true,
  erased: false,
  suits: ({ device }) => device.supervised === true && device.ownership !== 'personal',
  stale: ({ facts, toldAt, now }) => {
    const locked = facts['security.findMy'] === true || facts['security.activationLock'] === true
    return now - (toldAt ?? 0) >= (locked ? 3 : 14) * dayMs
  },
  renew: async (ctx, device) => {
    await commands.send(asServer(ctx), { device: device.id, kind: bypassFetch.kind })
    return 'ordered'
  },
}
