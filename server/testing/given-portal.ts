import * as store from '../areas/portal/store.ts'
import { digest, type Id, newId, newSecret } from '../base/id.ts'
import type { House } from './house.ts'

/** Arranges visits: browsers in which a person reads their own page. */
export interface GivenPortal {
  /** `user` is a fresh one unless named; the visit began by a mailed link unless it was shown. */
  visit(what?: { user?: string; sent?: store.Sent; proven?: boolean }): Promise<{ user: string; cookie: string }>
}

/** The givens of the portal for a house. */
export function givenPortal(h: House): GivenPortal {
  return {
    visit: async ({ user, sent = 'mail', proven = false } = {}) => {
      const who = user ?? (await h.given.user()).id
      const secret = newSecret()
      await h.run(ctx =>
        store.putVisit(ctx, {
          org: ctx.org,
          id: newId('visit'),
          hash: digest(secret),
          user_id: who as Id<'user'>,
          sent,
          address: '127.0.0.1',
          agent: 'test',
          created_at: ctx.now,
          last_seen_at: ctx.now,
          expires_at: ctx.now + 12 * 3_600_000,
          proven_at: proven ? ctx.now : null,
        }),
      )
      return { user: who, cookie: `__Host-muster-person=${secret}` }
    },
  }
}
