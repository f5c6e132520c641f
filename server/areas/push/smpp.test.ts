import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import type { Server } from 'node:net'
import { test } from 'node:test'
import { type Receipt, type ShortMessage, statuses, toPort } from '@muster/wire/smpp/pdu.ts'
import { openSmpp, Unbound } from './smpp-session.ts'

/** As far as it is used here of the foreign library, which has no types. */
interface ForeignPdu {
  command: string
  system_id?: string
  password?: string
  source_addr?: string
  source_addr_ton?: number
  destination_addr?: string
  esm_class?: number
  data_coding?: number
  registered_delivery?: number
  short_message?: { message: string | Buffer; udh?: Buffer[] | Buffer }
  response(with_?: object): object
}
interface ForeignSession {
  on(event: string, heard: (pdu: ForeignPdu) => void): void
  send(pdu: object): void
  deliver_sm(pdu: object): void
  close(): void
}
const smpp = createRequire(import.meta.url)('smpp') as {
  createServer(opened: (session: ForeignSession) => void): Server
}

test('a foreign center understands how we bind, text, send bytes to a port and ask, and we understand its receipts', async t => {
  const heard: ForeignPdu[] = []
  const server = smpp.createServer(session => {
    session.on('bind_transceiver', pdu => {
      const good = pdu.system_id === 'muster' && pdu.password === 'secret08'
      session.send(pdu.response({ system_id: 'center', command_status: good ? 0 : 0x0e }))
    })
    session.on('submit_sm', pdu => {
      heard.push(pdu)
      const throttled = pdu.destination_addr === '46709999999'
      session.send(pdu.response(throttled ? { command_status: 0x58 } : { message_id: `id-${heard.length}` }))
      if (!throttled)
        session.deliver_sm({
          esm_class: 4,
          source_addr: pdu.destination_addr,
          destination_addr: pdu.source_addr,
          short_message: `id:id-${heard.length} sub:001 dlvrd:000 submit date:2611270900 done date:2611270901 stat:UNDELIV err:001 text:`,
        })
    })
    session.on('enquire_link', pdu => session.send(pdu.response()))
    session.on('unbind', pdu => {
      heard.push(pdu)
      session.send(pdu.response())
      session.close()
    })
    session.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const center = {
    host: '127.0.0.1',
    port,
    tls: false,
    ca: null,
    timeoutMs: 30_000,
    systemId: 'muster',
    systemType: '',
  }
  const receipts: Receipt[] = []
  await assert.rejects(
    openSmpp({ ...center, password: 'wrong' }, () => undefined),
    (error: unknown) => error instanceof Unbound && error.status === statuses.invalidPassword,
  )
  const session = await openSmpp({ ...center, password: 'secret08' }, r => receipts.push(r))
  const to = { ton: 1, npi: 1, address: '46701234567' }
  const message: ShortMessage = {
    source: { ton: 5, npi: 0, address: 'Havsten' },
    destination: to,
    esmClass: 0,
    registered: 1,
    dataCoding: 3,
    message: Buffer.from('tok_chars-1 W1:n0nce'),
  }
  assert.deepEqual(await session.submit(message), { status: 0, id: 'id-1' })
  const bytes = toPort(16_000, 16_000, Buffer.from('W1:n0nce'))
  await session.submit({ ...message, esmClass: 0x40, dataCoding: 4, message: bytes })
  const limited = await session.submit({ ...message, destination: { ...to, address: '46709999999' } })
  assert.deepEqual(limited, { status: statuses.throttled, id: '' })
  const [text, data] = heard
  assert.partialDeepStrictEqual(text, {
    source_addr: 'Havsten',
    source_addr_ton: 5,
    destination_addr: '46701234567',
    registered_delivery: 1,
  })
  assert.equal(String(text?.short_message?.message), 'tok_chars-1 W1:n0nce')
  assert.equal(String(data?.short_message?.message), 'W1:n0nce')
  const [udh] = [data?.short_message?.udh].flat()
  assert.equal(
    Buffer.from(udh ?? [])
      .toString('hex')
      .slice(-12),
    '05043e803e80',
  )
  assert.deepEqual(
    receipts.map(r => [r.id, r.state]),
    [
      ['id-1', 'UNDELIV'],
      ['id-2', 'UNDELIV'],
    ],
  )
  session.close()
  assert.equal(session.alive(), false)
  await assert.rejects(session.submit(message), /cut/)
})
