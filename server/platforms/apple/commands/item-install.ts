import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import type { Answered, CommandError, CommandKind } from '../../../areas/commands/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { onChannel, profileNow } from '../deliver/fill.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'

interface Args {
  item: string
  version: string
  /** PayloadIdentifier and PayloadUUID of the profile. */
  identifier: string
  uuid: string
  /** Filled in when it is handed out, never kept: secrets are in it. */
  profile?: Uint8Array
}

const name = z.string().min(1).max(400)
const args: z.ZodType<Args> = z.strictObject({ item: name, version: name, identifier: name, uuid: name })

/** What installing and removing the profiles of items asks of a device. */
export const itemTerms: Terms = {
  on: { ...mobile('4.0'), macos: { since: '10.7' }, tvos: { since: '9.0' } },
  rights: ['inspectProfiles', 'installProfiles'],
  userEnrollment: true,
  accounts: ['macos', 'ipados'],
}

/** Puts an item on the device as a profile, where declarations cannot. What becomes of it is told by the item. */
export const itemInstall: CommandKind<Args> = {
  kind: 'item.install',
  permission: 'devices:configure',
  impact: 'reversible',
  destructive: false,
  args,
  loggable: [],
  secret: ['profile'],
  expiresInMs: 7 * 24 * 3_600_000,
  platforms: platformsOf(itemTerms),
  internal: true,
  quiet: true,
  eligible: subject => meets(itemTerms, subject),
  complete: async (ctx, enrollment, { account, args: { item, uuid } }) => ({
    profile: await profileNow(ctx, await onChannel(ctx, enrollment, account), { item, uuid }),
  }),
  encode: ({ profile }, uuid) =>
    encodeCommand(uuid, { RequestType: 'InstallProfile', Payload: profile ?? new Uint8Array() }),
  onDone: async (ctx, { enrollment, account, args: { item = '', version = '', identifier, uuid } }) => {
    const word = { did: 'installed', version, via: 'profile', handle: `${identifier} ${uuid}` } as const
    await reconcile.note(ctx, { enrollment, account }, item, word)
  },
  onFailed: noteFailed,
}

/** Notes that a command about an item has failed. */
export async function noteFailed(
  ctx: Ctx,
  { enrollment, account, args: { item = '', version } }: Answered<{ item: string; version?: string }>,
  { explained, domain, code, message }: CommandError,
): Promise<void> {
  // What is not wanted any more was not handed out; nothing has failed.
  if (explained === 'device.profile-unknown') return
  const error = { code: explained, facts: { domain, code, description: message?.slice(0, 500) ?? null } }
  await reconcile.note(ctx, { enrollment, account }, item, { did: 'failed', version: version ?? null, error })
}
