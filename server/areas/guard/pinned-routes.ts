import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { type Route, route } from '../../base/route.ts'
import { namesOf } from '../identity/index.ts'
import { openIn } from './intent-store.ts'
import { type Approvers, approversAble, approversAction, approversNow, changeApprovers } from './pinned.ts'

const person = z.object({ id: z.string(), name: z.string().nullable(), passkeys: z.number() })

const approversShape = z.object({
  /** How many different persons devices ask for; 0: none. */
  need: z.number(),
  version: z.number(),
  /** Whom devices know. */
  known: z.array(person),
  /** Who could be known to them now. */
  able: z.array(person),
  /** The change that waits for those who are known. */
  intent: z.string().nullable(),
})

async function shown(ctx: Ctx): Promise<z.input<typeof approversShape>> {
  const [now, able] = [await approversNow(ctx), await approversAble(ctx)]
  const open = (await openIn(ctx, 'held')).find(row => row.action === approversAction)
  return {
    need: now.need,
    version: now.version,
    known: await people(ctx, now.keys),
    able: await people(ctx, able),
    intent: open?.id ?? null,
  }
}

async function people(ctx: Ctx, keys: Approvers['keys']): Promise<z.input<typeof person>[]> {
  const by = Map.groupBy(keys, k => k.by)
  const names = await namesOf(ctx, [...by.keys()])
  return [...by].map(([id, own]) => ({ id, name: names.get(id) ?? null, passkeys: own.length }))
}

/** The routes of whom devices ask before they do what cannot be undone. */
export const approverRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/guard/approvers',
    permission: 'guard:read',
    summary: 'Whose approvals devices ask for by themselves before they erase, and who could be among them.',
    reply: approversShape,
    run: ctx => shown(ctx),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/guard/approvers',
    permission: 'guard:write',
    summary:
      'Lets devices ask for so many approvals, by everyone who can give them now. A later change must be signed by those whom devices know.',
    body: z.strictObject({ need: z.int().min(0).max(5) }),
    reply: z.object({ intent: z.string().nullable(), approvers: approversShape }),
    run: async (ctx, { body }) => {
      const intent = await changeApprovers(ctx, body.need)
      return { intent, approvers: await shown(ctx) }
    },
  }),
]
