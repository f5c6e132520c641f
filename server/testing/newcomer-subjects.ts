import type { Ctx } from '../base/ctx.ts'
import * as enrollment from '../areas/enrollment/index.ts'
import { setAdmission } from '../areas/enrollment/newcomer.ts'
import { listNewcomers, newcomerSorts } from '../areas/enrollment/newcomer-store.ts'
import { readPage } from '../base/page.ts'
import type { Class, Subject } from './subjects.ts'

let made = 0

/** The one that asks with this key. */
async function keyed(ctx: Ctx, keyHash: string): Promise<string> {
  const page = readPage(ctx.org, { sort: '-askedAt', limit: 200 }, newcomerSorts)
  const { items } = await listNewcomers(ctx, { state: 'waiting', paths: ['/'], page, now: ctx.now })
  return items.find(i => i.key_hash === keyHash)?.id ?? ''
}

/** What devices that wait to be let in are made of in the authorization matrix. */
export const newcomerSubjects = {
  newcomer: {
    make: async ({ h, unit }) => {
      const { id: of } = await h.given.invitation({ unit })
      made += 1
      const keyHash = `newcomer ${made}`
      const id = await h.run(async ctx => {
        await setAdmission(ctx, true)
        const invitation = await enrollment.findInvitation(ctx, of)
        if (!invitation) throw new Error('no invitation')
        const said = {
          mode: 'dedicated',
          serial: null,
          name: 'Phone',
          osVersion: '16',
          attested: 'none',
          attestedWhy: null,
        }
        await enrollment.admit(ctx, invitation, { road: 'agent', keyHash, ...said })
        return keyed(ctx, keyHash)
      })
      return { id }
    },
  },
} satisfies Record<string, Subject>

/** Whom their routes are for. */
export const newcomerClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/newcomers': { for: 'list', of: 'newcomer' },
  'POST /api/v1/newcomers/decide': { for: 'open', why: 'names newcomers in its body, each of which is asked about' },
  'GET /api/v1/newcomers/admission': { for: 'same' },
  'PUT /api/v1/newcomers/admission': { for: 'whole', body: { wait: true } },
}
