import { z } from 'zod'
import { record } from '../../base/events.ts'
import { type Route, route } from '../../base/route.ts'
import * as access from './access-store.ts'
import {
  type Admin,
  aboutAdmin,
  adminFor,
  adminToChange,
  changeAdmin,
  inviteAdmin,
  inviteMs,
  onlySeen,
  removeAdmin,
  visibleAdmins,
} from './admin.ts'
import { adminEvents } from './events.ts'
import { addGrant, removeGrant } from './granting.ts'
import { createKey, resumeKey, revokeKey, visibleKeys } from './key.ts'
import { putLink } from './link.ts'
import { sessionRow } from './me-routes.ts'
import { namesOf } from './names.ts'
import { roleIds, roles } from './permissions.ts'
import { revokeSessions, sessionsOf } from './session.ts'
import * as shapes from './shapes.ts'
import { sessionIn } from './sign-in-routes.ts'
import { removeFactors } from './passkey.ts'
import { type UnitRef, unitRefs } from './tree.ts'

const grant = z.object({ id: z.string(), role: z.string(), unit: shapes.unitRef })
const admin = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  state: z.enum(['invited', 'active', 'disabled']),
  totp: z.boolean(),
  passkeys: z.number(),
  lastSignInAt: z.number().nullable(),
  grants: z.array(grant),
})
const key = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  unit: shapes.unitRef,
  createdAt: z.number(),
  createdBy: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  expiresAt: z.number().nullable(),
  lastUsedAt: z.number().nullable(),
  suspendedAt: z.number().nullable(),
  waitsFor: z.string().nullable(),
  prefix: z.string(),
})

/** The intent that something waits for. */
const held = z.string().nullable()
const dayMs = 86_400_000

/** Admins, what they hold, and the keys of programs. */
export const adminRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/admins',
    permission: 'admins:read',
    summary: 'The admins who hold something where the caller may look.',
    reply: z.object({ items: z.array(admin) }),
    run: async ctx => {
      const refs = await unitRefs(ctx)
      return { items: (await visibleAdmins(ctx)).map(a => adminRow(a, refs)) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/admins',
    permission: 'admins:write',
    summary:
      'Invites an admin; answers the link to set a password, once. `held` is what their role waits for, where it must wait.',
    body: z.object({
      name: shapes.name,
      email: shapes.email,
      role: shapes.role,
      unit: shapes.id,
      locale: shapes.locale.optional(),
    }),
    reply: z.object({ id: z.string(), url: z.string(), held }),
    status: 201,
    run: (ctx, { body }) => inviteAdmin(ctx, body),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/admins/:id',
    permission: 'admins:write',
    summary: 'Renames an admin, or disables and enables them.',
    params: shapes.byId,
    body: z.object({ name: shapes.name.optional(), state: z.enum(['active', 'disabled']).optional() }),
    reply: admin,
    run: async (ctx, { params, body }) => {
      await changeAdmin(ctx, params.id, body)
      return adminRow(onlySeen(ctx, await adminFor(ctx, params.id)), await unitRefs(ctx))
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/admins/:id',
    permission: 'admins:write',
    summary: 'Removes an admin with their sessions and keys.',
    params: shapes.byId,
    run: async (ctx, { params }) => {
      await removeAdmin(ctx, params.id)
      return undefined
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/admins/:id/grants',
    permission: 'admins:write',
    summary:
      'Gives an admin a role on a unit and all below it; never more than the caller holds there. `held` is what it waits for, where it must wait.',
    params: shapes.byId,
    body: z.object({ role: shapes.role, unit: shapes.id }),
    reply: z.object({ id: z.string().nullable(), held }),
    status: 201,
    run: (ctx, { params, body }) => addGrant(ctx, params.id, body.role, body.unit),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/admins/:id/grants/:grant',
    permission: 'admins:write',
    summary: 'Takes a role from an admin.',
    params: shapes.byId.extend({ grant: shapes.id }),
    run: async (ctx, { params }) => {
      await removeGrant(ctx, params.id, params.grant)
      return undefined
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/admins/:id/link',
    permission: 'admins:write',
    summary:
      'A new link to set a password; older links end. `totp: remove` also switches codes off and removes passkeys, for a lost phone.',
    params: shapes.byId,
    body: z.object({ totp: z.enum(['keep', 'remove']).default('keep') }),
    reply: z.object({ url: z.string() }),
    run: async (ctx, { params, body }) => {
      const found = await adminToChange(ctx, params.id)
      await access.removeLinksOf(ctx, found.id)
      if (body.totp === 'remove') await removeFactors(ctx, found)
      const url = await putLink(ctx, 'accept', found.id, found.state === 'invited' ? inviteMs : dayMs)
      await record(ctx, adminEvents.linked, aboutAdmin(found), { name: found.name, purpose: 'accept' })
      return { url }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/admins/:id/sessions',
    permission: 'admins:read',
    summary: 'The sessions of an admin.',
    params: shapes.byId,
    reply: z.object({ items: z.array(shapes.sessionRow) }),
    run: async (ctx, { params }, call) => {
      const found = await adminFor(ctx, params.id)
      return { items: (await sessionsOf(ctx, found.id)).map(s => sessionRow(s, sessionIn(call))) }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/admins/:id/sessions/:session',
    permission: 'admins:write',
    summary: 'Ends a session of an admin.',
    params: shapes.byId.extend({ session: shapes.id }),
    run: async (ctx, { params }) => {
      await revokeSessions(ctx, await adminToChange(ctx, params.id), params.session)
      return undefined
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/roles',
    permission: null,
    summary: 'The built-in roles, and how many admins the caller sees holding them; of anyone who belongs to the org.',
    reply: z.object({
      items: z.array(z.object({ id: z.string(), permissions: z.array(z.string()), admins: z.number() })),
    }),
    run: async ctx => {
      const seen = await visibleAdmins(ctx)
      const holders = (role: string) => seen.filter(a => a.grants.some(g => g.role === role)).length
      return { items: roleIds.map(id => ({ id, permissions: [...roles[id]], admins: holders(id) })) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/api-keys',
    permission: 'keys:read',
    summary: 'The API keys on the units where the caller may look.',
    reply: z.object({ items: z.array(key) }),
    run: async ctx => {
      const [keys, refs] = [await visibleKeys(ctx), await unitRefs(ctx)]
      const names = await namesOf(
        ctx,
        keys.map(k => k.created_by_id).filter(i => i !== null),
      )
      return {
        items: keys.map(k => ({
          id: k.id,
          name: k.name,
          role: k.role,
          unit: refs(k.unit),
          createdAt: k.created_at,
          createdBy: { kind: k.created_by_kind, id: k.created_by_id, name: names.get(k.created_by_id ?? '') ?? null },
          expiresAt: k.expires_at,
          lastUsedAt: k.last_used_at,
          suspendedAt: k.suspended_at,
          waitsFor: k.waits_for,
          prefix: k.prefix,
        })),
      }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/api-keys',
    permission: 'keys:write',
    summary:
      'Makes an API key; its text is answered once. Never more than the caller holds on that unit. `held` is what it waits for before it opens anything.',
    body: z.object({
      name: shapes.name,
      role: shapes.role,
      unit: shapes.id,
      expiresInDays: z.number().int().min(1).max(3650).nullable().default(365),
    }),
    reply: z.object({ id: z.string(), key: z.string(), held }),
    status: 201,
    run: (ctx, { body: { expiresInDays, ...order } }) =>
      createKey(ctx, { ...order, expiresAt: expiresInDays === null ? null : ctx.now + expiresInDays * dayMs }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/api-keys/:id/resume',
    permission: 'keys:write',
    summary: 'Lets a suspended API key go on; takes a passkey or code shown within five minutes.',
    params: shapes.byId,
    run: async (ctx, { params }) => {
      await resumeKey(ctx, params.id)
      return undefined
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/api-keys/:id',
    permission: 'keys:write',
    summary: 'Revokes an API key.',
    params: shapes.byId,
    run: async (ctx, { params }) => {
      await revokeKey(ctx, params.id)
      return undefined
    },
  }),
]

function adminRow(a: Admin, refs: (id: string) => UnitRef): z.input<typeof admin> {
  const { id, name, email, state, totp, passkeys, lastSignInAt } = a
  const grants = a.grants.map(g => ({ id: g.id, role: g.role, unit: refs(g.unit.id) }))
  return { id, name, email, state, totp, passkeys, lastSignInAt, grants }
}
