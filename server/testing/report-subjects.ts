import type { Class, Subject } from './subjects.ts'

const thing = (of: 'device' | 'report', body?: unknown): Class => ({ for: 'thing', of, body })
const wish = { kind: 'inventory', format: 'csv' }

/** What saved views, saved reports and files are made of in the authorization matrix. */
export const reportSubjects = {
  view: {
    whole: true,
    make: async ({ h }) => {
      const { key } = await h.given.admin()
      return { id: String((await h.http('POST', '/api/v1/views', { as: key, body: { name: 'Mine' } })).body.id) }
    },
  },
  report: {
    make: async ({ h, unit }) => {
      const { key } = await h.given.admin()
      const made = await h.http('POST', '/api/v1/reports', { as: key, body: { name: 'Inventory', unit, wish } })
      return { id: String(made.body.id) }
    },
  },
  export: {
    whole: true,
    make: async ({ h }) => {
      const { key } = await h.given.admin()
      return { id: String((await h.http('POST', '/api/v1/exports', { as: key, body: wish })).body.id) }
    },
  },
} satisfies Record<string, Subject>

/** Whom the routes of the past and of reports are for. */
export const reportClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/devices/past': { for: 'list', of: 'device' },
  'GET /api/v1/devices/:id/as-of': thing('device'),
  'GET /api/v1/devices/:id/compare': thing('device'),
  'GET /api/v1/reports/library': { for: 'same' },
  'GET /api/v1/reports': { for: 'list', of: 'report' },
  'POST /api/v1/reports': { for: 'into', body: (unit, name) => ({ name, unit, wish }) },
  'GET /api/v1/reports/:id': thing('report'),
  'PATCH /api/v1/reports/:id': thing('report', { name: 'Renamed' }),
  'DELETE /api/v1/reports/:id': thing('report'),
  'POST /api/v1/reports/:id/run': thing('report', {}),
  // Files are their owner's alone; what they hold is asked in areas/reports.
  'GET /api/v1/exports': { for: 'same' },
  'POST /api/v1/exports': { for: 'same', body: wish },
  'POST /api/v1/evidence': { for: 'whole', body: { from: '2026-11-01', to: '2026-11-20' } },
  'GET /api/v1/exports/:id': { for: 'private', of: 'export' },
  'POST /api/v1/exports/:id/cancel': { for: 'private', of: 'export' },
  'GET /api/v1/exports/:id/file': { for: 'private', of: 'export' },
}
