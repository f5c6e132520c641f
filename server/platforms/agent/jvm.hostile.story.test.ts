import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:https'
import { test, type TestContext } from 'node:test'
import type { Approval } from '@muster/wire/agent/approval.ts'
import { type SignedOrder, signFor } from '@muster/wire/agent/document.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import type { Id } from '../../base/id.ts'
import * as guard from '../../areas/guard/index.ts'
import { type GivenHeadless, givenHeadless } from '../../testing/given-headless.ts'
import { hasJava } from '../../testing/headless.ts'
import { type House, house } from '../../testing/house.ts'
import type { GivenAdmin } from '../../testing/given-identity.ts'
import { signerOf } from './keys.ts'
import { freePort } from '../../../tools/ports.ts'

const skip = hasJava ? false : 'a JDK is not installed'
const day = 86_400_000
const long = { heldForMs: 10 * day, passkey: true } as const

type Answer = Record<string, unknown>

/** What sits between a device and its server with the server's own certificate: it hears all, and can put other words into its mouth. */
interface Middle {
  readonly h: House & { url: string }
  /** What agents told: results by order, and events. */
  readonly told: { results: Map<string, string>; events: string[] }
  /** Changes the next answer to a contact. */
  twist: ((answer: Answer) => Answer) | null
}

interface Heard {
  readonly results?: readonly { order: string; status: string; code?: string }[]
  readonly events?: readonly { type: string; data: { code?: string } }[]
}

async function withMiddle(t: TestContext): Promise<Middle> {
  const port = await freePort()
  const url = `https://localhost:${port}`
  const h = Object.assign(await house(t, { MUSTER_URL: url }), { url })
  // Devices check the server's certificate by the real time.
  h.pass(Date.now() - h.now())
  const middle: Middle = { h, told: { results: new Map(), events: [] }, twist: null }
  const { cert, key } = await certificates.serverTls(h.base)
  const server: Server = createServer({ cert, key }, async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    )
    const get = request.method === 'GET'
    if (!get) hear(middle, JSON.parse(body.toString('utf8')) as Heard)
    const answer = await h.http(request.method ?? 'GET', request.url ?? '/', { headers, ...(get ? {} : { body }) })
    let said = answer.body as Answer
    if (middle.twist && request.url === '/agent/v1/contact') {
      said = middle.twist(said)
      middle.twist = null
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(answer.status === 204 ? undefined : JSON.stringify(said))
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return middle
}

function hear({ told }: Middle, { results = [], events = [] }: Heard): void {
  for (const { order, status, code } of results)
    told.results.set(order, [status, ...(code === undefined ? [] : [code])].join(' '))
  for (const { type, data } of events) told.events.push(`${type} ${data.code ?? ''}`)
}

const headersOf = (by: GivenAdmin) => ({ cookie: by.cookie, 'sec-fetch-site': 'same-origin' })

/** Signs as whoever holds the server can: with its own key. */
async function signed(h: House, type: 'muster-orders' | 'muster-document', payload: object): Promise<string> {
  return h.run(async ctx => {
    const { key, publicKey } = await signerOf(ctx)
    return signFor(type, payload as never, key, publicKey)
  })
}

/** Gives a device an order that no admin gave; answers what the device said to it. */
async function forged(
  middle: Middle,
  given: GivenHeadless,
  order: Partial<SignedOrder> & Pick<SignedOrder, 'kind'>,
): Promise<string | undefined> {
  const { h, told } = middle
  const id = `forged-${Math.random()}`
  const held = await h.run(ctx => enrollment.activeOf(ctx, [given.id]))
  const orders = [{ id, seq: 900_000 + told.results.size, args: {}, notAfter: null, ...order }]
  const enrolled = held.get(given.id)?.id ?? ''
  const text = await signed(h, 'muster-orders', { v: 1, org: h.org, enrollment: enrolled, at: h.now(), orders })
  middle.twist = answer => ({ ...answer, orders: text })
  await given.device.act('contact')
  return told.results.get(id)
}

/** What erased it, and whether the memory card went too. */
const erasures = async ({ device }: GivenHeadless): Promise<unknown[]> =>
  (await device.show()).os.effects.filter(e => e.verb === 'erase')

async function approvedWipe(h: House, device: Id<'device'>, ann: GivenAdmin, bo: GivenAdmin): Promise<Id<'intent'>> {
  const { name } = await h.run(ctx => devices.get(ctx, device))
  const body = { kind: 'wipe', args: { confirm: name } }
  await h.http('POST', `/api/v1/devices/${device}/commands`, { as: ann.key, body })
  const open = await h.http('GET', `/api/v1/intents?device=${device}&state=open`, { as: ann.key })
  const path = `/api/v1/intents/${open.body.items[0]?.id}`
  const options = await h.http('POST', `${path}/approval-options`, { headers: headersOf(bo) })
  const response = bo.authenticator.assert(options.body.options)
  const answer = await h.http('POST', `${path}/approve`, { headers: headersOf(bo), body: { response } })
  assert.equal(answer.body.state, 'released')
  await h.settle()
  return open.body.items[0]?.id as Id<'intent'>
}

test('a device in Java erases itself only with the passkey of a person it knows, and keeps its document against an older one and another device’s', {
  skip,
}, async t => {
  const middle = await withMiddle(t)
  const { h, told } = middle
  const ann = await h.given.admin({ ...long, name: 'Ann' })
  const bo = await h.given.admin({ ...long, name: 'Bo' })
  await h.given.stepUp(ann)
  const set = await h.http('PUT', '/api/v1/guard/approvers', { headers: headersOf(ann), body: { need: 1 } })
  assert.equal(set.status, 200)
  const mode = { mode: 'fully-managed', options: ['--by-hand'] }
  const one = await givenHeadless(t, h, { serial: 'HOSTILE1', ...mode })
  const other = await givenHeadless(t, h, { serial: 'HOSTILE2', ...mode })

  // Control: the same forgery is obeyed where nobody's agreement is asked for.
  assert.equal(await forged(middle, one, { kind: 'lock' }), 'done')
  assert.equal(await forged(middle, one, { kind: 'wipe' }), 'refused approval-missing')

  const intent = await approvedWipe(h, other.id, ann, bo)
  const approval = (await h.run(ctx => guard.proofsOf(ctx, intent))) as readonly Approval[]
  assert.equal(approval.length, 1)
  assert.equal(
    await forged(middle, one, { kind: 'wipe', approval }),
    'refused approval-invalid',
    'it is for another device',
  )
  const args = { externalStorage: true }
  assert.deepEqual(await erasures(one), [])

  // Documents: the one it has, made older, and made another device's.
  let document: Record<string, unknown> = {}
  await h.given.assigned({ policies: [{ kind: 'restrictions', value: { camera: false } }] })
  await h.settle()
  middle.twist = answer => {
    const [, payload = ''] = String(answer['document']).split('.')
    document = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>
    return answer
  }
  await one.device.act('contact')
  const generation = Number(document['generation'])
  assert.equal((await one.device.show()).os.set['turn:camera'], false)
  const refused = async (change: object): Promise<string | undefined> => {
    const text = await signed(h, 'muster-document', { ...document, items: [], etag: 'x', ...change })
    middle.twist = answer => ({ ...answer, document: text })
    await one.device.act('contact')
    await one.device.act('contact')
    assert.equal((await one.device.show()).os.set['turn:camera'], false, 'what stood stands')
    return told.events.at(-1)
  }
  assert.equal(await refused({ generation: generation - 1 }), 'document.refused older')
  assert.equal(await refused({ generation: generation + 1, device: other.id }), 'document.refused other-device')

  // What was agreed to does not cover more; the order as it was agreed to comes in the same call, and is obeyed.
  const more = { kind: 'wipe', approval, args: { externalStorage: true } } as const
  assert.equal(await forged(middle, other, more), 'refused approval-invalid')
  assert.deepEqual(await erasures(other), [{ verb: 'erase', detail: false }])
  assert.deepEqual(await erasures(one), [])
  const { body } = await h.http('GET', `/api/v1/devices/${other.id}/commands`, { as: ann.key })
  assert.ok(body.items.some((c: { kind: string; state: string }) => c.kind === 'wipe' && c.state === 'done'))
  // Control: the device takes a document that is newer and its own.
  const fresh = await signed(h, 'muster-document', { ...document, items: [], etag: 'y', generation: generation + 1 })
  middle.twist = answer => ({ ...answer, document: fresh })
  await one.device.act('contact')
  assert.equal((await one.device.show()).os.set['turn:camera'], undefined)
})
