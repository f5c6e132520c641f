import { encodeCommand } from '@muster/wire/apple/command.ts'
import { bytes, dict } from '@muster/wire/plist/plist.ts'
import { z } from 'zod'
import * as commands from '../../../areas/commands/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as escrow from '../../../areas/escrow/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { Problem } from '../../../base/problem.ts'
import { meets, platformsOf, type Terms } from '../commands/eligibility.ts'
import { recipientOf } from './recipient.ts'
import { recoveryKeyKind, takeRecoveryKey } from './recovery-key.ts'
import { asServer } from './startup-password.ts'

interface Args {
  before?: string | undefined
  /** Base64 of the certificate that the new key is encrypted for. */
  recipient?: string | undefined
}

const args: z.ZodType<Args> = z.strictObject({})
const terms: Terms = { on: { macos: { since: '10.9' } }, rights: ['lockAndRemovePasscode'], company: true }

/**
 * Has a Mac make a new recovery key and tell it, encrypted for us. The key it made is nowhere but on the Mac until its answer is here; when that is lost,
 * the escrow profile makes the Mac tell it again with its next inventory, which is asked for whenever this fails.
 */
export const recoveryKeyRotate: commands.CommandKind<Args, { cms: Uint8Array | undefined }> = {
  kind: 'filevault.rotate',
  permission: 'devices:secrets',
  impact: 'reversible',
  destructive: false,
  args,
  loggable: [],
  secret: ['before'],
  expiresInMs: 7 * 24 * 3_600_000,
  internal: true,
  platforms: platformsOf(terms),
  eligible: subject => meets(terms, subject),
  complete: async (ctx, held) => {
    const { device } = await enrollment.get(ctx, held)
    const before = await escrow.current(ctx, device, recoveryKeyKind)
    if (!before) throw new Problem('escrow.nothing-kept')
    return { before: before.value, recipient: Buffer.from(await recipientOf(ctx)).toString('base64') }
  },
  encode: ({ before, recipient }, uuid) =>
    encodeCommand(uuid, {
      RequestType: 'RotateFileVaultKey',
      KeyType: 'personal',
      FileVaultUnlock: { Password: before ?? '' },
      ReplyEncryptionCertificate: new Uint8Array(Buffer.from(recipient ?? '', 'base64')),
    }),
  read: result => ({ cms: bytes(dict(dict(result as never).RotateResult), 'EncryptedNewRecoveryKey') }),
  onDone: async (ctx, { id, device }, said) => {
    if (said?.cms && (await takeRecoveryKey(ctx, device, said.cms, id))) return
    await askAgain(ctx, device)
  },
  onFailed: (ctx, { device }, error) => failed(ctx, device, error.explained),
}

async function failed(ctx: Ctx, device: string, why: string): Promise<void> {
  await askAgain(ctx, device)
  await escrow.noteFailed(ctx, { device, kind: recoveryKeyKind, problem: why })
}

async function askAgain(ctx: Ctx, device: string): Promise<void> {
  await commands.send(asServer(ctx), { device, kind: 'security.query' })
}

/** Recovery keys of Macs: told by the Mac where the policy `encryption` demands it, replaced after a view. */
export const recoveryKeyCustodian: escrow.Custodian = {
  kind: recoveryKeyKind,
  platforms: ['macos'],
  shown: true,
  demandable: true,
  always: true,
  erased: true,
  suits: ({ device, facts }) => device.ownership !== 'personal' && facts['security.encrypted'] === true,
  renew: async (ctx, device) => {
    const server = asServer(ctx)
    if (await escrow.current(ctx, device.id, recoveryKeyKind)) {
      await commands.send(server, { device: device.id, kind: recoveryKeyRotate.kind })
      return 'ordered'
    }
    await commands.send(server, { device: device.id, kind: 'security.query' })
    return 'escrow.nothing-kept'
  },
}
