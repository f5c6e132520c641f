import { report } from '../areas/incidents/report.ts'
import type { Id } from '../base/id.ts'
import type { Class, Subject } from './subjects.ts'

/** What incidents are made of in the authorization matrix. */
export const incidentSubjects = {
  incident: {
    make: async ({ h, unit }) => {
      const { device } = await h.given.enrolled({ unit: unit as Id<'unit'>, facts: { 'identity.supervised': true } })
      const wish = { device: device.id, kind: 'lost', by: 'admin' } as const
      return { id: (await h.run(ctx => report(ctx, wish))).id, device: device.id }
    },
  },
} satisfies Record<string, Subject>

const thing = (body?: unknown): Class => ({ for: 'thing', of: 'incident', body })
/** The thing is not in the state where that can be done, whoever asks. */
const empty = (body?: unknown): Class => ({ for: 'thing', of: 'incident', body, empty: true })

/** Whom the routes of incidents are for. */
export const incidentClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/incidents': { for: 'list', of: 'incident' },
  'POST /api/v1/devices/:id/incidents': { for: 'thing', of: 'device', body: {} },
  'GET /api/v1/devices/:id/incidents': { for: 'thing', of: 'device' },
  'POST /api/v1/devices/:id/fixes/ask': { for: 'thing', of: 'device', body: { purpose: 'to see', signer: 'none' } },
  'POST /api/v1/devices/:id/fixes/open': { for: 'thing', of: 'device', body: { purpose: 'to see' } },
  'GET /api/v1/incidents/:id': thing(),
  'POST /api/v1/incidents/:id/message': thing({ message: 'Please call' }),
  'POST /api/v1/incidents/:id/sound': empty(),
  'POST /api/v1/incidents/:id/locate': empty(),
  'POST /api/v1/incidents/:id/lock': thing(),
  'POST /api/v1/incidents/:id/erase': empty({ confirm: 'another' }),
  'POST /api/v1/incidents/:id/found': thing({}),
  'POST /api/v1/incidents/:id/write-off': thing({}),
  'POST /api/v1/incidents/:id/close': empty({}),
  'PUT /api/v1/incidents/:id/order': thing({}),
  'DELETE /api/v1/incidents/:id/order': thing(),
  'POST /api/v1/incidents/:id/look': thing({}),
  'GET /api/v1/incidents/:id/fixes': thing(),
  'GET /api/v1/incidents/:id/entries': thing(),
  'GET /api/v1/incidents/:id/record.json': empty(),
  'GET /api/v1/incidents/:id/record.pdf': empty(),
}
