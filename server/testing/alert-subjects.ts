import { givenAlert } from './given-alerts.ts'
import type { Class, Subject } from './subjects.ts'

const self: Class = { for: 'self' }
const thing = (body?: unknown): Class => ({ for: 'thing', of: 'alert', body })
const month = 30 * 86_400_000

/** What alerts are made of in the authorization matrix. */
export const alertSubjects = {
  alert: { make: ({ h, unit }) => givenAlert(h, { unit }) },
} satisfies Record<string, Subject>

/** Whom the routes of alerts and mail are for. */
export const alertClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/alerts': { for: 'list', of: 'alert' },
  'GET /api/v1/alerts.csv': { for: 'list', of: 'alert' },
  'GET /api/v1/alerts/summary': { for: 'same' },
  'POST /api/v1/alerts/seen': self,
  'GET /api/v1/alerts/settings': { for: 'same' },
  'PUT /api/v1/alerts/settings': { for: 'whole', body: { type: 'violation', opens: true } },
  // Which of them the caller may change is said of each; see areas/alerts.
  'POST /api/v1/alerts/bulk': { for: 'same', body: { do: 'acknowledge', ids: ['alt_x'] } },
  'GET /api/v1/alerts/:id': thing(),
  'POST /api/v1/alerts/:id/acknowledge': thing(),
  'POST /api/v1/alerts/:id/resolve': thing({}),
  'POST /api/v1/alerts/:id/reopen': thing(),
  'POST /api/v1/alerts/:id/assign': thing({ admin: null }),
  'POST /api/v1/alerts/:id/snooze': thing({ until: Date.UTC(2026, 10, 20, 9) + month }),
  'POST /api/v1/alerts/:id/comment': thing({ text: 'Looked at it' }),
  'POST /api/v1/alerts/:id/ask': thing(),
  'GET /api/v1/me/notifications': self,
  'PUT /api/v1/me/notifications': self,
  'GET /api/v1/me/notifications/digest': self,
  'GET /api/v1/mail': { for: 'whole' },
  'GET /api/v1/mail/outbox': { for: 'whole' },
  'POST /api/v1/mail/test': self,
  'GET /api/v1/devices/:id/hold': { for: 'thing', of: 'device' },
  'PUT /api/v1/devices/:id/hold': {
    for: 'thing',
    of: 'device',
    body: { until: Date.UTC(2026, 10, 20, 9) + month, reason: 'Parental leave' },
  },
  'DELETE /api/v1/devices/:id/hold': { for: 'thing', of: 'device' },
}
