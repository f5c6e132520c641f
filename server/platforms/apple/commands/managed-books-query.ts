import { encodeCommand } from '@muster/wire/apple/command.ts'
import { dict } from '@muster/wire/plist/plist.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { booksIn, noteBooks } from '../apps/listed.ts'
import { appTerms } from './app-order.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'
import { inventory } from './inventory.ts'

const args = z.strictObject({})
const terms: Terms = { ...appTerms, on: mobile('8.0') }

/** Asks how far the books are that management put there. Only a device that should have one is asked, behind the question about its apps. */
export const managedBooksQuery: CommandKind<z.infer<typeof args>, ReadonlyMap<string, string>> = {
  ...inventory,
  inventory: false,
  kind: 'managed-books.query',
  args,
  loggable: [],
  platforms: platformsOf(terms),
  eligible: subject => meets(terms, subject),
  wants: 'managed-apps',
  encode: (_, uuid) => encodeCommand(uuid, { RequestType: 'ManagedMediaList' }),
  read: result => booksIn(dict(result as never)),
  onDone: async (ctx, { enrollment, device }, listed) => {
    await noteBooks(ctx, { enrollment, device }, listed)
  },
}
