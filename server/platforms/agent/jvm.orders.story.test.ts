import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import * as certificates from '../../areas/certificates/index.ts'
import * as commands from '../../areas/commands/index.ts'
import * as push from '../../areas/push/index.ts'
import { type GivenHeadless, givenHeadless } from '../../testing/given-headless.ts'
import { hasJava } from '../../testing/headless.ts'
import type { House } from '../../testing/house.ts'
import { freePort, listening } from '../../testing/listening.ts'

const skip = hasJava ? false : 'a JDK is not installed'

type Listening = House & { url: string }

/** A house with a line that agents keep open, over TLS with the server's own certificate. */
async function withLine(t: TestContext, scheme: 'mqtts' | 'wss') {
  const at = `${scheme}://127.0.0.1:${await freePort()}`
  const h = await listening(t, { MUSTER_MQTT_LISTEN: at })
  const tls = await certificates.serverTls(h.base)
  const open = () => push.startBroker(h.base, h.base.config.mqtt?.listen ?? [], { cert: tls.cert, key: tls.key })
  let broker = await open()
  t.after(() => broker.close())
  return {
    h,
    connected: () => broker.connected(),
    close: () => broker.close(),
    open: async () => {
      broker = await open()
    },
  }
}

async function until(what: string, is: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await is()) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  assert.fail(`${what} did not come`)
}

const lock = (h: Listening, { id }: GivenHeadless) =>
  h.run(ctx => commands.send(ctx, { device: id, kind: 'lock', args: {} }))

const locks = async ({ device }: GivenHeadless): Promise<number> =>
  (await device.show()).os.effects.filter(e => e.verb === 'lock').length

test('an order reaches a device in Java by the line it keeps open, by waiting when the broker is gone, and by the line again when it is back', {
  skip,
}, async t => {
  const line = await withLine(t, 'mqtts')
  const { h } = line
  const given = await givenHeadless(t, h, { serial: 'LINE1', options: [] })
  await until('the line', () => line.connected() === 1)
  await lock(h, given)
  await until('the order', async () => (await locks(given)) === 1)
  assert.deepEqual((await given.device.show()).woken, ['mqtt'])
  await line.close()
  await until('the wait', () => push.waitingNow(h.base.secrets) === 1)
  await lock(h, given)
  await until('the order', async () => (await locks(given)) === 2)
  assert.deepEqual((await given.device.show()).woken, ['mqtt', 'wait'])
  await line.open()
  await until('the line', () => line.connected() === 1)
  await lock(h, given)
  await until('the order', async () => (await locks(given)) === 3)
  assert.deepEqual((await given.device.show()).woken, ['mqtt', 'wait', 'mqtt'])
})

test('where only ports of the web are open the line goes through a WebSocket', { skip }, async t => {
  const line = await withLine(t, 'wss')
  const given = await givenHeadless(t, line.h, { serial: 'LINE2', options: [] })
  await until('the line', () => line.connected() === 1)
  await lock(line.h, given)
  await until('the order', async () => (await locks(given)) === 1)
  assert.deepEqual((await given.device.show()).woken, ['mqtt'])
})
