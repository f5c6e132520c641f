import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { attribute, fingerprint, parseCertificate } from '@muster/wire/x509/certificate.ts'
import { fromPem } from '@muster/wire/x509/pem.ts'
import { buildRequest } from '@muster/wire/x509/request.ts'
import {
  type AcmeLine,
  attestationObject,
  AcmeRefused,
  obtainAttested,
  openClient,
} from '../../../../simulator/apple/acme.ts'
import { mintMaker } from '../../../../simulator/outside/attestation/maker.ts'
import { newId } from '../../../base/id.ts'
import { type House, house } from '../../../testing/house.ts'
import * as certificates from '../index.ts'
import { bind, unbind } from './account.ts'
import { addRoot } from './roots.ts'
import { forget } from './store.ts'

const hour = 3_600_000
const key = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

const lineOf =
  (h: House): AcmeLine =>
  async ({ url, method, body, headers }) => {
    const options = { ...(body === undefined ? {} : { body }), headers: headers ?? {} }
    const { status, headers: said, bytes } = await h.http(method, url.replace('https://muster.test', ''), options)
    return { status, headers: said, body: bytes }
  }

const directoryOf = (h: House): string => `https://muster.test/acme/${h.org}/directory`

async function expected(h: House, serial: string | null = null) {
  const id = newId('invitation')
  const clientIdentifier = await h.run(ctx =>
    certificates.challenge(ctx, { for: { kind: 'invitation', id }, ttlMs: hour, serial }),
  )
  return { id, payload: { directoryUrl: directoryOf(h), clientIdentifier, subject: [['CN', 'device']] as const } }
}

const refusedAs = (type: string) => (error: unknown) => error instanceof AcmeRefused && error.type.endsWith(type)

test('a device whose chip attests its key gets an identity for exactly that key, and the log says so', async t => {
  const h = await house(t)
  const maker = mintMaker()
  await h.run(ctx => addRoot(ctx, maker.root.pem))
  const { id, payload } = await expected(h, 'C02ATTEST')
  const own = key()
  const attest = (freshness: Uint8Array) =>
    maker.attest({ key: own, serial: 'C02ATTEST', udid: 'U-1', osVersion: '27.0', freshness })
  const identity = await obtainAttested({
    payload: { ...payload, subject: [...payload.subject] },
    key: own,
    attest,
    line: lineOf(h),
  })
  const leaf = parseCertificate(identity.certificate)
  assert.equal(attribute(leaf.subject, 'CN'), id)
  assert.deepEqual(leaf.extendedKeyUsage, ['1.3.6.1.5.5.7.3.2'])
  const found = await h.run(ctx => certificates.byFingerprint(ctx, fingerprint(leaf.der)))
  assert.partialDeepStrictEqual(found, { org: h.org, state: 'pending', owner: { kind: 'invitation', id } })
  assert.partialDeepStrictEqual(await h.run(ctx => certificates.attestedOf(ctx, found?.id ?? ('' as never))), {
    serial: 'C02ATTEST',
    udid: 'U-1',
  })
  assert.ok((await h.events()).includes('certificate.issued'))
  // A client that lost everything and comes again with the same key has the same certificate; another key has none.
  const again = await obtainAttested({ payload: { ...payload, subject: [] }, key: own, attest, line: lineOf(h) })
  assert.deepEqual(again.certificate, identity.certificate)
  const other = key()
  await assert.rejects(
    obtainAttested({
      payload: { ...payload, subject: [] },
      key: other,
      attest: freshness => maker.attest({ key: other, serial: 'C02ATTEST', freshness }),
      line: lineOf(h),
    }),
    refusedAs('rejectedIdentifier'),
  )
})

test('an attestation proves nothing when it is of a stranger, old, stale, of another device, of another key, or no attestation', async t => {
  const h = await house(t)
  const maker = mintMaker()
  const own = key()
  const ask = async (attest: (freshness: Uint8Array) => Uint8Array[], csrKey = own, serial: string | null = 'C02A') => {
    const { payload } = await expected(h, serial)
    return obtainAttested({ payload: { ...payload, subject: [] }, key: csrKey, attest, line: lineOf(h) })
  }
  const good = (freshness: Uint8Array) => maker.attest({ key: own, serial: 'C02A', freshness })
  // Before the maker is known nothing is believed.
  await assert.rejects(ask(good), refusedAs('badAttestationStatement'))
  await h.run(ctx => addRoot(ctx, maker.root.pem))
  const stranger = mintMaker('Stranger')
  const refusals: [(freshness: Uint8Array) => Uint8Array[], string][] = [
    [freshness => stranger.attest({ key: own, serial: 'C02A', freshness }), 'badAttestationStatement'],
    [() => maker.attest({ key: own, serial: 'C02A' }), 'badAttestationStatement'],
    [() => maker.attest({ key: own, serial: 'C02A', freshness: new Uint8Array(32) }), 'badAttestationStatement'],
    [
      freshness => maker.attest({ key: own, serial: 'C02A', freshness, notAfter: h.now() - hour }),
      'badAttestationStatement',
    ],
    [freshness => maker.attest({ key: own, serial: 'C02B', freshness }), 'rejectedIdentifier'],
    [freshness => maker.attest({ key: own, freshness }), 'rejectedIdentifier'],
    [freshness => good(freshness).slice(0, 1), 'badAttestationStatement'],
    [
      freshness => [...stranger.attest({ key: own, freshness }).slice(0, 1), ...good(freshness).slice(1)],
      'badAttestationStatement',
    ],
    [() => [new Uint8Array([0x30, 0x03, 1, 2, 3])], 'badAttestationStatement'],
    [() => [], 'badAttestationStatement'],
  ]
  for (const [attest, type] of refusals) await assert.rejects(ask(attest), refusedAs(type), type)
  // The attestation is of one key, the request of another.
  await assert.rejects(ask(good, key()), refusedAs('badCSR'))
  const issued = (await h.events()).filter(e => e === 'certificate.issued')
  assert.equal(issued.length, 1) // the authority alone
  assert.ok((await h.events()).includes('certificate.refused'))
  // Control: the same device, asked properly, gets its certificate.
  assert.ok((await ask(good)).certificate.length > 0)
})

test('nobody is given an identity without an expected proof, and a format we do not judge is refused', async t => {
  const h = await house(t)
  const maker = mintMaker()
  await h.run(ctx => addRoot(ctx, maker.root.pem))
  const client = await openClient(directoryOf(h), lineOf(h))
  await client.account({})
  const order = (value: string) => client.post('newOrder', { identifiers: [{ type: 'permanent-identifier', value }] })
  await assert.rejects(order('C02ATTEST'), refusedAs('rejectedIdentifier'))
  const { payload } = await expected(h)
  const { body } = await order(payload.clientIdentifier)
  assert.deepEqual(body.identifiers, [{ type: 'permanent-identifier', value: payload.clientIdentifier }])
  const proof = await client.post(body.authorizations[0], null)
  const own = key()
  const attObj = Buffer.from(attestationObject(maker.attest({ key: own }), 'packed')).toString('base64url')
  const answer = await client.post(proof.body.challenges[0].url, { attObj })
  assert.equal(answer.body.status, 'invalid')
  assert.match(answer.body.error.detail, /packed/)
  assert.equal((await client.post(body.finalize.replace('/finalize', ''), null)).body.status, 'invalid')
  const csr = Buffer.from(buildRequest({ subject: [], key: own })).toString('base64url')
  await assert.rejects(client.post(body.finalize, { csr }), refusedAs('orderNotReady'))
  h.pass(2 * hour)
  await assert.rejects(
    order((await expected(h)).payload.clientIdentifier).then(() => order(payload.clientIdentifier)),
    refusedAs('rejectedIdentifier'),
  )
})

test('a request is good once, for one address, by one account, and only as it was signed', async t => {
  const h = await house(t)
  const client = await openClient(directoryOf(h), lineOf(h))
  const kid = await client.account({ contact: ['mailto:web@havsten.example'] })
  const headers = { 'content-type': 'application/jose+json' }
  const send = async (body: Uint8Array, url: string) =>
    (await h.http('POST', url.replace('https://muster.test', ''), { body, headers })).body
  const url = client.directory.newOrder ?? ''
  const once = await client.signed(kid, null)
  assert.equal((await send(once, kid)).status, 'valid')
  assert.match((await send(once, kid)).type, /badNonce/)
  assert.match((await send(await client.signed(kid, null), url)).type, /unauthorized/)
  const changed = JSON.parse(Buffer.from(await client.signed(kid, null)).toString())
  changed.payload = Buffer.from('{"status":"deactivated"}').toString('base64url')
  assert.match((await send(Buffer.from(JSON.stringify(changed)), kid)).type, /malformed/)
  const plain = await h.http('POST', kid.replace('https://muster.test', ''), {
    body: await client.signed(kid, null),
    headers: { 'content-type': 'application/json' },
  })
  assert.equal(plain.status, 415)
  const stranger = await openClient(directoryOf(h), lineOf(h))
  await stranger.account({})
  await assert.rejects(stranger.post(kid, null), refusedAs('unauthorized'))
  const ended = await client.post(kid, { status: 'deactivated' })
  assert.equal(ended.body.status, 'deactivated')
  await assert.rejects(client.post(kid, null), refusedAs('unauthorized'))
  assert.equal((await h.http('GET', '/acme/org_nobody/directory')).status, 404)
  const nonce = await h.http('HEAD', `/acme/${h.org}/new-nonce`)
  assert.equal(nonce.status, 200)
  assert.ok(nonce.headers['replay-nonce'])
})

/** Answers http-01 as a client on this machine would. */
async function answering(t: { after(end: () => void): void }, text: (token: string) => string): Promise<number> {
  const server = createServer((request, response) => response.end(text(request.url?.split('/').pop() ?? '')))
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve))
  t.after(() => void server.close())
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

test('an invited program gets a certificate for the names it was invited for, after the host answered, and nothing else', async t => {
  const h = await house(t)
  let wanted = (token: string): string => token
  const port = await answering(t, token => wanted(token))
  const { binding, secret } = await h.run(ctx =>
    bind(ctx, { name: 'Printers', names: ['localhost', '*.print.example'], port }),
  )
  const client = await openClient(directoryOf(h), lineOf(h))
  const outer = JSON.parse(Buffer.from(await client.signed(client.directory.newAccount ?? '', {})).toString())
  const { jwk } = JSON.parse(Buffer.from(outer.protected, 'base64url').toString())
  const eab = (mac = secret) => {
    const head = Buffer.from(
      JSON.stringify({ alg: 'HS256', kid: binding.id, url: client.directory.newAccount }),
    ).toString('base64url')
    const body = Buffer.from(JSON.stringify(jwk)).toString('base64url')
    const signature = createHmac('sha256', Buffer.from(mac, 'base64url')).update(`${head}.${body}`).digest('base64url')
    return { externalAccountBinding: { protected: head, payload: body, signature } }
  }
  await assert.rejects(client.account(eab('AAAA')), refusedAs('unauthorized'))
  await client.account(eab())
  const order = (...names: string[]) =>
    client.post('newOrder', { identifiers: names.map(value => ({ type: 'dns', value })) })
  for (const name of ['other.example', 'muster.test', '*.print.example', 'print.example', 'evil-print.example'])
    await assert.rejects(order(name), refusedAs('rejectedIdentifier'), name)
  const { body } = await order('localhost')
  const proof = await client.post(body.authorizations[0], null)
  const [challenge] = proof.body.challenges
  const { thumbprint } = await import('@muster/wire/acme/jws.ts')
  wanted = token => `${token}.${thumbprint(jwk)}`
  assert.equal((await client.post(challenge.url, {})).body.status, 'processing')
  await h.settle()
  assert.equal((await client.post(body.authorizations[0], null)).body.status, 'valid')
  const own = key()
  const csrFor = (name: string) => ({
    csr: Buffer.from(buildRequest({ subject: [], key: own, dnsNames: [name] })).toString('base64url'),
  })
  await assert.rejects(client.post(body.finalize, csrFor('other.example')), refusedAs('badCSR'))
  const done = await client.post(body.finalize, csrFor('localhost'))
  assert.equal(done.body.status, 'valid')
  const chain = fromPem(Buffer.from((await client.post(done.body.certificate, null)).bytes).toString()).map(({ der }) =>
    parseCertificate(der),
  )
  assert.deepEqual(chain[0]?.dnsNames, ['localhost'])
  assert.deepEqual(chain[0]?.extendedKeyUsage, ['1.3.6.1.5.5.7.3.1'])
  assert.equal(chain[1]?.isCa, true)
  // A host that answers something else is asked a few times, and then refused.
  const second = await order('localhost')
  const [again] = (await client.post(second.body.authorizations[0], null)).body.challenges
  wanted = () => 'something else'
  await client.post(again.url, {})
  for (let i = 0; i < 6; i += 1) {
    await h.settle()
    h.pass(5000)
  }
  const failed = await client.post(again.url, null)
  assert.equal(failed.body.status, 'invalid')
  assert.match(failed.body.error.type, /incorrectResponse/)
  await client.post('revokeCert', { certificate: Buffer.from(chain[0]?.der ?? []).toString('base64url') })
  await assert.rejects(
    client.post('revokeCert', { certificate: Buffer.from(chain[0]?.der ?? []).toString('base64url') }),
    refusedAs('alreadyRevoked'),
  )
  await h.run(ctx => unbind(ctx, binding.id))
  await assert.rejects(order('localhost'), refusedAs('unauthorized'))
  const types = await h.events()
  for (const type of ['acme.bound', 'certificate.issued', 'certificate.revoked', 'acme.unbound'])
    assert.ok(types.includes(type), type)
})

test('what is over goes, what was issued keeps its order, and accounts that anybody made and nobody used go too', async t => {
  const h = await house(t)
  const maker = mintMaker()
  await h.run(ctx => addRoot(ctx, maker.root.pem))
  for (let n = 0; n < 2; n += 1) {
    const { payload } = await expected(h)
    const own = key()
    const attest = (freshness: Uint8Array) => maker.attest({ key: own, serial: `C0${n}`, freshness })
    await obtainAttested({ payload: { ...payload, subject: [] }, key: own, attest, line: lineOf(h) })
  }
  const idle = await openClient(directoryOf(h), lineOf(h))
  await idle.account({})
  // An inner request whose payload is no JSON is the client's fault, not ours.
  const another = await openClient(directoryOf(h), lineOf(h))
  const inner = JSON.parse(Buffer.from(await another.signed(idle.directory.keyChange ?? '', null)).toString())
  await assert.rejects(idle.post('keyChange', inner), refusedAs('malformed'))
  const count = (table: 'acme_accounts' | 'acme_orders' | 'acme_authorizations') =>
    h.run(
      async ctx =>
        (
          await ctx.tx
            .selectFrom(table as 'events')
            .selectAll()
            .execute()
        ).length,
    )
  assert.deepEqual([await count('acme_accounts'), await count('acme_orders')], [3, 2])
  h.pass(9 * 24 * hour)
  const rounds: boolean[] = []
  for (let n = 0; n < 6; n += 1) rounds.push(await h.run(ctx => forget(ctx, h.now() - 7 * 24 * hour, 1)))
  // More was left for a while, and then nothing: a job goes on for as long as there is.
  assert.equal(rounds[0], true)
  assert.equal(rounds.at(-1), false)
  assert.deepEqual(
    [await count('acme_accounts'), await count('acme_orders'), await count('acme_authorizations')],
    [2, 2, 0],
  )
})
