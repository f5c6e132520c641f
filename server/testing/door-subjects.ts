import * as enrollment from '../areas/enrollment/index.ts'
import { newId } from '../base/id.ts'
import { newcomerClasses, newcomerSubjects } from './newcomer-subjects.ts'
import type { Class, Subject } from './subjects.ts'

const proofs: Class = { for: 'open', why: 'the caller proves itself, by what it signs or by a secret it was given' }

/** Whom the doors are for that Apple devices come through before they are enrolled. */
export const doorClasses: Readonly<Record<string, Class>> = {
  ...newcomerClasses,
  'POST /enroll/apple/auto': proofs,
  'POST /enroll/apple/auto/:secret': proofs,
  'GET /enroll/apple/auto/:secret/web': proofs,
  'POST /enroll/apple/auto/:secret/web': proofs,
  'GET /enroll/apple/ota/:token': proofs,
  'POST /enroll/apple/ota/:token': proofs,
  'GET|POST /enroll/apple/configurator/:token': proofs,
  'GET /MDMServiceConfig': { for: 'open', why: 'says addresses without a secret' },
  'GET /enroll/apple/anchors': { for: 'open', why: 'certificates that anyone may know' },
  'GET /.well-known/com.apple.remotemanagement': { for: 'open', why: 'says addresses without a secret' },
  'GET /enroll/apple/account/servers/:org': { for: 'open', why: 'says addresses without a secret' },
  'POST /enroll/apple/account/:mode/:org': proofs,
  'GET /enroll/apple/account/:mode/:org/signin': proofs,
  'POST /enroll/apple/account/:mode/:org/signin': proofs,
  'GET /api/v1/settings/account-driven': { for: 'same' },
  'GET /api/v1/devices/:id/setup-run': { for: 'thing', of: 'device' },
  'GET /api/v1/devices/:id/return': { for: 'thing', of: 'device' },
  'GET /api/v1/setup-runs': { for: 'list', of: 'run' },
  'GET /api/v1/setups/:id/apple': { for: 'thing', of: 'setup' },
  'PUT /api/v1/setups/:id/apple': { for: 'thing', of: 'setup', body: { primary: 'standard' } },
  'PATCH /api/v1/settings/account-driven': { for: 'whole', body: { byod: true } },
}

/** What a set-up that goes on is made of in the authorization matrix. */
export const doorSubjects = {
  ...newcomerSubjects,
  run: {
    make: async ({ h, unit }) => {
      const device = await h.given.device({ unit })
      const id = newId('enrollment')
      await h.run(async ctx => {
        await enrollment.beginRun(ctx, { id, device: device.id }, { awaits: [], until: ctx.now + 900_000 })
        // Nobody looks after it: its device never comes, and it would end at once.
        await ctx.tx.deleteFrom('jobs').where('payload', 'like', `%${id}%`).execute()
      })
      return { id }
    },
  },
} satisfies Record<string, Subject>
