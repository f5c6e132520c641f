// What a power cut would leave: only what was synced. kill -9 alone cannot show it, because the kernel keeps what a dead process wrote.
//   node bench/crash/powerloss.ts     SQLite with synchronous=FULL must survive; OFF is the negative control and must be caught
// strace records every write and sync of the database files; then the files are built again from synced writes alone.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, device, enroll, putAway, storedKeys } from '../../simulator/apple/index.ts'
import { startApns } from '../../simulator/outside/apns/apns.ts'
import { mintPushCertificate } from '../../simulator/outside/apns/certificates.ts'
import { invite, scratch } from '../apple/sides.ts'
import { setUpOwn, startOwn } from '../own.ts'
import { lookInto } from './look.ts'
import { broken, certificateOf } from './oracle.ts'
import { freePort } from '../../tools/ports.ts'
import { until } from '../../tools/until.ts'

const files = ['muster.db', 'muster.db-wal']

/** Enrolls devices while every write is recorded, cuts the power, and answers which promises the synced bytes do not keep. */
export async function cutPower(synchronous: 'FULL' | 'OFF', phones: number): Promise<string[]> {
  const data = mkdtempSync(join(tmpdir(), 'muster-power-'))
  const apns = await startApns()
  const port = await freePort()
  writeFileSync(join(data, 'apns.pem'), apns.ca)
  const env = {
    MUSTER_APNS_URL: apns.url,
    MUSTER_APNS_CA: join(data, 'apns.pem'),
    MUSTER_SQLITE_SYNCHRONOUS: synchronous,
  }
  const options = { data, port, env }
  try {
    const key = setUpOwn(options, port)
    const own = await startOwn(options, key)
    const { certificate, key: pushKey } = mintPushCertificate()
    await own.call('PUT', '/push/apple', { certificate, key: pushKey, account: 'push@example.org', replace: true })
    const profileUrl = await invite(own)
    await until('the log is sealed, and nothing moves', async () => {
      return (await own.call('GET', '/events/integrity')).unsealed === 0
    })
    const record = join(data, 'strace')
    const calls = 'pwrite64,fdatasync,fsync'
    const tracer = spawn(
      '/usr/bin/strace',
      ['-f', '-y', '-xx', '-s', '70000', '-e', `trace=${calls}`, '-o', record, '-p', String(own.child.pid)],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
    await once(tracer.stderr, 'data')
    tracer.stderr.resume()
    // What is on the disk before the first recorded write counts as synced.
    for (const file of files) copyFileSync(join(data, file), join(data, `${file}.synced`))
    const keys = await storedKeys(join(scratch('muster-bench'), 'keys.pem'), phones)
    const devices = Array.from({ length: phones }, (_, seed) => device({ model: 'iPhone 17', seed: seed + 900, keys }))
    for (const one of devices) {
      await enroll(one, { profileUrl })
      await connect(one)
    }
    const certificates = new Set(devices.flatMap(certificateOf))
    own.child.kill('SIGKILL')
    await once(tracer, 'exit')
    rebuild(data, readFileSync(record, 'latin1'))
    const look = await lookInto(data, undefined)
    const lost = await broken(look, { devices, commands: new Set(), certificates })
    await look.close()
    for (const one of devices) putAway(one)
    if (lost.length > 0) return lost
    // What survived must also start and carry on.
    const again = await startOwn(options, key)
    await again.call('GET', '/devices')
    await again.stop()
    return []
  } finally {
    await apns.close()
    rmSync(data, { recursive: true, force: true })
  }
}

/** Puts only synced writes into the files. */
function rebuild(data: string, record: string): void {
  const pending = new Map<string, { at: number; bytes: Buffer | null }[]>()
  const kept = new Map(files.map(file => [file, openSync(join(data, `${file}.synced`), 'r+')]))
  for (const line of joinedLines(record)) {
    const found = /(pwrite64|fdatasync|fsync)\([0-9a-fx]+<([^>]*)>(?:, "([^"]*)"\.*, \d+, (\d+))?\)\s+= \d+/.exec(line)
    const path = unescaped(found?.[2] ?? '').toString()
    const file = files.find(name => path.endsWith(`/${name}`))
    if (!found || file === undefined) continue
    const [, call, , text = '', at = '0'] = found
    const list = pending.get(file) ?? []
    pending.set(file, list)
    if (call === 'pwrite64') list.push({ at: Number(at), bytes: unescaped(text) })
    else {
      const to = kept.get(file)
      for (const { at: offset, bytes } of list.splice(0))
        if (to !== undefined && bytes) writeSync(to, bytes, 0, bytes.length, offset)
    }
  }
  for (const to of kept.values()) closeSync(to)
  for (const file of files) copyFileSync(join(data, `${file}.synced`), join(data, file))
  const shared = join(data, 'muster.db-shm')
  if (existsSync(shared)) rmSync(shared)
}

/** Lines of strace with interrupted calls put together again. */
function joinedLines(record: string): string[] {
  const open = new Map<string, string>()
  const whole: string[] = []
  for (const line of record.split('\n')) {
    const pid = line.slice(0, line.indexOf(' '))
    const cut = line.indexOf(' <unfinished ...>')
    const resumed = /<\.\.\. \w+ resumed>/.exec(line)
    if (cut > 0) open.set(pid, line.slice(0, cut))
    else if (resumed) whole.push((open.get(pid) ?? '') + line.slice(resumed.index + resumed[0].length))
    else whole.push(line)
  }
  return whole
}

function unescaped(text: string): Buffer {
  return text.includes('\\x') ? Buffer.from(text.replaceAll('\\x', ''), 'hex') : Buffer.from(text, 'latin1')
}

if (import.meta.main) {
  const full = await cutPower('FULL', 6)
  console.log(
    full.length === 0
      ? 'synchronous=FULL: nothing that was answered is lost'
      : `synchronous=FULL: LOST ${full.length}: ${full[0]}`,
  )
  const off = await cutPower('OFF', 6)
  console.log(
    off.length > 0
      ? `synchronous=OFF (negative control): caught, ${off.length} losses: ${off[0]}`
      : 'synchronous=OFF (negative control): NOT CAUGHT',
  )
  process.exitCode = full.length === 0 && off.length > 0 ? 0 : 1
}
