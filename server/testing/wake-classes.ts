import type { Class } from './subjects.ts'

const whole = (body?: unknown): Class => (body === undefined ? { for: 'whole' } : { for: 'whole', body })

/** Whom the routes of the channels by which agents are woken are for. */
export const wakeClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/wake-channels': whole(),
  'PUT /api/v1/wake-channels/fcm': whole({ serviceAccount: 'x' }),
  'PUT /api/v1/wake-channels/sms': whole({ url: 'https://sms.example/send' }),
  'PUT /api/v1/wake-channels/smpp': whole({ host: 'smsc.example', systemId: 'muster' }),
  'PUT /api/v1/wake-channels/webpush': whole({ contact: 'mailto:it@example.com' }),
  'POST /api/v1/wake-channels/trial': whole({ channel: 'wait' }),
  'GET /api/v1/units/:id/wake-rhythm': { for: 'thing', of: 'unit' },
  'PUT /api/v1/units/:id/wake-rhythm': {
    for: 'thing',
    of: 'unit',
    body: { everyMs: 3_600_000, jitterPercent: 20, lostEveryMs: 300_000 },
  },
  'DELETE /api/v1/units/:id/wake-rhythm': { for: 'thing', of: 'unit' },
  'GET /api/v1/wake-estimate': { for: 'open', why: 'counts with what is asked, and reads nothing of the org' },
  'DELETE /api/v1/wake-channels/webpush': whole(),
  'DELETE /api/v1/wake-channels/fcm': whole(),
  'DELETE /api/v1/wake-channels/sms': whole(),
  'PUT /api/v1/devices/:id/wake-number': { for: 'thing', of: 'device', body: { number: null }, empty: true },
  'GET /api/v1/devices/:id/channels': { for: 'thing', of: 'device' },
}
