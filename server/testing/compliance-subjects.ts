import { addRule, grantException } from '../areas/compliance/index.ts'
import { type Id, newId } from '../base/id.ts'
import type { Class, Place, Subject } from './subjects.ts'

const wish = (unit: string) => ({
  name: newId('rule'),
  kind: 'supervision' as const,
  params: {},
  scope: { ownerships: [], platforms: [], tags: [] },
  severity: 'low' as const,
  graceHours: 0,
  responses: [],
  fix: '',
  unit,
  template: null,
})

const rule = async ({ h, unit }: Place): Promise<string> => (await h.run(ctx => addRule(ctx, wish(unit)))).id

/** What the nouns of compliance are made of. */
export const complianceSubjects = {
  rule: { make: async at => ({ id: await rule(at) }) },
  exception: {
    make: async at => {
      const device = await at.h.given.device({ unit: at.unit as Id<'unit'> })
      const of = await rule(at)
      const row = await at.h.run(async ctx =>
        grantException(ctx, {
          rule: of,
          device: device.id,
          user: null,
          reason: 'for the matrix',
          until: ctx.now + 86_400_000,
          wrong: false,
        }),
      )
      return { id: row.id }
    },
  },
} satisfies Record<string, Subject>

const thing = (of: 'rule' | 'exception' | 'device' | 'user', body?: unknown): Class => ({ for: 'thing', of, body })

/** Whom the routes of compliance are for. */
export const complianceClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/rules': { for: 'list', of: 'rule' },
  'GET /api/v1/rules/templates': { for: 'same' },
  'POST /api/v1/rules/adopt': {
    for: 'into',
    body: unit => ({ templates: ['ios-passcode'], unit }),
  },
  'GET /api/v1/rules/:id': thing('rule'),
  'POST /api/v1/rules': { for: 'into', body: (unit, name) => ({ name, kind: 'supervision', unit }) },
  'PATCH /api/v1/rules/:id': thing('rule', { name: 'Renamed' }),
  'DELETE /api/v1/rules/:id': thing('rule'),
  'GET /api/v1/exceptions': { for: 'list', of: 'exception' },
  'GET /api/v1/exceptions/:id': thing('exception'),
  'POST /api/v1/devices/:id/exceptions': thing('device', { rule: 'none', reason: 'to be refused', until: 1 }),
  'POST /api/v1/users/:id/exceptions': thing('user', { rule: 'none', reason: 'to be refused', until: 1 }),
  'POST /api/v1/exceptions/:id/decide': { for: 'thing', of: 'exception', body: { grant: false }, empty: true },
  'POST /api/v1/exceptions/:id/end': thing('exception'),
  // What it counts is asked in areas/compliance.
  'GET /api/v1/compliance': { for: 'same' },
  'GET /api/v1/devices/:id/compliance': thing('device'),
  'GET /api/v1/users/:id/compliance': thing('user'),
  'GET /api/v1/inventory/apps': { for: 'same' },
}
