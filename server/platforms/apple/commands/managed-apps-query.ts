import { encodeCommand } from '@muster/wire/apple/command.ts'
import { dict } from '@muster/wire/plist/plist.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { hasBooks, managedIn, noteManaged } from '../apps/listed.ts'
import { lookAtBooks } from '../apps/order.ts'
import { appTerms } from './app-order.ts'
import { meets, platformsOf, type Terms } from './eligibility.ts'
import { inventory } from './inventory.ts'

const args = z.strictObject({})
const terms: Terms = { ...appTerms, rights: ['manageApps', 'inspectApps'] }

/** Asks how far the apps are that management put there; of the person's own it says nothing. */
export const managedAppsQuery: CommandKind<z.infer<typeof args>, ReadonlyMap<string, string>> = {
  ...inventory,
  kind: 'managed-apps.query',
  args,
  loggable: [],
  platforms: platformsOf(terms),
  eligible: subject => meets(terms, subject),
  wants: 'managed-apps',
  encode: (_, uuid) => encodeCommand(uuid, { RequestType: 'ManagedApplicationList' }),
  read: result => managedIn(dict(result as never)),
  onDone: async (ctx, { enrollment, device }, listed) => {
    await noteManaged(ctx, { enrollment, device }, listed)
    if (await hasBooks(ctx, { enrollment, device })) await lookAtBooks(ctx, { enrollment, account: '', device })
  },
}
