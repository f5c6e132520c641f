import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { listQuery, listReply } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import * as identity from '../identity/index.ts'
import { decide, decisions, newcomers, setAdmission, waitsForAdmin } from './newcomer.ts'
import { type NewcomerRow, newcomerStates } from './newcomer-store.ts'

const admission = z.object({ wait: z.boolean() })
const state = z.enum(newcomerStates)

const newcomerShape = z.object({
  id: z.string(),
  platform: z.string(),
  name: z.string(),
  serial: z.string().nullable(),
  osVersion: z.string(),
  mode: z.string(),
  attested: z.enum(['passed', 'failed', 'none']),
  attestedWhy: z.string().nullable(),
  unit: z.object({ id: z.string(), name: z.string(), path: z.string() }),
  invitation: z.string(),
  state,
  askedAt: z.number(),
  heardAt: z.number(),
  until: z.number(),
  decided: z.object({ at: z.number(), by: z.object({ kind: z.string(), id: z.string().nullable() }) }).nullable(),
  enrollment: z.string().nullable(),
})

/** Devices that wait to be let in, and whether they do. */
export const newcomerRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/newcomers',
    permission: 'invitations:read',
    summary:
      'Devices that asked to enroll in the units you may see and wait for an admin, longest first; or those decided about.',
    query: listQuery.omit({ filter: true }).extend({ state: state.default('waiting') }),
    reply: listReply(newcomerShape),
    run: async (ctx, { query: { state: wanted, ...query } }) => {
      const { items, next } = await newcomers(ctx, wanted, query)
      return { items: await shown(ctx, items), next, total: null }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/newcomers/decide',
    permission: 'invitations:write',
    summary:
      'Lets devices in, turns them away, or takes back what was said while it has had no effect. Each is answered by itself.',
    body: z.strictObject({ ids: z.array(z.string().max(64)).min(1).max(200), decision: z.enum(decisions) }),
    reply: z.object({
      items: z.array(z.object({ id: z.string(), state: state.nullable(), problem: z.string().nullable() })),
    }),
    run: async (ctx, { body: { ids, decision } }) => ({ items: await decide(ctx, ids, decision) }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/newcomers/admission',
    permission: 'invitations:read',
    summary: 'Whether devices that nobody expects wait for an admin.',
    reply: admission,
    run: async ctx => ({ wait: await waitsForAdmin(ctx) }),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/newcomers/admission',
    permission: 'org:write',
    summary: 'Has devices that nobody expects wait for an admin, or lets all in that hold an invitation.',
    body: z.strictObject({ wait: z.boolean() }),
    reply: admission,
    run: async (ctx, { body: { wait } }) => {
      await setAdmission(ctx, wait)
      return { wait }
    },
  }),
]

const verdicts = ['passed', 'failed', 'none'] as const

async function shown(ctx: Ctx, rows: readonly NewcomerRow[]): Promise<z.input<typeof newcomerShape>[]> {
  const unit = await identity.unitRefs(ctx)
  return rows.map(row => ({
    id: row.id,
    platform: row.road,
    name: row.name,
    serial: row.serial === '' ? null : row.serial,
    osVersion: row.os_version,
    mode: row.mode,
    attested: verdicts.find(v => v === row.attested) ?? 'none',
    attestedWhy: row.attested_why,
    unit: unit(row.unit),
    invitation: row.invitation,
    state: row.state,
    askedAt: row.asked_at,
    heardAt: row.heard_at,
    until: row.until_at,
    decided:
      row.decided_at === null
        ? null
        : { at: row.decided_at, by: { kind: row.decided_kind ?? 'system', id: row.decided_id } },
    enrollment: row.enrollment,
  }))
}
