import { complianceClasses } from './compliance-subjects.ts'
import type { Class } from './subjects.ts'

const open = (why: string): Class => ({ for: 'open', why })
const same: Class = { for: 'same' }
const list = (of: Of): Class => ({ for: 'list', of })
const thing = (of: Of, body?: unknown): Class => ({ for: 'thing', of, body })
type Of = Extract<Class, { for: 'thing' }>['of']

/** Whom the routes of policies and blueprints are for, of what devices make of them, and of changes to many things at once. */
export const policyClasses: Readonly<Record<string, Class>> = {
  ...complianceClasses,
  'GET /api/v1/policies': list('policy'),
  'GET /api/v1/policies/:id': thing('policy'),
  'GET /api/v1/policies/:id/versions': thing('policy'),
  'GET /api/v1/policies/:id/versions/:version': { for: 'thing', of: 'policy', with: { version: '1' } },
  'POST /api/v1/policies/check': { for: 'same', body: { kind: 'test.settings', value: {} } },
  // What a file says is of whoever sends it.
  'POST /api/v1/policies/import': open('reads what is sent and keeps nothing'),
  'GET /api/v1/policy-secrets': list('secret'),
  'POST /api/v1/policy-secrets': { for: 'into', body: (unit, name) => ({ name, unit, value: 'x' }) },
  'POST /api/v1/policy-secrets/:id/rotate': thing('secret', { value: 'y' }),
  'DELETE /api/v1/policy-secrets/:id': thing('secret'),
  'POST /api/v1/policies': {
    for: 'into',
    body: (unit, name) => ({ kind: 'test.settings', name, unit, value: { camera: false } }),
  },
  'PATCH /api/v1/policies/:id': thing('policy', { description: 'Changed' }),
  'DELETE /api/v1/policies/:id': thing('policy'),
  'POST /api/v1/policies/:id/versions': thing('policy', { value: { camera: true } }),
  'POST /api/v1/policies/:id/rollback': thing('policy', { version: 1 }),
  'GET /api/v1/policies/:id/coverage': thing('policy'),
  'POST /api/v1/blueprints': { for: 'into', body: (unit, name) => ({ name, unit }) },
  'PATCH /api/v1/blueprints/:id': thing('blueprint', { description: 'Changed' }),
  'DELETE /api/v1/blueprints/:id': thing('blueprint'),
  'POST /api/v1/blueprints/:id/assignments': thing('blueprint', { unit: '{unit}' }),
  'PATCH /api/v1/assignments/:id': thing('assignment', { enabled: false }),
  'DELETE /api/v1/assignments/:id': thing('assignment'),
  'GET /api/v1/previews/:id': { for: 'private', of: 'preview' },
  'GET /api/v1/previews/:id/groups/:key/devices': { for: 'private', of: 'preview' },
  'GET /api/v1/settings/previews': same,
  'PATCH /api/v1/settings/previews': { for: 'whole', body: { confirmAbove: 9 } },
  'GET /api/v1/policy-tests': list('policyTest'),
  'POST /api/v1/policy-tests': { for: 'into', body: (unit, name) => ({ name, unit, expect: { lacks: 'x' } }) },
  'PATCH /api/v1/policy-tests/:id': thing('policyTest', { name: 'Renamed' }),
  'DELETE /api/v1/policy-tests/:id': thing('policyTest'),
  // Which tests it runs is asked in areas/previews.
  'POST /api/v1/policy-tests/run': { for: 'same', body: {} },
  // Answers numbers of a unit that the body names; see areas/previews.
  'POST /api/v1/scopes/count': open('names a unit in its body, which areas/previews asks about'),
  'GET /api/v1/devices/:id/policy/why': thing('device'),
  'GET /api/v1/devices/:id/policy/why-not': thing('device'),
  'GET /api/v1/rollouts': list('rollout'),
  'GET /api/v1/rollouts/:id': thing('rollout'),
  'POST /api/v1/rollouts/:id/pause': thing('rollout'),
  'POST /api/v1/rollouts/:id/resume': thing('rollout'),
  'POST /api/v1/rollouts/:id/advance': thing('rollout'),
  'POST /api/v1/rollouts/:id/stop': thing('rollout'),
  'GET /api/v1/devices/:id/trials': thing('device'),
  // It names a policy in its body beside the device; see areas/rollouts.
  'POST /api/v1/devices/:id/trials': open('names a device and a policy, which areas/rollouts asks about'),
  'DELETE /api/v1/trials/:id': thing('trial'),
  'GET /api/v1/blueprints': list('blueprint'),
  'GET /api/v1/blueprints/:id': thing('blueprint'),
  'GET /api/v1/devices/:id/declarations': thing('device'),
  'POST /api/v1/devices/:id/declarations/force': thing('device'),
  'GET /api/v1/policy-kinds': same,
  'GET /api/v1/policy-kinds/:kind': { for: 'same', with: { kind: 'passcode' } },
  'GET /api/v1/settings-search': same,
  'GET /api/v1/catalog/apple': same,
  'GET /api/v1/catalog/apple/search': same,
  'GET /api/v1/catalog/apple/:family/:id': { for: 'same', with: { family: 'payload', id: 'com.apple.font' } },
  'GET /api/v1/devices/:id/policy': thing('device'),
  'GET /api/v1/devices/:id/policy-lint': thing('device'),
  'POST /api/v1/devices/:id/policy/retry': thing('device', {}),
  'GET /api/v1/policies/:id/status': thing('policy'),
  'GET /api/v1/policies/:id/devices': thing('policy'),
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
