import { z } from 'zod'
import type { Route } from '../../base/route.ts'
import { route } from '../../base/route.ts'
import { accounts, addAccount, changeAccount, removeAccount, services } from './account.ts'
import { askSetupCheck, checkCodes, checkStates, setupCheck, tellBackup } from './check.ts'
import { confirmRoutes } from './confirm-page.ts'
import { breaksShape } from './things.ts'
import { changeKeeping, keeping, keepings } from './keeping.ts'
import { renewalRoutes } from './renewal-routes.ts'
import { askNow } from './verify.ts'

const noticed = z.object({
  address: z.string(),
  trouble: z.enum(['personal', 'free', 'deactivated', 'malformed']).nullable(),
  since: z.number(),
  verifiedAt: z.number().nullable(),
  askedAt: z.number().nullable(),
})

const kept = z.object({
  ref: z.string(),
  what: z.enum(['push', 'certificate', 'program', 'vendor', 'channel']),
  kind: z.string(),
  name: z.string(),
  startsAt: z.number().nullable(),
  endsAt: z.number().nullable(),
  checkedAt: z
    .number()
    .nullable()
    .describe('When a key that never ends was last taken or refused by its service, as far as is known.'),
  state: z.enum(['good', 'ending', 'over', 'troubled']),
  trouble: z.object({ code: z.string(), text: z.string() }).nullable(),
  breaks: breaksShape,
  renewable: z.enum(['itself', 'upload', 'none']),
  certificate: z.string().nullable(),
  subject: z.string().nullable(),
  issuer: z.string().nullable(),
  serial: z.string().nullable(),
  chain: z.array(z.object({ subject: z.string(), serial: z.string(), notAfter: z.number() })),
  topic: z.string().nullable(),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  team: z.string().nullable(),
  account: z.string().nullable(),
  contact: z.string().nullable(),
  addresses: z.array(noticed),
  renewAt: z.string().nullable().describe('Where in the console exactly this is renewed.'),
  announced: z.number().nullable(),
})

const ref = z.object({ ref: z.string().max(200) })
const id = z.object({ id: z.string() })
const text = z.string().trim().min(1).max(200).nullable()

const keepingRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/custody',
    permission: 'custody:read',
    summary:
      'Everything the fleet depends on: who answers for it, when it ends, what stops then. What needs somebody comes first.',
    reply: z.object({ items: z.array(kept), next: z.null(), total: z.number() }),
    run: async ctx => {
      const items = await keepings(ctx)
      return { items, next: null, total: items.length }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/custody/:ref',
    permission: 'custody:read',
    summary: 'One thing in custody.',
    params: ref,
    reply: kept,
    run: (ctx, { params }) => keeping(ctx, params.ref),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/custody/:ref',
    permission: 'custody:write',
    summary:
      'Says who answers for something: who is told first, the team, the account it was made with, the address that is reached otherwise.',
    params: ref,
    body: z.strictObject({
      owner: z.string().max(64).nullable().optional().describe('Id of the admin who is told first.'),
      team: text.optional(),
      account: text.optional(),
      contact: text.optional(),
    }),
    reply: kept,
    run: (ctx, { params, body }) => changeKeeping(ctx, params.ref, body),
  }),
]

const account = z.object({
  id: z.string().nullable().describe('Null while it is only known from what was made with it.'),
  address: z.string(),
  service: z.enum(services),
  purpose: z.string(),
  team: z.string().nullable(),
  contact: z.string().nullable(),
  note: z.string().nullable(),
  trouble: noticed.nullable(),
  contactTrouble: noticed.nullable(),
  uses: z.array(z.object({ ref: z.string(), kind: z.string(), name: z.string() })),
})

const written = {
  address: z.string().trim().min(3).max(254),
  purpose: z.string().trim().max(500),
  team: text.optional(),
  contact: z.string().trim().min(3).max(254).nullable().optional(),
  note: z.string().trim().max(2000).nullable().optional(),
}

const accountRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/external-accounts',
    permission: 'custody:read',
    summary: 'The accounts at vendors that the fleet depends on, and what is wrong with their addresses.',
    reply: z.object({ items: z.array(account), next: z.null(), total: z.number() }),
    run: async ctx => {
      const items = await accounts(ctx)
      return { items, next: null, total: items.length }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/external-accounts',
    permission: 'custody:write',
    summary: 'Writes an account down.',
    body: z.strictObject({ ...written, purpose: written.purpose.default(''), service: z.enum(services) }),
    reply: account,
    status: 201,
    run: (ctx, { body }) => addAccount(ctx, body),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/external-accounts/:id',
    permission: 'custody:write',
    summary: 'Changes what is written of an account.',
    params: id,
    body: z.strictObject({ ...written, address: written.address.optional(), purpose: written.purpose.optional() }),
    reply: account,
    run: (ctx, { params, body }) =>
      changeAccount(
        ctx,
        params.id,
        Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)),
      ),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/external-accounts/:id',
    permission: 'custody:write',
    summary: 'Takes an account out of the register.',
    params: id,
    run: async (ctx, { params }) => removeAccount(ctx, params.id).then(() => undefined),
  }),
  route({
    method: 'POST',
    path: '/api/v1/external-accounts/verify',
    permission: 'custody:write',
    summary: 'Asks by mail whether an address that custody depends on is read; whoever reads it confirms by the link.',
    body: z.strictObject({ address: z.string().trim().max(254) }),
    status: 202,
    run: async (ctx, { body }) => askNow(ctx, body.address).then(() => undefined),
  }),
]

const check = z.object({
  askedAt: z.number().nullable(),
  endedAt: z.number().nullable().describe('Null while it runs.'),
  checks: z.array(
    z.object({
      code: z.enum(checkCodes),
      state: z.enum(checkStates),
      why: z.string(),
      facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      checkedAt: z.number().nullable(),
    }),
  ),
})

const checkRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/setup-check',
    permission: 'custody:read',
    summary: 'How the server is set up, as it was last checked.',
    reply: check,
    run: ctx => setupCheck(ctx),
  }),
  route({
    method: 'POST',
    path: '/api/v1/setup-check',
    permission: 'custody:write',
    summary: 'Has the set-up checked now: the public address, TLS, push, the clock, mail, backups, custody.',
    reply: check,
    status: 202,
    run: ctx => askSetupCheck(ctx),
  }),
  route({
    method: 'POST',
    path: '/api/v1/backups',
    permission: 'custody:write',
    summary:
      'Tells that a backup was made, for the check of its age. Call it at the end of the script that makes them.',
    body: z.strictObject({
      madeAt: z.number().int().positive().optional().describe('Now when absent.'),
      bytes: z.number().int().min(0).optional(),
    }),
    run: async (ctx, { body }) => tellBackup(ctx, body).then(() => undefined),
  }),
]

/** Every route of this area. */
export const routes: readonly Route[] = [
  ...keepingRoutes,
  ...accountRoutes,
  ...checkRoutes,
  ...renewalRoutes,
  ...confirmRoutes,
]
