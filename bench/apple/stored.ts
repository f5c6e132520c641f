// What a connect cycle costs while 1,000, 10,000 and 100,000 devices are stored, on both engines. Goal: within 1.2 of the smallest.
//   ./muster bench apple/stored [--sizes 1000,10000,100000] [--engines sqlite,postgres] [--devices 60] [--cycles 5]
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { readConfig } from '../../server/base/config.ts'
import { silentLog } from '../../server/base/log.ts'
import type { Base } from '../../server/base/transact.ts'
import { openBase } from '../../server/main.ts'
import { storedKeys } from '../../simulator/apple/index.ts'
import { startApns } from '../../simulator/outside/apns/apns.ts'
import { startPostgres } from '../../tools/postgres.ts'
import { fillFleet, settleStatistics } from '../devices/fleet.ts'
import { inLanes, settingsOf, startOwn } from '../own.ts'
import { joined, type Measured, measure } from './measure.ts'
import { cyclesOf, cycleTask } from './packets.ts'
import { freshDatabase } from './peers.ts'
import { type OurSide, scratch, startOurs, stopOurs } from './sides.ts'

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    engines: { type: 'string', default: 'sqlite,postgres' },
    devices: { type: 'string', default: '60' },
    cycles: { type: 'string', default: '5' },
  },
})
const devices = Number(values.devices)
const apns = await startApns()
const postgres = values.engines.includes('postgres') ? await startPostgres() : null
try {
  for (const engine of values.engines.split(',')) await measureEngine(engine)
} finally {
  await postgres?.stop()
  await apns.close()
}

async function measureEngine(engine: string): Promise<void> {
  const keys = await storedKeys(join(scratch('muster-bench'), 'keys.pem'), devices)
  const database = engine === 'postgres' && postgres ? await freshDatabase(postgres.url, 'stored') : undefined
  const side = await startOurs(engine, { apns, keys, devices, database })
  if (database !== undefined && postgres) side.pids.push(postgres.pid)
  try {
    const first: number[] = [] // the cost at the smallest size
    for (const [index, size] of values.sizes.split(',').map(Number).entries()) {
      await side.own.stop()
      const tookMs = await fill(side, size, index)
      side.own = await startOwn(side.options, side.key)
      side.pids[0] = side.own.child.pid ?? 0
      await burst(side) // warms up
      const bursts: Measured[] = []
      for (let cycle = 0; cycle < Number(values.cycles); cycle += 1) bursts.push(await burst(side))
      const whole = joined(bursts)
      first.push(whole.cpuMsEach)
      const ratio = whole.cpuMsEach / (first[0] ?? 1)
      console.log(
        `${engine.padEnd(9)} ${String(size).padStart(7)} devices (filled in ${(tookMs / 1000).toFixed(0)} s): ${whole.cpuMsEach.toFixed(2)} CPU-ms per cycle, ${ratio.toFixed(2)} x; p50 ${whole.p50.toFixed(1)} ms, p95 ${whole.p95.toFixed(1)} ms`,
      )
    }
  } finally {
    await stopOurs(side)
  }
}

async function burst(side: OurSide): Promise<Measured> {
  const ids = await inLanes(side.devices, 16, (_, index) => side.enqueue(index, null))
  const tasks = cyclesOf(side.devices, ids).map(one => cycleTask(side.place, one))
  return measure({ port: side.place.port, connections: 32, tasks }, side.pids)
}

/** Rows of devices that were enrolled long ago: devices, certificates, pins, addresses, facts and answered commands. The log is left as it is. */
async function fill(side: OurSide, size: number, seed: number): Promise<number> {
  const began = performance.now()
  const environment = settingsOf(side.options, side.place.port)
  const base = await openBase(readConfig(environment), { log: silentLog })
  try {
    const [unit] = await rows(base, 'SELECT org, id, path FROM units')
    const [known] = await rows(base, 'SELECT COUNT(*) AS n FROM devices')
    const org = String(unit?.org) as Parameters<typeof fillFleet>[1]
    const missing = size - Number(known?.n)
    if (missing > 0) {
      await fillFleet(base, org, [{ id: String(unit?.id), path: String(unit?.path) }], missing)
      // A million rows take longer than a request may.
      const patient = base.engine.kind === 'postgres' ? ['SET LOCAL statement_timeout = 0'] : []
      for (const statement of history(seed)) await base.engine.script([...patient, statement])
    }
    await settleStatistics(base)
    return performance.now() - began
  } finally {
    await base.engine.close()
  }
}

async function rows(base: Base, text: string): Promise<Record<string, unknown>[]> {
  const result = await base.engine.read(tx => sql<Record<string, unknown>>`${sql.raw(text)}`.execute(tx))
  return result.rows
}

function numbers(n: number): string {
  return `(${Array.from({ length: n }, (_, i) => `SELECT ${i} AS n`).join(' UNION ALL ')}) v`
}

function history(seed: number): string[] {
  const bare = 'NOT EXISTS (SELECT 1 FROM enrollments e WHERE e.org = d.org AND e.device = d.id)'
  const filled = `enr.started_at = ${seed}`
  const joinedTo = 'FROM enrollments enr JOIN devices d ON d.org = enr.org AND d.id = enr.device'
  return [
    `INSERT INTO enrollments (org, id, device, platform, identity_key, kind, state, access_rights, started_at, activated_at)
       SELECT org, 'enr_' || substr(id, 5), id, 'apple', udid || id, 'device', 'active', 8191, ${seed}, created_at FROM devices d WHERE ${bare}`,
    `INSERT INTO certificates (org, id, fingerprint, purpose, subject, issuer_name, serial, not_before, not_after, key_hash, owner_kind,
         owner_id, unit_path, state, created_at)
       SELECT d.org, 'crt_' || substr(d.id, 5), 'f' || substr(d.id, 25) || d.id, 'device', 'CN=Apple device', 'CN=Bench', d.id, d.created_at,
         d.created_at + 31536000000, 'k' || substr(d.id, 25) || d.id, 'enrollment', enr.id, d.unit_path, 'active', d.created_at ${joinedTo} WHERE ${filled}`,
    `INSERT INTO pins (fingerprint, org, enrollment, certificate, state, since)
       SELECT 'f' || substr(d.id, 25) || d.id, d.org, enr.id, 'crt_' || substr(d.id, 5), 'active', d.created_at ${joinedTo} WHERE ${filled}`,
    `INSERT INTO wakes (org, enrollment, account, device, unit_path, channel, topic, token, magic, state, updated_at, pushes, failures, contact_at)
       SELECT d.org, enr.id, '', d.id, d.unit_path, 'apns', 'com.apple.mgmt.bench', w.token, w.magic, 'ready', d.created_at, 0, 0, d.last_seen_at
       ${joinedTo} CROSS JOIN (SELECT token, magic FROM wakes LIMIT 1) w WHERE ${filled}`,
    `INSERT INTO apple_enrollments (org, enrollment, topic, url, access_rights, awaiting_configuration, renew_at, renewal_tries)
       SELECT d.org, enr.id, 'com.apple.mgmt.bench', 'https://bench', 8191, 0, d.created_at + 20000000000, 0 ${joinedTo} WHERE ${filled}`,
    `INSERT INTO facts (org, device, fact, value, source, at, changed_at)
       SELECT d.org, d.id, 'other.fact-' || v.n, '"a value of usual length"', 'DeviceInformation', d.created_at, d.created_at
       ${joinedTo} CROSS JOIN ${numbers(10)} WHERE ${filled}`,
    `INSERT INTO commands (org, id, enrollment, account, device, unit_path, seq, priority, kind, args, quiet, wipes, state, deferrals,
         offers, created_at, sent_at, answered_at, ended_at, by_kind, result, result_cut)
       SELECT d.org, d.id || '_' || v.n, enr.id, '', d.id, d.unit_path, v.n + 1, 1, 'profiles.query', '{}', 0, 0, 'done', 0,
         1, d.created_at, d.created_at, d.created_at, d.created_at, 'system', '{"ProfileList":[]}', 0
       ${joinedTo} CROSS JOIN ${numbers(6)} WHERE ${filled}`,
  ]
}
