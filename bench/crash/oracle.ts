import { fingerprint } from '@muster/wire/x509/certificate.ts'
import { type AppleDevice, promised } from '../../simulator/apple/index.ts'
import type { Look, Row } from './look.ts'

/** What the outside was promised: by the devices' own ledgers, and by the answers of the API. */
export interface Promises {
  devices: readonly AppleDevice[]
  /** Ids of commands whose POST was answered with 2xx. */
  commands: ReadonlySet<string>
  /** Fingerprints of certificates that devices hold. */
  certificates: ReadonlySet<string>
}

/** The certificate a device shows now. */
export function certificateOf(device: AppleDevice): string[] {
  return device.enrollment ? [fingerprint(device.enrollment.identity.certificate)] : []
}

const wireId = (id: string): string => id.slice(4).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
const by = (rows: readonly Row[], key: string): Map<string, Row> => new Map(rows.map(row => [String(row[key]), row]))

/** Every promise that the database does not keep: acknowledged writes that are lost. */
export async function broken(look: Look, promises: Promises): Promise<string[]> {
  // What was promised is written down before the database is read, because devices may go on meanwhile.
  const said = promises.devices.map(({ hardware, ledger }) => ({ udid: hardware.udid, sent: promised(ledger) }))
  const [commands, certificates] = [[...promises.commands], [...promises.certificates]]
  const stored = await look.rows('SELECT id, ended_at FROM commands')
  const byWire = new Map(stored.map(row => [wireId(String(row.id)), row]))
  const ids = new Set(stored.map(row => String(row.id)))
  const enrollments = await look.rows('SELECT id, identity_key, activated_at FROM enrollments ORDER BY id')
  const wakes = by(await look.rows('SELECT enrollment FROM wakes'), 'enrollment')
  const known = by(await look.rows(`SELECT fingerprint FROM certificates WHERE purpose = 'device'`), 'fingerprint')
  const [arrivals] = await look.rows('SELECT COUNT(*) AS n FROM arrivals')
  const faults: string[] = []
  for (const id of commands) if (!ids.has(id)) faults.push(`lost: the API answered that ${id} is queued`)
  for (const print of certificates)
    if (!known.has(print)) faults.push(`lost: an issued certificate (${print.slice(0, 12)})`)
  let profiles = 0
  for (const { udid, sent } of said) {
    const own = enrollments.filter(row => row.identity_key === udid)
    for (const { message, commandUuid } of sent) {
      if (message === 'profile') profiles += 1
      if (message === 'Authenticate' && own.length === 0) faults.push(`lost: Authenticate of ${udid}`)
      if (message === 'TokenUpdate' && !own.some(row => row.activated_at !== null && wakes.has(String(row.id))))
        faults.push(`lost: TokenUpdate of ${udid}`)
      if (commandUuid !== undefined && message !== 'NotNow' && byWire.get(commandUuid)?.ended_at == null)
        faults.push(`lost: the answer ${message} to ${commandUuid}`)
    }
  }
  if (Number(arrivals?.n) < profiles)
    faults.push(`lost: ${profiles} profiles were handed out, ${String(arrivals?.n)} are known`)
  return [...new Set(faults)]
}

/** What must hold at every instant, whatever was acknowledged: nothing half done may be visible. */
const invariants: readonly [what: string, sql: string][] = [
  [
    'two live enrollments of one device',
    `SELECT identity_key AS x FROM enrollments WHERE state <> 'ended' GROUP BY org, identity_key HAVING COUNT(*) > 1`,
  ],
  [
    'a device that is listed twice',
    `SELECT udid AS x FROM devices WHERE udid <> '' GROUP BY org, udid HAVING COUNT(*) > 1`,
  ],
  [
    'an active enrollment without certificate, address or terms',
    `SELECT e.id AS x FROM enrollments e WHERE e.state = 'active' AND (
       NOT EXISTS (SELECT 1 FROM pins p JOIN certificates c ON c.org = p.org AND c.id = p.certificate
         WHERE p.org = e.org AND p.enrollment = e.id AND p.state = 'active' AND c.state = 'active')
       OR NOT EXISTS (SELECT 1 FROM wakes w WHERE w.org = e.org AND w.enrollment = e.id AND w.account = '')
       OR NOT EXISTS (SELECT 1 FROM apple_enrollments a WHERE a.org = e.org AND a.enrollment = e.id))`,
  ],
  [
    'an enrollment without its device',
    `SELECT e.id AS x FROM enrollments e WHERE NOT EXISTS (SELECT 1 FROM devices d WHERE d.org = e.org AND d.id = e.device)`,
  ],
  [
    'a device shown as active that nothing manages',
    `SELECT d.id AS x FROM devices d WHERE d.state = 'active'
       AND NOT EXISTS (SELECT 1 FROM enrollments e WHERE e.org = d.org AND e.device = d.id AND e.state = 'active')`,
  ],
  [
    'a device that shows another number of waiting commands than wait',
    `SELECT d.id AS x FROM devices d WHERE d.waiting <>
       (SELECT COUNT(*) FROM commands c WHERE c.org = d.org AND c.device = d.id AND c.ended_at IS NULL AND c.quiet = 0)`,
  ],
  [
    'one key with two certificates',
    `SELECT key_hash AS x FROM certificates WHERE purpose = 'device' GROUP BY org, key_hash HAVING COUNT(*) > 1`,
  ],
  [
    'one challenge used for two certificates',
    `SELECT owner_id AS x FROM certificates WHERE purpose = 'device' AND owner_kind = 'invitation'
       GROUP BY org, owner_id HAVING COUNT(*) > 1`,
  ],
]

/** Every invariant that does not hold. */
export async function inconsistent(look: Look): Promise<string[]> {
  const faults: string[] = []
  for (const [what, sql] of invariants) for (const { x } of await look.rows(sql)) faults.push(`${what}: ${String(x)}`)
  const told = new Map<string, number>()
  const events = await look.rows(
    `SELECT type, data FROM events WHERE type IN ('command.queued', 'command.done', 'command.failed')`,
  )
  for (const { type, data } of events) {
    const { command } = JSON.parse(String(data)) as { command: string }
    const key = `${type === 'command.queued' ? 'queued' : 'ended'} ${command}`
    told.set(key, (told.get(key) ?? 0) + 1)
  }
  for (const [key, times] of told) if (times > 1) faults.push(`doubled: ${key} ${times} times`)
  return faults
}
