import { encodeCommand } from '@muster/wire/apple/command.ts'
import { toJson } from '@muster/wire/apple/result.ts'
import { bytes, dict } from '@muster/wire/plist/plist.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as escrow from '../../../areas/escrow/index.ts'
import { takeRecoveryKey } from '../escrow/recovery-key.ts'
import { securityFacts } from '../facts.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'
import { inventory } from './inventory.ts'

const args = z.strictObject({})

const terms: Terms = {
  on: { ...mobile('4.0'), macos: { since: '10.7' }, tvos: { since: '9.0' } },
  rights: ['querySecurity'],
  userEnrollment: true,
  accounts: ['macos'],
}

/** Asks how a device is protected: passcode, encryption, firewall, boot. */
export const securityQuery: CommandKind<
  z.infer<typeof args>,
  { facts: Record<string, devices.JsonValue>; raw: devices.JsonValue; recoveryKey: Uint8Array | undefined }
> = {
  ...inventory,
  kind: 'security.query',
  args,
  loggable: [],
  platforms: platformsOf(terms),
  eligible: subject => meets(terms, subject),
  encode: (_args, uuid) => encodeCommand(uuid, { RequestType: 'SecurityInfo' }),
  read: result => {
    const said = dict(dict(result as never).SecurityInfo)
    return { facts: securityFacts(said), raw: toJson(said), recoveryKey: bytes(said, 'FDE_PersonalRecoveryKeyCMS') }
  },
  onDone: async (ctx, { device, account }, { facts, raw, recoveryKey }) => {
    if (account !== '') return
    await devices.learn(ctx, device, 'SecurityInfo', facts)
    await devices.report(ctx, device, 'SecurityInfo', raw)
    if (recoveryKey?.length) await takeRecoveryKey(ctx, device, recoveryKey)
    await escrow.consider(ctx, device)
  },
}
