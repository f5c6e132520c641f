import type { Class } from './subjects.ts'

const person: Class = { for: 'person' }

/** Whom the routes of the portal are for. */
export const portalClasses: Readonly<Record<string, Class>> = {
  'POST /api/v1/users/:id/portal-link': { for: 'thing', of: 'user', body: { send: 'show' } },
  'GET /api/v1/users/:id/portal': { for: 'thing', of: 'user' },
  'DELETE /api/v1/users/:id/portal': { for: 'thing', of: 'user' },
  'POST /api/v1/my/visit': { for: 'open', why: 'what is sent proves itself' },
  'DELETE /api/v1/my/visit': person,
  'GET /api/v1/my': person,
  'PATCH /api/v1/my': person,
  'GET /api/v1/my/devices/:id': person,
  'POST /api/v1/my/code': person,
  'POST /api/v1/my/step-up': person,
  'POST /api/v1/my/devices/:id/lost': person,
  'POST /api/v1/my/devices/:id/consents/:consent': person,
  'POST /api/v1/my/asks': person,
  'DELETE /api/v1/my/asks/:id': person,
  'POST /api/v1/my/export': person,
}
