import { addTagRule } from '../areas/devices/index.ts'
import type { Class, Subject } from './subjects.ts'

const same: Class = { for: 'same' }
const list = (of: Of): Class => ({ for: 'list', of })
const thing = (of: Of, body?: unknown): Class => ({ for: 'thing', of, body })
type Of = Extract<Class, { for: 'thing' }>['of']

/** What groups, tag rules, imports and planned changes are made of in the authorization matrix. */
export const peopleSubjects = {
  group: { make: async ({ h, unit }) => ({ id: (await h.given.group({ unit })).id }) },
  'tag-rule': {
    make: async ({ h, unit }) => ({
      id: (await h.run(ctx => addTagRule(ctx, { name: 'Old', tag: 'Old', filter: 'os<9', unit }))).id,
    }),
  },
  change: {
    make: async ({ h, unit }) => {
      const { key } = await h.given.admin({ role: 'owner', unit })
      const { id: user } = await h.given.user({ unit })
      const { id: below } = await h.given.unit({ parent: unit })
      const body = { name: 'Move', at: null, moves: [{ user, unit: below }] }
      return { id: String((await h.http('POST', '/api/v1/changes', { as: key, body })).body.id) }
    },
  },
  import: {
    make: async ({ h, unit }) => {
      const { key } = await h.given.admin({ role: 'owner', unit })
      const body = Buffer.from('number,name\n1042,Hana\n')
      const url = `/api/v1/imports?of=users&mode=add&unit=${unit}`
      return {
        id: String((await h.http('POST', url, { as: key, body, headers: { 'content-type': 'text/csv' } })).body.id),
      }
    },
  },
} satisfies Record<string, Subject>

/** Whom their routes are for. */
export const peopleClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/groups': list('group'),
  'POST /api/v1/groups': { for: 'into', body: (unit, mark) => ({ name: mark, unit }) },
  'GET /api/v1/groups/:id': thing('group'),
  'PATCH /api/v1/groups/:id': thing('group', { name: 'Renamed' }),
  'DELETE /api/v1/groups/:id': thing('group'),
  'PUT /api/v1/groups/:id/members': thing('group', {}),
  'GET /api/v1/tag-rules': list('tag-rule'),
  'POST /api/v1/tag-rules': { for: 'into', body: (unit, name) => ({ name, tag: 'Old', filter: 'os<9', unit }) },
  'GET /api/v1/tag-rules/:id': thing('tag-rule'),
  'PATCH /api/v1/tag-rules/:id': thing('tag-rule', { name: 'Renamed' }),
  'DELETE /api/v1/tag-rules/:id': thing('tag-rule'),
  'GET /api/v1/users.csv': { for: 'list', of: 'user', query: '?columns=id' },
  'GET /api/v1/units.csv': { for: 'list', of: 'unit', query: '?columns=id' },
  'GET /api/v1/changes': list('change'),
  // Whom a change moves is decided move by move; see areas/changes.
  'POST /api/v1/changes': { for: 'same', body: { name: 'None', at: null, moves: [] } },
  'POST /api/v1/changes/preview': { for: 'same', body: { moves: [] } },
  'GET /api/v1/changes/coming': same,
  'GET /api/v1/changes/:id': thing('change'),
  'GET /api/v1/changes/:id/moves': thing('change'),
  'POST /api/v1/changes/:id/approve': thing('change', {}),
  'POST /api/v1/changes/:id/reschedule': thing('change', { at: null }),
  'POST /api/v1/changes/:id/cancel': thing('change'),
  'POST /api/v1/changes/:id/undo': thing('change'),
  'GET /api/v1/imports': list('import'),
  'POST /api/v1/imports': {
    for: 'into',
    body: () => new TextEncoder().encode('number,name\n1042,Hana\n'),
    query: unit => `?of=users&mode=add&unit=${unit}`,
  },
  'GET /api/v1/imports/:id': thing('import'),
  'GET /api/v1/imports/:id/rows': thing('import'),
  'POST /api/v1/imports/:id/apply': thing('import', {}),
  'POST /api/v1/imports/:id/undo': thing('import'),
  'DELETE /api/v1/imports/:id': thing('import'),
}
