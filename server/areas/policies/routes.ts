import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { listQuery, listReply } from '../../base/page.ts'
import { type Route, route, servedRoute } from '../../base/route.ts'
import { namesOf } from '../identity/index.ts'
import { propose } from './import.ts'
import { listPolicies, listSecrets, listVersions, shownPolicy, shownSecret } from './list.ts'
import { policyFor } from './policy.ts'
import { putSecret, removeSecret, rotateSecret } from './secret.ts'
import * as shapes from './shapes.ts'
import { findingsIn } from './value.ts'
import { type Version, versionOf } from './version.ts'

const byId = z.object({ id: z.string().max(40) })
const secretText = z
  .string()
  .min(1)
  .max(256 * 1024)
const proposal = z.object({
  kind: z.string(),
  name: z.string(),
  value: shapes.value,
  findings: z.array(shapes.finding),
})

const importFile: Route = {
  ...servedRoute({
    method: 'POST',
    path: '/api/v1/policies/import',
    permission: 'policies:write',
    summary: 'Reads a file of a vendor (such as a .mobileconfig) and proposes the policy it would be. Saves nothing.',
    reply: proposal,
    serve: async (_base, _input, call) => {
      const found = propose(call.bytes)
      return { body: { ...found, findings: [...found.findings] } }
    },
  }),
  body: 'bytes',
  bodyLimit: 1024 * 1024,
  accepts: ['application/octet-stream', 'application/x-apple-aspen-config'],
}

/** Reads of policies, and everything about their secrets. Writes of policies are in previews, because each shows its effects first. */
export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/policies',
    permission: 'policies:read',
    summary: 'Policies. Filters: name, kind, unit, updated, words.',
    query: listQuery,
    reply: listReply(shapes.policyRow),
    run: (ctx, { query }) => listPolicies(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/policies/:id',
    permission: 'policies:read',
    summary: 'A policy with the value of its newest version.',
    params: byId,
    reply: shapes.policyRow.extend({ value: shapes.value, note: z.string() }),
    run: async (ctx, { params: { id } }) => {
      const policy = await policyFor(ctx, id, 'policies:read')
      const { value, note } = await versionOf(ctx, id, policy.version)
      return { ...(await shownPolicy(ctx, policy)), value, note }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/policies/:id/versions',
    permission: 'policies:read',
    summary: 'The versions of a policy, newest first.',
    params: byId,
    query: listQuery.pick({ cursor: true, limit: true }),
    reply: listReply(shapes.versionRow),
    run: (ctx, { params: { id }, query }) => listVersions(ctx, id, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/policies/:id/versions/:version',
    permission: 'policies:read',
    summary: 'One version of a policy with its value.',
    params: byId.extend({ version: z.coerce.number().int().min(1) }),
    reply: shapes.versionRow.extend({ value: shapes.value }),
    run: async (ctx, { params: { id, version } }) => {
      await policyFor(ctx, id, 'policies:read')
      return shownVersion(ctx, await versionOf(ctx, id, version))
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/policies/check',
    permission: 'policies:read',
    summary: 'What the kind finds wrong or remarkable in a value. Saves nothing.',
    body: z.strictObject({ kind: z.string().max(200), value: shapes.value }),
    bodyLimit: shapes.valueLimit,
    reply: z.object({ findings: z.array(shapes.finding) }),
    run: async (ctx, { body }) => ({ findings: [...(await findingsIn(ctx, body.kind, body.value))] }),
  }),
  importFile,
  route({
    method: 'GET',
    path: '/api/v1/policy-secrets',
    permission: 'policies:read',
    summary: 'The secrets that policies may name. What they say is never shown.',
    query: listQuery.omit({ filter: true }),
    reply: listReply(shapes.secretRow),
    run: (ctx, { query }) => listSecrets(ctx, { ...query, filter: '' }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/policy-secrets',
    permission: 'policies:write',
    summary: 'Seals a secret on a unit, for policies to name.',
    body: z.strictObject({ name: shapes.name, unit: z.string().max(40), value: secretText }),
    reply: shapes.secretRow,
    status: 201,
    run: async (ctx, { body }) => shownSecret(ctx, await putSecret(ctx, body)),
  }),
  route({
    method: 'POST',
    path: '/api/v1/policy-secrets/:id/rotate',
    permission: 'policies:write',
    summary: 'Gives a secret another value; devices that use it get it anew.',
    params: byId,
    body: z.strictObject({ value: secretText }),
    reply: shapes.secretRow,
    run: async (ctx, { params: { id }, body }) => shownSecret(ctx, await rotateSecret(ctx, id, body.value)),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/policy-secrets/:id',
    permission: 'policies:write',
    summary: 'Forgets a secret that no policy names.',
    params: byId,
    run: async (ctx, { params: { id } }) => {
      await removeSecret(ctx, id)
      return undefined
    },
  }),
]

async function shownVersion(ctx: Ctx, { by, ...version }: Version) {
  const names = await namesOf(ctx, by.id === null ? [] : [by.id])
  return { ...version, by: { ...by, name: names.get(by.id ?? '') ?? null } }
}
