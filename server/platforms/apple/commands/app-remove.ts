import { encodeCommand } from '@muster/wire/apple/command.ts'
import type { Dict } from '@muster/wire/plist/plist.ts'
import { z } from 'zod'
import * as apps from '../../../areas/apps/index.ts'
import type { CommandKind } from '../../../areas/commands/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import { appTerms } from './app-order.ts'
import { meets, platformsOf } from './eligibility.ts'
import { noteFailed } from './item-install.ts'

interface Args {
  item: string
  app: string
  /** That it is gone is what this version of the item asks for; absent: nothing asks for it any more. */
  version?: string
  command?: Dict
}

const name = z.string().min(1).max(400)
const args: z.ZodType<Args> = z.strictObject({ item: name, app: name, version: name.exactOptional() })

/** Takes an app that nothing asks for any more off the device. */
export const appRemove: CommandKind<Args> = {
  kind: 'app.remove',
  permission: 'devices:configure',
  impact: 'reversible',
  destructive: false,
  args,
  loggable: [],
  secret: ['command'],
  expiresInMs: 7 * 24 * 3_600_000,
  platforms: platformsOf(appTerms),
  internal: true,
  quiet: true,
  eligible: subject => meets(appTerms, subject),
  // One that is not there has gone; one that management did not put there is not ours to take.
  forgives: ['apple.app-not-installed'],
  complete: async (ctx, _enrollment, { args: { app: id } }) => {
    const app = await apps.getApp(ctx, id)
    const command: Dict =
      app.kind === 'book'
        ? { RequestType: 'RemoveMedia', MediaType: 'Book', iTunesStoreID: Number(app.storeId) }
        : { RequestType: 'RemoveApplication', Identifier: app.bundle ?? '' }
    return { command }
  },
  encode: ({ command = {} }, uuid) => encodeCommand(uuid, command),
  onDone: async (ctx, { enrollment, account, device, args: { item = '', app = '', version } }) => {
    await apps.noteStatus(ctx, device, app, { state: 'removed', heard: true })
    await apps.forget(ctx, device, app)
    if (version !== undefined)
      return void (await reconcile.note(ctx, { enrollment, account }, item, {
        did: 'installed',
        version,
        via: 'command',
      }))
    if (item !== '-') await reconcile.note(ctx, { enrollment, account }, item, { did: 'gone' })
  },
  onFailed: async (ctx, answered, error) => {
    if (answered.args.item !== '-') await noteFailed(ctx, answered, error)
  },
}
