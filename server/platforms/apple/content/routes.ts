import { z } from 'zod'
import * as apps from '../../../areas/apps/index.ts'
import * as roster from '../../../areas/roster/index.ts'
import { demandWhole, everything } from '../../../base/authority.ts'
import type { Ctx, Scope } from '../../../base/ctx.ts'
import { digest, type Id } from '../../../base/id.ts'
import { Problem } from '../../../base/problem.ts'
import { type Route, route, servedRoute } from '../../../base/route.ts'
import type { Base } from '../../../base/transact.ts'
import { notice as noticeShape } from './answers.ts'
import { changeClient, hear, notifiedOf } from './client-store.ts'
import { readToken } from './token.ts'

const params = z.object({ id: z.string().max(40) })
const token = z.string().min(1).max(20_000)
const account = z.string().trim().max(200).nullish()
const reply = z.object({ id: z.string(), name: z.string(), state: z.string(), expiresAt: z.number().nullable() })

/** Content tokens of Apps and Books: taken into use, renewed, taken over from another server; and where the service tells of changes. */
export const contentRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/v1/programs/content',
    permission: 'roster:write',
    summary:
      'Takes a content token of Apps and Books into use. Whether the service accepts it is told by the state of the program a moment later.',
    body: z.strictObject({
      token,
      name: z.string().trim().min(1).max(120).optional(),
      account,
      unit: z.string().max(40).nullish(),
    }),
    reply,
    status: 201,
    run: async (ctx, { body }) => {
      demandWhole(ctx.authority, 'roster:write')
      const read = readToken(body.token, ctx.now)
      const made = await roster.addProgram(ctx, {
        platform: 'apple',
        kind: 'content',
        name: body.name ?? (read.orgName === '' ? 'Apps and Books' : read.orgName),
        mark: markOf(read.bearer),
        secret: read.bearer,
        account: body.account ?? null,
        orgName: read.orgName === '' ? null : read.orgName,
        expiresAt: read.expiresAt,
        unit: body.unit ?? null,
      })
      return made
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/programs/:id/content-token',
    permission: 'roster:write',
    summary:
      'Renews the content token of a program. What the program holds stays; the worker begins again with the new token at once.',
    params,
    body: z.strictObject({ token, account }),
    reply,
    run: async (ctx, { params: { id }, body }) => {
      const program = await contentFor(ctx, id)
      const read = readToken(body.token, ctx.now)
      const after = await roster.noteProgram(ctx, program.id, {
        state: 'new',
        problem: null,
        secret: read.bearer,
        mark: markOf(read.bearer),
        expiresAt: read.expiresAt,
        ...(body.account === undefined ? {} : { account: body.account }),
      })
      await beginAgain(ctx, program.id, {})
      return after
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/programs/:id/take-over',
    permission: 'roster:write',
    summary:
      'Says that this server is to work a content token that another server works now. The other loses it; two servers on one token take each other’s licenses away.',
    params,
    reply,
    run: async (ctx, { params: { id } }) => {
      const program = await contentFor(ctx, id)
      if (program.state !== 'elsewhere') throw new Problem('content.not-elsewhere')
      await beginAgain(ctx, program.id, { take_over: 1 })
      return program
    },
  }),
  servedRoute({
    method: 'POST',
    path: '/notify/apple/content/:id',
    plane: 'public',
    auth: 'none',
    permission: null,
    summary:
      'Where Apps and Books tells of changes. Told twice, late or in any order, it only makes the server look for itself.',
    params,
    body: z.looseObject({}),
    serve: (base, { params: { id }, body }, call) =>
      told(base, { id, body, said: call.headers.authorization ?? '', request: call.request }),
  }),
]

/** Two programs never speak with one token. */
const markOf = (bearer: string): string => digest(`content ${bearer}`)

async function contentFor(ctx: Ctx, id: string): Promise<roster.Program> {
  const program = await roster.programFor(ctx, id, 'roster:write')
  if (program.kind !== 'content') throw new Problem('id.unknown')
  return program
}

/** Everything is read anew, at once. */
async function beginAgain(ctx: Ctx, program: string, change: { take_over?: number }): Promise<void> {
  await changeClient(ctx, program, {
    wait_until: null,
    limits_at: null,
    notify_at: null,
    assets_due: 0,
    assignments_due: 0,
    people_due: 0,
    ...change,
  })
  await apps.wakeWorker(ctx, program)
}

interface Told {
  id: string
  body: unknown
  said: string
  request: string
}

async function told(base: Base, { id, body, said, request }: Told): Promise<{ status: number; body: undefined }> {
  const of = await base.engine.read(tx => notifiedOf({ tx }, id))
  const word = /^Bearer (\S{1,200})$/.exec(said)?.[1]
  if (!of?.secret || word === undefined || digest(word) !== of.secret) throw new Problem('content.notice-unproved')
  const read = noticeShape.safeParse(body)
  if (!read.success) throw new Problem('content.notice-unread')
  const { notificationId, notificationType: type } = read.data
  const done = { status: 204, body: undefined }
  // The service only tries whether it reaches us.
  if (type === 'TEST_NOTIFICATION') return done
  const scope: Scope = {
    org: of.org as Id<'org'>,
    actor: { kind: 'system', id: null, what: 'apps-and-books' },
    authority: everything,
    request,
  }
  await base.transact(scope, async ctx => {
    if (!(await hear(ctx, id, notificationId))) return
    const people = type === 'USER_MANAGEMENT' || type === 'USER_ASSOCIATED'
    const counts = type === 'ASSET_COUNT' || type === 'ASSET_MANAGEMENT'
    await changeClient(ctx, id, { ...(people ? { people_due: 0 } : {}), ...(counts ? { assets_due: 0 } : {}) })
    await apps.wakeWorker(ctx, id)
  })
  return done
}
