import type { Class } from './subjects.ts'

const whole = (body?: unknown): Class => (body === undefined ? { for: 'whole' } : { for: 'whole', body })

/** Whom the routes of the channels by which agents are woken are for. */
export const wakeClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/wake-channels': whole(),
  'PUT /api/v1/wake-channels/fcm': whole({ serviceAccount: 'x' }),
  'PUT /api/v1/wake-channels/sms': whole({ url: 'https://sms.example/send' }),
  'DELETE /api/v1/wake-channels/fcm': whole(),
  'DELETE /api/v1/wake-channels/sms': whole(),
  'GET /api/v1/devices/:id/channels': { for: 'thing', of: 'device' },
}
