import { type AgentOrders, type SignedOrder, signForBeside } from '@muster/wire/agent/document.ts'
import * as commands from '../../areas/commands/index.ts'
import * as guard from '../../areas/guard/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { type Signer, signerOf } from './keys.ts'
import type { Said } from './shapes.ts'

/** Whose orders they are. */
export interface Ordered {
  readonly enrollment: Id<'enrollment'>
  readonly device: Id<'device'>
}

/** The highest number of an order there is: nothing may come after a farewell. */
const last = Number.MAX_SAFE_INTEGER

/** Takes what became of orders; each counts once. Answers the ids that the agent may forget. */
export async function takeResults(ctx: Ctx, on: Ordered, results: Said['results']): Promise<string[]> {
  for (const said of results) {
    const { order: uuid, status, code = null, detail = null, data } = said
    const failed = status === 'failed' || status === 'refused' || status === 'expired'
    await commands.answered(ctx, {
      enrollment: on.enrollment,
      account: '',
      uuid,
      status: failed ? 'failed' : status,
      ...(failed
        ? { error: { code: null, domain: 'agent', message: detail, explained: explained(status, code) } }
        : {}),
      result: data ?? {},
      ...(data === undefined ? {} : { shown: JSON.parse(JSON.stringify(data)) }),
    })
  }
  return results.filter(r => r.status !== 'deferred').map(r => r.order)
}

/** The code under which a refusal of the agent's is explained. */
function explained(status: string, code: string | null): string {
  return `agent.${code !== null && /^[a-z-]{1,60}$/.test(code) ? code : status}`
}

/** Orders as they will be handed over, and who signs them: that needs no transaction, which others wait for. */
export interface Unsigned {
  readonly said: AgentOrders
  readonly by: Signer
}

/** The next order for the device; null when there is none. One at a time: its result asks for the next. */
export async function ordersFor(
  ctx: Ctx,
  on: Ordered,
  after: 'contact' | 'answer' | 'deferral',
): Promise<Unsigned | null> {
  const handed = await commands.next(ctx, { enrollment: on.enrollment, account: '', after })
  return handed === null ? null : unsigned(ctx, on, [await orderOf(ctx, handed)])
}

async function orderOf(ctx: Ctx, { uuid, seq, kind, args, expiresAt, intent }: commands.Handed): Promise<SignedOrder> {
  const bytes = kind.encode(args, uuid)
  const said = JSON.parse(Buffer.from(bytes).toString('utf8')) as Pick<SignedOrder, 'kind' | 'args'>
  const approval = kind.proved && intent !== null ? await guard.proofsOf(ctx, intent) : []
  return {
    id: uuid,
    seq,
    kind: said.kind,
    args: said.args,
    notAfter: expiresAt,
    ...(approval.length > 0 ? { approval } : {}),
  }
}

/** The one order that ends management, for an agent whose enrollment an admin ended. */
export function farewell(ctx: Ctx, on: Ordered): Promise<Unsigned> {
  const order = { id: `leave-${on.enrollment}`, seq: last, kind: 'enrollment.leave', args: {}, notAfter: null }
  return unsigned(ctx, on, [order])
}

async function unsigned(ctx: Ctx, on: Ordered, orders: readonly SignedOrder[]): Promise<Unsigned> {
  const { org, now: at } = ctx
  return { said: { v: 1, org, enrollment: on.enrollment, at, orders }, by: await signerOf(ctx) }
}

/** The orders in one signed text. */
export function signed({ said, by: { key, publicKey } }: Unsigned): Promise<string> {
  return signForBeside('muster-orders', said, key, publicKey)
}
