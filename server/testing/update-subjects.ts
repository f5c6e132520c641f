import * as store from '../areas/updates/campaign-store.ts'
import type { Id } from '../base/id.ts'
import type { Class, Subject } from './subjects.ts'

/** What campaigns are made of in the authorization matrix. */
export const updateSubjects = {
  campaign: {
    make: async ({ h, unit }) => {
      const { id } = await h.given.campaign({ unit })
      const { device } = await h.given.enrolled({ unit: unit as Id<'unit'> })
      await h.run(ctx =>
        store.putException(ctx, {
          org: ctx.org,
          campaign: id,
          device: device.id,
          reason: 'for the matrix',
          until: ctx.now + 86_400_000,
          by_kind: 'system',
          by_id: null,
          at: ctx.now,
        }),
      )
      return { id, device: device.id }
    },
  },
} satisfies Record<string, Subject>

const thing = (body?: unknown): Class => ({ for: 'thing', of: 'campaign', body })
const same: Class = { for: 'same' }

/** Whom the routes of versions and campaigns are for. */
export const updateClasses: Readonly<Record<string, Class>> = {
  // What they count is asked in areas/updates.
  'GET /api/v1/updates': same,
  'GET /api/v1/updates/releases': same,
  'GET /api/v1/updates/devices': same,
  'POST /api/v1/updates/refresh': same,
  'GET /api/v1/devices/:id/updates': { for: 'thing', of: 'device' },
  'GET /api/v1/campaigns': { for: 'list', of: 'campaign' },
  'POST /api/v1/campaigns': {
    for: 'into',
    body: (unit, name) => ({
      name,
      unit,
      platforms: ['ios'],
      target: { kind: 'version', versions: { ios: '26.1' }, due: '2030-01-01T20:00' },
    }),
  },
  'GET /api/v1/campaigns/:id': thing(),
  'PATCH /api/v1/campaigns/:id': thing({ note: 'Because' }),
  'DELETE /api/v1/campaigns/:id': thing(),
  'POST /api/v1/campaigns/:id/start': thing(),
  'POST /api/v1/campaigns/:id/pause': thing(),
  'POST /api/v1/campaigns/:id/resume': thing(),
  'POST /api/v1/campaigns/:id/advance': thing(),
  'POST /api/v1/campaigns/:id/stop': thing(),
  'GET /api/v1/campaigns/:id/devices': thing(),
  'GET /api/v1/campaigns/:id/devices.csv': thing(),
  'GET /api/v1/campaigns/:id/preview': thing(),
  'GET /api/v1/campaigns/:id/points': thing(),
  'GET /api/v1/campaigns/:id/gate': thing(),
  'POST /api/v1/campaigns/:id/gate': thing({ kind: 'new', restrict: null }),
  'DELETE /api/v1/campaigns/:id/gate': thing(),
  'POST /api/v1/campaigns/:id/exceptions': thing({ device: 'none', reason: 'to be refused', until: 1 }),
  'DELETE /api/v1/campaigns/:id/exceptions/:device': thing(),
}
