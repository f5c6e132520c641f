import type { Class } from './subjects.ts'

const thing = (of: 'device', body?: unknown): Class => ({ for: 'thing', of, body })

/** Whom the routes of the past and of reports are for. */
export const reportClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/devices/past': { for: 'list', of: 'device' },
  'GET /api/v1/devices/:id/past': thing('device'),
  'GET /api/v1/devices/:id/compare': thing('device'),
}
