// What idle agents cost, and how fast one that is woken has obeyed. Loopback only, plain sockets as behind a proxy; every process is ours and ends with us.
//   ./muster bench agents                              10,000 agents connected, 1,000 of them locked; SQLite
//   ./muster bench agents 300 100 --seconds 10         small
//   ./muster bench agents 4200 50 --single 1000 --line-only   1,000 of them locked one by one and 50 at once, over MQTT alone
//   ./muster bench agents 1000 500 --postgres          on PostgreSQL (durable), started for it
//   ./muster bench agents 1000 500 --prof FOLDER       with a profile of the server's locks
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Way } from '../../simulator/agent/crowd.ts'
import { startPostgres } from '../../tools/postgres.ts'
import { type Own, settingsOf, setUpOwn, startOwn } from '../own.ts'
import { measureContacts } from './contacts.ts'
import { measureIdle } from './idle.ts'
import { loosen, mostLocks } from './limits.ts'
import { measureLocks } from './locks.ts'
import { startMosquitto } from './mosquitto.ts'
import { startRemote } from './remote.ts'
import { table } from './table.ts'
import { freePort } from '../../tools/ports.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    single: { type: 'string' },
    'line-only': { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
    prof: { type: 'string' },
  },
})
const connected = Number(positionals[0] ?? 10_000)
const locked = Math.min(Number(positionals[1] ?? 1000), connected)
const ways: readonly Way[] = values['line-only'] ? ['mqtt'] : ['mqtt', 'wait']
// All at once by each way, and one by one as many as the guard then still lets through.
const left = Math.floor(mostLocks(connected) / ways.length) - locked
const single = Math.min(Number(values.single ?? locked), left)
if (single < 1)
  throw new Error(`the guard lets ${mostLocks(connected)} of ${connected} be locked in 15 minutes: lock fewer`)
const idleMs = Number(values.seconds) * 1000

const began = performance.now()
const data = mkdtempSync(join(tmpdir(), 'muster-agents-'))
const closing: (() => Promise<unknown> | unknown)[] = [() => rmSync(data, { recursive: true, force: true })]
const [port, line] = [await freePort(), await freePort()]
const say = (text: string): void =>
  console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}`)

try {
  const postgres = values.postgres ? await startPostgres() : null
  if (postgres) closing.push(() => postgres.stop())
  const options = {
    data: join(data, 'own'),
    port,
    database: postgres?.url,
    env: { MUSTER_MQTT_LISTEN: `mqtt://127.0.0.1:${line}` },
    flags: values.prof === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.prof}`],
  }
  const key = setUpOwn({ ...options, data: join(data, 'own') }, port)
  // The first start of a version compiles it.
  await (await startOwn({ ...options, flags: [] }, key)).stop()
  let own: Own = await startOwn({ ...options, flags: [] }, key)
  closing.push(() => own.stop())
  const pids = (): number[] => [own.child.pid ?? 0, ...(postgres ? [postgres.pid] : [])]
  const crowd = startRemote('crowd.ts')
  closing.push(() => crowd.stop())
  await crowd.ask('start', own.url, 32)

  const [unit] = (await own.call('GET', '/units')).items as { id: string }[]
  const wish = { platform: 'agent', unit: unit?.id, ownership: 'company', uses: null, expiresInHours: 24 }
  const token = String((await own.call('POST', '/invitations', wish)).url)
    .split('/')
    .at(-1)
  const from = performance.now()
  await crowd.ask('enroll', token, connected)
  const perSecond = (connected * 1000) / (performance.now() - from)
  say(`${connected} agents enrolled over the wire, ${perSecond.toFixed(0)} a second`)

  // A server that did not enroll them, so that its memory is of what it does now.
  await own.stop()
  await loosen(settingsOf(options, port))
  own = await startOwn(options, key)
  const mosquitto = await startMosquitto(data)
  if (mosquitto) closing.push(() => mosquitto.stop())
  else say('there is no mosquitto here (apt-get install mosquitto): the table lacks it')
  const idle = await measureIdle({ own, pids, crowd, mosquitto, connected, idleMs, say, closing })
  const locks = await measureLocks({ own, crowd, locked, single, ways, say })
  await own.stop()
  own = await startOwn({ ...options, flags: [] }, key)
  const contacts = await measureContacts({ pids, crowd, ms: Math.min(idleMs, 15_000), say, closing })
  console.log(`\n${table({ connected, idle, locks, contacts, engine: postgres ? 'PostgreSQL' : 'SQLite' })}`)
  if (locks.some(l => l.lost > 0 || l.doubled > 0)) process.exitCode = 1
  await sleep(50)
} finally {
  for (const close of closing.reverse()) await close()
}
