import * as privacy from '../privacy/index.ts'
import * as accounts from './account-store.ts'
import * as rows from './enrollment-store.ts'

/** Takes the names of people off the accounts of a device, where they may not be known. */
export const purge: privacy.Purge = async (ctx, held, keeping) => {
  if (keeping.since('accounts') !== privacy.always) return []
  const gone: privacy.Deleted[] = []
  for (const { id } of await rows.listOfDevice(ctx, held.id))
    for (const account of await accounts.listAccounts(ctx, id)) {
      if (account.shortName === null && account.longName === null) continue
      await accounts.putAccount(ctx, { ...account, shortName: null, longName: null })
      gone.push({ type: 'accounts', key: `enrolled_accounts ${account.id}` })
    }
  return gone
}
