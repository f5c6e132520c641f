import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import { meets, platformsOf } from './eligibility.ts'
import { itemTerms, noteFailed } from './item-install.ts'

const name = z.string().min(1).max(400)
const args = z.strictObject({ item: name, identifier: name })

/** Takes the profile of an item off the device. */
export const itemRemove: CommandKind<z.infer<typeof args>> = {
  kind: 'item.remove',
  permission: 'devices:configure',
  impact: 'reversible',
  destructive: false,
  args,
  loggable: [],
  secret: [],
  expiresInMs: 7 * 24 * 3_600_000,
  platforms: platformsOf(itemTerms),
  internal: true,
  quiet: true,
  eligible: subject => meets(itemTerms, subject),
  // One that is not there is removed; one that is not ours to remove came some other way.
  forgives: ['apple.profile-not-found', 'apple.profile-not-managed'],
  encode: ({ identifier }, uuid) => encodeCommand(uuid, { RequestType: 'RemoveProfile', Identifier: identifier }),
  onDone: async (ctx, { enrollment, account, args: { item = '' } }) => {
    await reconcile.note(ctx, { enrollment, account }, item, { did: 'gone' })
  },
  onFailed: noteFailed,
}
