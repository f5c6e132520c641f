import { acmeClasses, acmeSubjects } from './acme-subjects.ts'
import { agentClasses } from './agent-subjects.ts'
import { commandClasses } from './command-classes.ts'
import { given } from './given.ts'
import type { House } from './house.ts'
import { custodyClasses, custodySubjects } from './custody-subjects.ts'
import { guardClasses, guardSubjects } from './guard-subjects.ts'
import { deviceClasses } from './device-classes.ts'
import { escrowClasses, escrowSubjects } from './escrow-subjects.ts'
import { incidentClasses, incidentSubjects } from './incident-subjects.ts'
import { intakeClasses, intakeSubjects } from './intake-subjects.ts'
import { alertClasses, alertSubjects } from './alert-subjects.ts'
import { peopleClasses, peopleSubjects } from './people-subjects.ts'
import { passkeyClasses } from './passkey-classes.ts'
import { portalClasses } from './portal-classes.ts'
import { privacyClasses } from './privacy-subjects.ts'
import { policyClasses } from './policy-classes.ts'
import { everything } from '../base/authority.ts'
import { type Id, newId } from '../base/id.ts'
import * as certificates from '../areas/certificates/index.ts'
import * as commands from '../areas/commands/index.ts'
import * as policies from '../areas/policies/index.ts'
import { hoursClasses, hoursSubjects } from './hours-subjects.ts'
import { reportClasses, reportSubjects } from './report-subjects.ts'
import { rolloutSubjects } from './rollout-subjects.ts'
import { appClasses, appSubjects } from './app-subjects.ts'
import { doorClasses, doorSubjects } from './door-subjects.ts'
import { rosterClasses, rosterSubjects } from './roster-subjects.ts'
import { updateClasses, updateSubjects } from './update-subjects.ts'

/** A unit to put things on. `h` is a house that speaks for the unit's org. */
export interface Place {
  h: House
  unit: string
}

/** How the authorization matrix makes a thing of one noun: its ids, by the names they have in paths. The first is what lists are searched for. */
export interface Subject {
  make(at: Place): Promise<Record<string, string>>
  /** The thing belongs to the org, not to a unit: only those with authority over the top unit may see it. */
  whole?: true
}

/** What each noun of a path is made of. An area that adds a noun adds its maker. */
export const subjects = {
  unit: { make: async ({ h, unit }) => ({ id: (await h.given.unit({ parent: unit })).id }) },
  user: { make: async ({ h, unit }) => ({ id: (await h.given.user({ unit })).id }) },
  ...peopleSubjects,
  ...alertSubjects,
  ...custodySubjects,
  ...guardSubjects,
  ...reportSubjects,
  ...rosterSubjects,
  ...appSubjects,
  ...doorSubjects,
  admin: {
    make: async ({ h, unit }) => {
      const made = await h.given.admin({ role: 'read-only', unit })
      const grant = await h.run(ctx =>
        ctx.tx.selectFrom('grants').select('id').where('admin', '=', made.id).executeTakeFirstOrThrow(),
      )
      return { id: made.id, grant: String(grant.id), session: made.session }
    },
  },
  key: { make: async ({ h, unit }) => ({ id: (await h.given.admin({ role: 'read-only', unit })).keyId }) },
  device: {
    make: async ({ h, unit }) => {
      const { device } = await h.given.enrolled({ unit: unit as Id<'unit'> })
      return { id: device.id, serial: device.serial ?? '' }
    },
  },
  enrollment: {
    make: async ({ h, unit }) => ({ id: (await h.given.enrolled({ unit: unit as Id<'unit'> })).enrollment }),
  },
  invitation: { make: async ({ h, unit }) => ({ id: (await h.given.invitation({ unit })).id }) },
  command: {
    make: async ({ h, unit }) => {
      const { device } = await h.given.enrolled({ unit: unit as Id<'unit'> })
      return { id: await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'device.query', args: {} })) }
    },
  },
  batch: {
    whole: true,
    make: async ({ h }) => {
      const { key } = await h.given.admin()
      const body = { kind: 'device.query', args: {}, filter: 'name:nobody' }
      const made = await h.http('POST', '/api/v1/command-batches', { as: key, body })
      return { id: String(made.body.id) }
    },
  },
  ...rolloutSubjects,
  ...hoursSubjects,
  ...updateSubjects,
  ...escrowSubjects,
  ...incidentSubjects,
  ...intakeSubjects,
  policy: { make: async ({ h, unit }) => ({ id: (await h.given.policy({ unit })).id }) },
  secret: {
    make: async ({ h, unit }) => ({
      id: await h.run(async ctx => (await policies.putSecret(ctx, { name: 'PSK', unit, value: 'x' })).id),
    }),
  },
  blueprint: { make: async ({ h, unit }) => ({ id: (await h.given.blueprint({ unit })).id }) },
  assignment: {
    make: async ({ h, unit }) => ({ id: (await h.given.assigned({ unit })).assignment.id }),
  },
  policyTest: {
    make: async ({ h, unit }) => {
      const { key } = await h.given.admin()
      const body = { name: newId('test'), unit, expect: { lacks: 'test.settings' } }
      const made = await h.http('POST', '/api/v1/policy-tests', { as: key, body })
      return { id: String(made.body.id) }
    },
  },
  preview: {
    whole: true,
    make: async ({ h }) => {
      const { key } = await h.given.admin()
      const body = { name: newId('blueprint'), unit: h.root.id }
      const made = await h.http('POST', '/api/v1/blueprints?dryRun=true', { as: key, body })
      return { id: String(made.body.preview.id), key: 'none' }
    },
  },
  ...acmeSubjects,
  certificate: {
    whole: true,
    make: async ({ h }) => {
      await certificates.caCertificate(h.base, h.org, 'ca-device')
      const { key } = await h.given.admin()
      const kept = await h.http('GET', '/api/v1/certificates', { as: key })
      return { id: String(kept.body.items[0].id) }
    },
  },
} satisfies Record<string, Subject>

/**
 * Whom a route is for. `open`: anyone, and why. `self`: what is one's own, by session; `person`: the same of a person, by their visit. `same`: every holder of the permission gets the same; `with` fills the path.
 * `whole`: the org itself; the permission counts only on the top unit. `list`: things, only those within scope.
 * `into`: makes something on a unit that the body or the address names; bytes are sent as CSV. `thing`: the path names one; `empty` when the thing may lack what is asked of it.
 * `private`: a thing of one person, which is nothing to everyone else.
 */
export type Class =
  | { for: 'open'; why: string }
  | { for: 'self' }
  | { for: 'person' }
  | { for: 'same'; body?: unknown; with?: Record<string, string> }
  | { for: 'whole'; body?: unknown }
  | { for: 'list'; of: keyof typeof subjects; find?: string; query?: string }
  | { for: 'private'; of: keyof typeof subjects; body?: unknown }
  | { for: 'into'; body(unit: string, mark: string): unknown; query?(unit: string): string }
  | {
      for: 'thing'
      of: keyof typeof subjects
      body?: unknown
      with?: Record<string, string>
      empty?: true
    }

const open = (why: string): Class => ({ for: 'open', why })
const self: Class = { for: 'self' }
const same: Class = { for: 'same' }
const list = (of: keyof typeof subjects): Class => ({ for: 'list', of })
const thing = (of: keyof typeof subjects, body?: unknown): Class => ({ for: 'thing', of, body })
const operators = open('operators and load balancers; guards itself')
const proofs = open('what is sent proves itself')

/** Every route of the product, by method and path. A route that is missing here makes the matrix fail. */
export const classes: Readonly<Record<string, Class>> = {
  'GET /healthz': operators,
  'GET /readyz': operators,
  'GET /metrics': operators,
  'GET /api/v1/setup': open('tells only whether there is an org'),
  'POST /api/v1/setup': proofs,
  'POST /api/v1/sign-in': proofs,
  'POST /api/v1/sign-in/link': proofs,
  'POST /api/v1/accept': proofs,
  'GET /trust.pem': open('a public certificate'),
  'GET /trust.mobileconfig': open('a public certificate'),
  'GET|POST /scep/:org': proofs,
  ...acmeClasses,
  ...agentClasses,
  'PUT|POST /mdm/apple': proofs,
  'GET /mdm/apple/profiles/:enrollment/:account/:item/:content': proofs,
  'GET /enroll/:token': proofs,
  'GET /enroll/:token/profile': proofs,

  'GET /api/v1/session': self,
  'POST /api/v1/sign-out': self,
  'PATCH /api/v1/me': self,
  'POST /api/v1/me/password': self,
  'POST /api/v1/me/totp': self,
  'POST /api/v1/me/totp/confirm': self,
  'DELETE /api/v1/me/totp': self,
  'GET /api/v1/me/sessions': self,
  'DELETE /api/v1/me/sessions/:id': self,
  'GET /api/v1/me/preferences/:name': self,
  'PUT /api/v1/me/preferences/:name': self,

  'GET /api/v1/org': same,
  'PATCH /api/v1/org': { for: 'whole', body: { name: 'Renamed' } },
  'GET /api/v1/units': list('unit'),
  'POST /api/v1/units': { for: 'into', body: (parent, mark) => ({ name: mark, parent }) },
  'PATCH /api/v1/units/:id': thing('unit', { name: 'Renamed' }),
  'DELETE /api/v1/units/:id': thing('unit'),
  'GET /api/v1/users': list('user'),
  'POST /api/v1/users': { for: 'into', body: (unit, mark) => ({ displayName: mark, unit }) },
  'GET /api/v1/users/:id': thing('user'),
  'PATCH /api/v1/users/:id': thing('user', { displayName: 'Renamed' }),
  'DELETE /api/v1/users/:id': thing('user'),

  'GET /api/v1/admins': list('admin'),
  'POST /api/v1/admins': {
    for: 'into',
    body: (unit, mark) => ({ name: mark, email: `${mark}@muster.test`, role: 'read-only', unit }),
  },
  'PATCH /api/v1/admins/:id': thing('admin', { name: 'Renamed' }),
  'DELETE /api/v1/admins/:id': thing('admin'),
  'POST /api/v1/admins/:id/grants': thing('admin', { role: 'auditor', unit: '{unit}' }),
  'DELETE /api/v1/admins/:id/grants/:grant': thing('admin'),
  'POST /api/v1/admins/:id/link': thing('admin', {}),
  'GET /api/v1/admins/:id/sessions': thing('admin'),
  'DELETE /api/v1/admins/:id/sessions/:session': thing('admin'),
  'GET /api/v1/roles': same,
  'GET /api/v1/api-keys': list('key'),
  'POST /api/v1/api-keys': { for: 'into', body: (unit, name) => ({ name, role: 'read-only', unit }) },
  'DELETE /api/v1/api-keys/:id': thing('key'),
  'POST /api/v1/api-keys/:id/resume': thing('key'),

  // What lists of events hold is asked in areas/audit; here only who may read at all.
  'GET /api/v1/events': same,
  'GET /api/v1/events/types': same,
  'GET /api/v1/events/integrity': same,
  'GET /api/v1/events/stream': same,
  'GET /api/v1/events/anchors': same,

  'GET /api/v1/certificates': list('certificate'),
  'PATCH /api/v1/certificates/:id': thing('certificate', { owner: 'Someone' }),
  'GET /api/v1/certificates/:id/pem': thing('certificate'),
  'GET /api/v1/push/apple': { for: 'whole' },
  'PUT /api/v1/push/apple': { for: 'whole', body: { certificate: 'none', account: 'a' } },

  'GET /api/v1/devices': list('device'),
  'GET /api/v1/devices.csv': { for: 'list', of: 'device', find: 'serial', query: '?columns=name,serial' },
  // What it counts is asked in areas/views.
  'GET /api/v1/home': same,
  'GET /api/v1/search': { for: 'list', of: 'device', query: '?q=iPhone' },
  'GET /api/v1/views': list('view'),
  'POST /api/v1/views': { for: 'same', body: { name: 'Mine' } },
  'PATCH /api/v1/views/:id': { for: 'private', of: 'view', body: { name: 'Renamed' } },
  'DELETE /api/v1/views/:id': { for: 'private', of: 'view' },
  'GET /api/v1/devices/:id': thing('device'),
  'GET /api/v1/devices/:id/timeline': thing('device'),
  ...reportClasses,
  ...rosterClasses,
  ...appClasses,
  ...doorClasses,
  ...deviceClasses,
  'PATCH /api/v1/devices/:id': thing('device', { name: 'Renamed' }),
  'DELETE /api/v1/devices/:id': thing('device'),
  'GET /api/v1/devices/:id/assignments': thing('device'),
  'GET /api/v1/settings/devices': same,
  'PATCH /api/v1/settings/devices': { for: 'whole', body: { silentAfterDays: 9 } },
  'GET /api/v1/settings/apple': same,
  'PATCH /api/v1/settings/apple': { for: 'whole', body: { networkAccounts: false } },

  ...commandClasses,

  ...policyClasses,
  ...passkeyClasses,
  ...portalClasses,
  ...hoursClasses,
  ...updateClasses,
  ...peopleClasses,
  ...privacyClasses,
  ...guardClasses,
  ...escrowClasses,
  ...incidentClasses,
  ...intakeClasses,
  ...alertClasses,
  ...custodyClasses,

  'GET /api/v1/invitations': list('invitation'),
  'POST /api/v1/invitations': {
    for: 'into',
    body: unit => ({ platform: 'apple', unit, ownership: 'company', uses: 1, expiresInHours: 1 }),
  },
  'GET /api/v1/invitations/:id': thing('invitation'),
  'DELETE /api/v1/invitations/:id': thing('invitation'),
  'DELETE /api/v1/enrollments/:id': thing('enrollment'),
  'POST /api/v1/enrollments/:id/renew': thing('enrollment'),
}

/** The same server, speaking for another org. */
export function houseOf(h: House, org: Id<'org'>, root: House['root']): House {
  const scope = { org, actor: { kind: 'system', id: null, what: 'test' }, authority: everything } as const
  const other: House = { ...h, org, root, run: work => h.base.transact(scope, work) }
  return Object.assign(other, { given: given(other) })
}
