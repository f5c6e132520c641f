// Resident memory of the server: at rest after the start, and a while later. Goal: below 150 MB at rest.
//   ./muster bench apple/memory [--seconds 10] [--flags=--max-semi-space-size=8]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { setUpOwn, startOwn } from '../own.ts'
import { memoryOf } from './measure.ts'
import { freePort } from '../../tools/ports.ts'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, flags: { type: 'string', default: '' } },
})
const data = mkdtempSync(join(tmpdir(), 'muster-memory-'))
try {
  const port = await freePort()
  const options = { data, port, flags: values.flags.split(' ').filter(Boolean) }
  const key = setUpOwn(options, port)
  // The first start of a version compiles it and is larger; the launcher does that before it starts.
  await (await startOwn(options, key)).stop()
  const own = await startOwn(options, key)
  const pid = own.child.pid ?? 0
  const say = (when: string): void => {
    const { rss, peak } = memoryOf(pid)
    console.log(
      `${when.padEnd(24)} ${rss.toFixed(0).padStart(4)} MB resident, ${peak.toFixed(0).padStart(4)} MB at most`,
    )
  }
  say('just started')
  await sleep(Number(values.seconds) * 1000)
  say(`after ${values.seconds} s`)
  await own.call('GET', '/units')
  await own.call('GET', '/devices')
  say('after a few requests')
  await own.stop()
} finally {
  rmSync(data, { recursive: true, force: true })
}
