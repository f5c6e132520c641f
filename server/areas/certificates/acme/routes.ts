import { z } from 'zod'
import { Problem } from '../../../base/problem.ts'
import { type Call, rawRoute, type Reply, type Route } from '../../../base/route.ts'
import type { Base } from '../../../base/transact.ts'
import type { Id } from '../../../base/id.ts'
import * as accounts from './account.ts'
import * as challenges from './challenge.ts'
import { AcmeFault, documentOf } from './fault.ts'
import * as orders from './order.ts'
import { acmeUrl, admitted, type Asked, freshNonce, orgOf, scopeOf } from './request.ts'

const requestLimit = 64 * 1024
const orgParams = z.object({ org: z.string().max(64) })
const oneParams = z.object({ org: z.string().max(64), id: z.string().max(64) })

interface Said {
  status?: number
  body: Record<string, unknown> | string | null
  headers?: Record<string, string>
}

/** Says a document, or the fault that came instead, in the client's protocol, with a fresh nonce (RFC 8555 §6.5). */
async function saying(base: Base, org: string, work: () => Promise<Said>): Promise<Reply<string | null>> {
  let said: Said
  let type = 'application/json'
  try {
    said = await work()
  } catch (error) {
    const fault = faultOf(error)
    type = 'application/problem+json'
    said = { status: fault.status, body: documentOf(fault) }
  }
  const known = await orgOf(base, org).catch(() => null)
  const nonce: Record<string, string> = known ? { 'replay-nonce': await freshNonce(base, known) } : {}
  const index = known ? { link: `<${acmeUrl(base, known)}/directory>;rel="index"` } : {}
  const text = typeof said.body === 'string' || said.body === null ? said.body : JSON.stringify(said.body)
  return {
    status: said.status ?? 200,
    body: text,
    type: typeof said.body === 'string' ? 'application/pem-certificate-chain' : type,
    headers: { 'cache-control': 'no-store', ...index, ...nonce, ...said.headers },
  }
}

function faultOf(error: unknown): AcmeFault {
  if (error instanceof AcmeFault) return error
  if (error instanceof Problem && error.status < 500) return new AcmeFault('malformed', error.message, error.status)
  throw error
}

type Doing = (base: Base, asked: Asked, id: string) => Promise<Said>

const replies = ['application/json', 'application/problem+json', 'application/pem-certificate-chain'] as const
const open = { plane: 'public', auth: 'none', permission: null } as const

function post(path: string, summary: string, by: 'jwk' | 'kid' | 'either', work: Doing): Route {
  return rawRoute({
    ...open,
    method: 'POST',
    path: `/acme/:org/${path}`,
    summary,
    bodyLimit: requestLimit,
    accepts: ['application/jose+json'],
    params: path.includes(':id') ? oneParams : orgParams,
    reply: replies,
    serve: async (base: Base, { params }: { params: { org: string; id?: string } }, call: Call) =>
      saying(base, params.org, async () => work(base, await admitted(base, params.org, call, by), params.id ?? '')),
  })
}

const account = (base: Base, row: Awaited<ReturnType<typeof accounts.changeAccount>>, status = 200): Said => ({
  status,
  body: accounts.accountDocument(base, row),
  headers: { location: `${acmeUrl(base, row.org as Id<'org'>)}/accounts/${row.id}` },
})

/** What clients of the certificate server speak to (RFC 8555 §7). */
export const acmeRoutes: readonly Route[] = [
  rawRoute({
    ...open,
    method: 'GET',
    path: '/acme/:org/directory',
    summary: 'Where the parts of the certificate server are (RFC 8555 §7.1.1).',
    bodyLimit: 0,
    accepts: [],
    params: orgParams,
    reply: replies,
    serve: (base, { params }) =>
      saying(base, params.org, async () => {
        const url = acmeUrl(base, await orgOf(base, params.org))
        return {
          body: {
            newNonce: `${url}/new-nonce`,
            newAccount: `${url}/new-account`,
            newOrder: `${url}/new-order`,
            revokeCert: `${url}/revoke-cert`,
            keyChange: `${url}/key-change`,
            meta: { website: base.config.url },
          },
        }
      }),
  }),
  rawRoute({
    ...open,
    method: 'GET',
    path: '/acme/:org/new-nonce',
    summary: 'A fresh nonce, also for HEAD (RFC 8555 §7.2).',
    bodyLimit: 0,
    accepts: [],
    params: orgParams,
    reply: replies,
    status: 204,
    head: true,
    serve: (base, { params }, call) =>
      saying(base, params.org, async () => {
        await orgOf(base, params.org)
        return { status: call.method === 'HEAD' ? 200 : 204, body: null }
      }),
  }),
  post('new-account', 'Makes an account, or finds the one of a key (RFC 8555 §7.3).', 'jwk', async (base, asked) => {
    const { status, account: row } = await accounts.openAccount(base, asked)
    return account(base, row, status)
  }),
  post('accounts/:id', 'Shows, changes or ends an account (RFC 8555 §7.3.2).', 'kid', async (base, asked, id) =>
    account(base, await accounts.changeAccount(base, asked, id)),
  ),
  post('key-change', 'Gives an account another key (RFC 8555 §7.3.5).', 'kid', async (base, asked) =>
    account(base, await accounts.changeKey(base, asked, `${acmeUrl(base, asked.org)}/key-change`)),
  ),
  post('new-order', 'Takes an order (RFC 8555 §7.4).', 'kid', async (base, asked) => {
    const found = await orders.openOrder(base, asked)
    const location = `${acmeUrl(base, asked.org)}/orders/${found.order.id}`
    return { status: 201, body: orders.orderDocument(base, found), headers: { location } }
  }),
  post('orders/:id', 'Shows an order (RFC 8555 §7.4).', 'kid', async (base, asked, id) => {
    const found = await base.read(scopeOf(asked.org), ctx => orders.orderOf(ctx, asked, id))
    return { body: orders.orderDocument(base, found) }
  }),
  post('orders/:id/finalize', 'Issues what was ordered (RFC 8555 §7.4).', 'kid', async (base, asked, id) => {
    const found = await orders.finalize(base, asked, id)
    return {
      body: orders.orderDocument(base, found),
      headers: { location: `${acmeUrl(base, asked.org)}/orders/${id}` },
    }
  }),
  post(
    'orders/:id/certificate',
    'The certificate and its chain (RFC 8555 §7.4.2).',
    'kid',
    async (base, asked, id) => ({
      body: await orders.chainOf(base, asked, id),
    }),
  ),
  post('authorizations/:id', 'Shows the proof of a name (RFC 8555 §7.5).', 'kid', async (base, asked, id) => {
    const proof = await base.read(scopeOf(asked.org), ctx => challenges.proofOf(ctx, asked, id))
    return { body: challenges.proofDocument(base, proof) }
  }),
  post(
    'challenges/:id',
    'Says that an answer stands, or brings an attestation (RFC 8555 §7.5.1).',
    'kid',
    async (base, asked, id) => {
      // POST-as-GET only looks; an object, also an empty one, answers.
      const look = asked.payload === null
      const proof = look
        ? await base.read(scopeOf(asked.org), ctx => challenges.proofOf(ctx, asked, id))
        : await challenges.answered(base, asked, id)
      const up = `<${acmeUrl(base, asked.org)}/authorizations/${id}>;rel="up"`
      const index = `<${acmeUrl(base, asked.org)}/directory>;rel="index"`
      return { body: challenges.challengeDocument(base, proof), headers: { link: `${index}, ${up}` } }
    },
  ),
  post('revoke-cert', 'Takes a certificate back (RFC 8555 §7.6).', 'either', async (base, asked) => {
    await orders.revoke(base, asked)
    return { body: {} }
  }),
]
