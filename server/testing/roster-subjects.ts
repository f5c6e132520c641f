import { beginBulk } from '../areas/roster/bulk.ts'
import { androidClasses, androidSubjects } from './android-subjects.ts'
import { licenseClasses, licenseSubjects } from './license-subjects.ts'
import type { Class, Subject } from './subjects.ts'

const thing = (of: 'bulk' | 'program' | 'setup' | 'entry', body?: unknown): Class => ({ for: 'thing', of, body })

/** What programs, setups and promised devices are made of in the authorization matrix. */
export const rosterSubjects = {
  program: { whole: true, make: async ({ h }) => ({ id: (await h.given.program()).id }) },
  setup: { make: async ({ h, unit }) => ({ id: (await h.given.setup({ unit })).id }) },
  bulk: {
    whole: true,
    make: async ({ h, unit }) => {
      const { serial } = await h.given.entry({ unit })
      const wish = { filter: `serial:"${serial}"`, devices: 1, wish: { unit } }
      return { id: (await h.run(ctx => beginBulk(ctx, wish))).id }
    },
  },
  entry: { make: async ({ h, unit }) => ({ id: (await h.given.entry({ unit })).id }) },
  ...licenseSubjects,
  ...androidSubjects,
} satisfies Record<string, Subject>

/** Whom the routes of the roster are for. */
export const rosterClasses: Readonly<Record<string, Class>> = {
  ...licenseClasses,
  ...androidClasses,
  'GET /api/v1/programs': { for: 'whole' },
  'GET /api/v1/programs/:id': thing('program'),
  'PATCH /api/v1/programs/:id': thing('program', { name: 'Renamed' }),
  'DELETE /api/v1/programs/:id': thing('program'),
  'POST /api/v1/programs/:id/sync': thing('program'),
  'POST /api/v1/programs/devices/keys': { for: 'whole' },
  'POST /api/v1/programs/devices': { for: 'whole', body: { name: 'Programs', token: 'none' } },
  'PUT /api/v1/programs/devices/:id/token': thing('program', { token: 'none' }),
  'GET /api/v1/roster': { for: 'list', of: 'entry', query: '?limit=200' },
  'PATCH /api/v1/roster': { for: 'open', why: 'names serials in its body, which areas/roster asks about' },
  'GET /api/v1/roster/count': { for: 'open', why: 'counts what the reader may change, and nothing else' },
  'POST /api/v1/roster/bulks': { for: 'open', why: 'matches by a filter, below the units that areas/roster allows' },
  'GET /api/v1/roster/bulks/:id': thing('bulk'),
  'GET /api/v1/roster/:id': thing('entry'),
  'GET /api/v1/setups': { for: 'list', of: 'setup' },
  'POST /api/v1/setups': { for: 'into', body: (unit, name) => ({ name, unit }) },
  'GET /api/v1/setups/:id': thing('setup'),
  'PATCH /api/v1/setups/:id': thing('setup', {}),
  'DELETE /api/v1/setups/:id': thing('setup'),
}
