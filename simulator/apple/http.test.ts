import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import https from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import test, { type TestContext } from 'node:test'
import { type MintedServer, mintPushCertificate, mintServer } from '../outside/apns/certificates.ts'
import { agents, send, Unreachable } from './http.ts'

async function listen(t: TestContext, server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return (server.address() as AddressInfo).port
}

/** A TLS server that answers with the common name of the client's certificate. */
async function secure(t: TestContext): Promise<{ url: string; tls: MintedServer }> {
  const tls = mintServer('127.0.0.1')
  const server = https.createServer(
    { key: tls.key, cert: tls.certificate, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate()
      response.end(String(subject?.CN))
    },
  )
  t.after(() => server.closeAllConnections())
  return { url: `https://127.0.0.1:${await listen(t, server)}/`, tls }
}

test('only a trusted server is spoken to, unless the device is careless', async t => {
  const { url, tls } = await secure(t)
  assert.equal((await send({ url, method: 'GET', trust: [tls.authority] })).status, 200)
  await assert.rejects(send({ url, method: 'GET', trust: [] }), Unreachable)
  await assert.rejects(send({ url, method: 'GET', trust: [mintServer('127.0.0.1').authority] }), Unreachable)
  assert.equal((await send({ url, method: 'GET', trust: [], careless: true })).status, 200)
})

test('the identity is shown in the handshake when asked, and connections of two identities are never mixed', async t => {
  const { url, tls } = await secure(t)
  const shared = agents()
  t.after(() => shared.close())
  const say = async (client?: { certificate: string; key: string }): Promise<string> => {
    const reply = await send({
      url,
      method: 'GET',
      trust: [tls.authority],
      agents: shared,
      ...(client ? { client } : {}),
    })
    return Buffer.from(reply.body).toString()
  }
  const [one, two] = [mintPushCertificate(), mintPushCertificate()]
  const nameOf = ({ topic }: { topic: string }): string => `APSP:${topic.slice(topic.lastIndexOf('.') + 1)}`
  assert.deepEqual(
    [await say(one), await say(two), await say(), await say(one)],
    [nameOf(one), nameOf(two), 'undefined', nameOf(one)],
  )
})

test('a kept-alive socket the server has closed costs nothing; a dead server is unreachable', async t => {
  const sockets: Socket[] = []
  const server = createServer((_request, response) => response.end('ok'))
  server.on('connection', socket => sockets.push(socket))
  const url = `http://127.0.0.1:${await listen(t, server)}/`
  const shared = agents()
  t.after(() => shared.close())
  const get = (): Promise<{ status: number }> => send({ url, method: 'GET', trust: [], agents: shared })
  await get()
  await get()
  assert.equal(sockets.length, 1)
  sockets[0]?.destroy()
  assert.equal((await get()).status, 200)
  server.closeAllConnections()
  server.close()
  await assert.rejects(get(), Unreachable)
})

test('a reply that breaks off or never comes is no reply', async t => {
  const server = createServer((request, response) => {
    if (request.url === '/stall') return
    response.writeHead(200, { 'content-length': '100' })
    response.write('half')
    setTimeout(() => response.destroy(), 10)
  })
  const url = `http://127.0.0.1:${await listen(t, server)}`
  t.after(() => server.closeAllConnections())
  await assert.rejects(send({ url: `${url}/half`, method: 'GET', trust: [] }), /broke off/)
  await assert.rejects(send({ url: `${url}/stall`, method: 'GET', trust: [], timeoutMs: 50 }), /timeout/)
})
