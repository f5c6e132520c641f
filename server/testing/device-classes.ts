import type { Class } from './subjects.ts'

const thing = (of: 'device'): Class => ({ for: 'thing', of })

/** Whom the routes that read one device are for. */
export const deviceClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/devices/:id/apps': thing('device'),
  'GET /api/v1/devices/:id/profiles': thing('device'),
  'GET /api/v1/devices/:id/certificates': thing('device'),
  'GET /api/v1/devices/:id/raw': thing('device'),
  'GET /api/v1/devices/:id/facts/:key': { for: 'thing', of: 'device', with: { key: 'os.version' } },
  'GET /api/v1/devices/counts': { for: 'same' },
}
