import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { rawRoute, type Route, route } from '../../base/route.ts'
import * as certificates from '../certificates/index.ts'
import * as devices from '../devices/index.ts'
import * as identity from '../identity/index.ts'
import { type Arrival, stepsOf } from './arrival.ts'
import { find } from './enrollment.ts'
import { type Invitation, invite, list, revoke, see } from './invitation.ts'
import { newcomerRoutes } from './newcomer-routes.ts'
import { servePageOf } from './page.ts'
import { findPlatform } from './platform.ts'
import { qrSvg } from './qr.ts'
import { runRoutes } from './run-routes.ts'
import * as store from './store.ts'

const mostHours = 90 * 24

const offerBody = z.strictObject({
  platform: z.string().max(40).default('apple'),
  unit: z.string().max(64),
  user: z.string().max(64).nullish(),
  ownership: z.enum(['company', 'personal', 'unknown']).default('unknown'),
  uses: z.number().int().min(1).max(100_000).nullable().default(1),
  expiresInHours: z.number().positive().max(mostHours).default(24),
  name: z.string().trim().min(1).max(200).nullish(),
  accessRights: z.number().int().nullish(),
})

const madeReply = z.object({
  id: z.string(),
  url: z.string(),
  profileUrl: z.string(),
  qrSvg: z.string(),
  expiresAt: z.number(),
})

const progress = z.object({
  id: z.string(),
  device: z.object({ id: z.string(), name: z.string() }).nullable(),
  enrollment: z.string().nullable(),
  steps: z.array(z.object({ step: z.string(), at: z.number().nullable(), cause: z.string().nullable() })),
})

const invitationReply = z.object({
  id: z.string(),
  platform: z.string(),
  name: z.string().nullable(),
  unit: z.object({ id: z.string(), name: z.string(), path: z.string() }),
  user: z.object({ id: z.string(), displayName: z.string() }).nullable(),
  ownership: z.string(),
  accessRights: z.number(),
  uses: z.number().nullable(),
  used: z.number(),
  createdAt: z.number(),
  openedAt: z.number().nullable(),
  expiresAt: z.number(),
  revokedAt: z.number().nullable(),
})

const idParams = z.object({ id: z.string().max(64) })

/** Where a person begins to enroll. */
export function invitationUrl(ctx: Pick<Ctx, 'config'>, secret: string): string {
  return `${ctx.config.url}/enroll/${secret}`
}

/** The administrators' side of enrolling. */
export const routes: readonly Route[] = [
  ...runRoutes,
  ...newcomerRoutes,
  rawRoute({
    method: 'GET',
    path: '/enroll/:token',
    plane: 'public',
    auth: 'none',
    permission: null,
    summary: 'The page of an invitation, for the person who enrolls a device.',
    bodyLimit: 0,
    accepts: [],
    params: z.object({ token: z.string().max(128) }),
    query: z.object({ lang: z.string().max(10).optional(), how: z.string().max(40).optional() }),
    reply: ['text/html; charset=utf-8'],
    serve: servePageOf,
  }),
  route({
    method: 'POST',
    path: '/api/v1/invitations',
    permission: 'invitations:write',
    summary: 'Invites devices to enroll. The link is answered once and cannot be shown again.',
    body: offerBody,
    reply: madeReply,
    status: 201,
    run: async (ctx, { body }) => {
      const platform = findPlatform(body.platform)
      if (!platform) throw malformed('platform', 'is not a platform of this server')
      const accessRights = body.accessRights ?? platform.allRights
      if (!platform.validRights(accessRights))
        throw malformed('accessRights', 'is not a sum of rights a device accepts')
      const { invitation, secret } = await invite(ctx, {
        ...body,
        user: body.user ?? null,
        name: body.name ?? null,
        accessRights,
      })
      const url = invitationUrl(ctx, secret)
      const { id, expiresAt } = invitation
      return { id, url, profileUrl: `${url}/profile`, qrSvg: qrSvg(url), expiresAt }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/invitations',
    permission: 'invitations:read',
    summary: 'Lists the invitations of the units you may see, newest first.',
    query: z.object({
      cursor: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ items: z.array(invitationReply), next: z.string().nullable(), total: z.number().nullable() }),
    run: async (ctx, { query }) => {
      const { items, more } = await list(ctx, query.cursor ?? null, query.limit)
      const shown = []
      for (const { invitation, unit } of items) shown.push(await shownAs(ctx, invitation, unit))
      return { items: shown, next: more ? (items.at(-1)?.invitation.id ?? null) : null, total: null }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/invitations/:id',
    permission: 'invitations:read',
    summary: 'Shows an invitation and how far each device that uses it has come.',
    params: idParams,
    reply: invitationReply.extend({ enrollments: z.array(progress) }),
    run: async (ctx, { params }) => {
      const { invitation, unit } = await see(ctx, params.id)
      const arrivals = await store.listArrivals(ctx, invitation.id)
      const enrollments = []
      for (const arrival of arrivals) enrollments.push(await progressOf(ctx, arrival))
      return { ...(await shownAs(ctx, invitation, unit)), enrollments }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/invitations/:id',
    permission: 'invitations:write',
    summary: 'Takes an invitation back. Devices that enrolled by it stay.',
    params: idParams,
    run: async (ctx, { params }) => {
      await revoke(ctx, params.id)
      return undefined
    },
  }),
]

async function shownAs(
  ctx: Ctx,
  invitation: Invitation,
  unit: identity.Unit,
): Promise<z.input<typeof invitationReply>> {
  const above = unit.path.split('/').filter(id => id !== '')
  const names = await identity.namesOf(ctx, [...above, ...(invitation.user ? [invitation.user] : [])])
  const path = above.map(id => names.get(id) ?? '').join(' / ')
  const user = invitation.user ? { id: invitation.user, displayName: names.get(invitation.user) ?? '' } : null
  return { ...invitation, unit: { id: unit.id, name: unit.name, path }, user }
}

async function progressOf(ctx: Ctx, arrival: Arrival): Promise<z.input<typeof progress>> {
  const enrollment = arrival.enrollment ? await find(ctx, arrival.enrollment) : null
  const device = enrollment ? ((await devices.find(ctx, enrollment.device)) ?? null) : null
  const certificateAt =
    arrival.certificateAt ?? (arrival.authenticatedAt === null ? await certifiedAt(ctx, arrival) : null)
  return {
    id: arrival.id,
    device: device && { id: device.id, name: device.name },
    enrollment: arrival.enrollment,
    steps: stepsOf({ ...arrival, certificateAt }, enrollment?.heardAt ?? null, ctx.now),
  }
}

async function certifiedAt(ctx: Ctx, arrival: Arrival): Promise<number | null> {
  const [first] = await certificates.identitiesOf(ctx, { kind: 'invitation', id: arrival.id })
  return first ? first.createdAt : null
}

function malformed(field: string, message: string): Problem {
  return new Problem('request.malformed', {}, { fields: [{ path: `body.${field}`, message }] })
}
