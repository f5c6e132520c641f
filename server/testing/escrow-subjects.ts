import type { Class } from './subjects.ts'

const on = (name: string) => ({ for: 'thing', of: 'device', with: { name } }) as const

/** Whom the routes about secrets of devices are for. The device of the matrix keeps none. */
export const escrowClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/devices/:id/secrets': { for: 'thing', of: 'device' },
  'POST /api/v1/devices/:id/secrets/:name/reveal': {
    ...on('lock-pin'),
    body: { purpose: 'to see whether it is refused' },
  },
  'POST /api/v1/devices/:id/secrets/:name/replace': { ...on('lock-pin'), empty: true },
  'GET /api/v1/escrow/missing': { for: 'same' },
  'GET /api/v1/escrow-rules': { for: 'same' },
  'PUT /api/v1/units/:id/escrow-rule': { for: 'thing', of: 'unit', body: { kinds: {}, afterViewMinutes: 60 } },
  'DELETE /api/v1/units/:id/escrow-rule': { for: 'thing', of: 'unit' },
}
