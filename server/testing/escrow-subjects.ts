import { addProgram } from '../areas/roster/index.ts'
import type { Class, Subject } from './subjects.ts'

const on = (name: string) => ({ for: 'thing', of: 'device', with: { name } }) as const

/** What acts in a vendor's portal is made of in the authorization matrix. */
export const escrowSubjects = {
  portal: {
    whole: true,
    make: async ({ h }) => {
      const mark = `portal ${h.now()} ${Math.random()}`
      const wish = { platform: 'apple', kind: 'portal', name: 'Portal', mark, secret: '{}' } as const
      return { id: (await h.run(ctx => addProgram(ctx, wish))).id }
    },
  },
} satisfies Record<string, Subject>

const portal = (body?: unknown): Class => ({ for: 'thing', of: 'portal', body })

/** Whom the routes about secrets of devices are for. The device of the matrix keeps none. */
export const escrowClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/devices/:id/secrets': { for: 'thing', of: 'device' },
  'POST /api/v1/devices/:id/secrets/:name/reveal': {
    ...on('lock-pin'),
    body: { purpose: 'to see whether it is refused' },
  },
  'POST /api/v1/devices/:id/secrets/:name/replace': { ...on('lock-pin'), empty: true },
  'GET /api/v1/devices/:id/activation-lock': { for: 'thing', of: 'device' },
  'POST /api/v1/devices/:id/activation-lock/lift': { for: 'thing', of: 'device', body: { confirm: 'x' }, empty: true },
  'POST /api/v1/programs/portal': {
    for: 'whole',
    body: { name: 'Portal', clientId: 'BUSINESSAPI.00000000-0000', keyId: 'none', key: 'x'.repeat(200) },
  },
  'PUT /api/v1/programs/portal/:id/key': portal({
    clientId: 'BUSINESSAPI.00000000-0000',
    keyId: 'none',
    key: 'x'.repeat(200),
  }),
  'GET /api/v1/programs/portal/:id/devices': portal(),
  'GET /api/v1/programs/portal/:id/servers': portal(),
  'GET /api/v1/programs/portal/:id/acts': portal(),
  'GET /api/v1/programs/portal/:id/act-devices': portal(),
  'POST /api/v1/programs/portal/:id/acts': portal({ what: 'assign', serials: ['C02AAAAAA1'], server: 'none' }),
  'GET /api/v1/escrow/missing': { for: 'same' },
  'GET /api/v1/escrow/coverage': { for: 'same' },
  'GET /api/v1/escrow/devices': { for: 'same' },
  'GET /api/v1/escrow-rules': { for: 'same' },
  'PUT /api/v1/units/:id/escrow-rule': { for: 'thing', of: 'unit', body: { kinds: {}, afterViewMinutes: 60 } },
  'DELETE /api/v1/units/:id/escrow-rule': { for: 'thing', of: 'unit' },
}
