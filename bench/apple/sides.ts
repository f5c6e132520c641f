import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from '@muster/wire/plist/plist.ts'
import { connect, device, enroll, goOffline, type KeySource, putAway, settled } from '../../simulator/apple/index.ts'
import { agents } from '../../simulator/apple/http.ts'
import type { Apns } from '../../simulator/outside/apns/apns.ts'
import { mintPushCertificate } from '../../simulator/outside/apns/certificates.ts'
import { inLanes, type Own, type OwnOptions, setUpOwn, startOwn } from '../own.ts'
import type { Measured } from './measure.ts'
import { authenticateOf, http, type Place, tokenUpdateOf, type Virtual } from './packets.ts'
import { nanomdmKey, type Running } from './peers.ts'
import { freePort } from '../../tools/ports.ts'

/** One server under test with the devices it knows. */
export interface Side {
  name: string
  place: Place
  pids: number[]
  results: { connect: Measured[]; enroll: Measured[] }
  /** Queues a ProfileList for the device of this number under this id on the wire, or one of the server's choosing; answers the id. */
  enqueue(index: number, uuid: string | null): Promise<string>
}

/** A server of ours with its enrolled devices. */
export interface OurSide extends Side {
  own: Own
  options: OwnOptions
  key: string
  topic: string
  devices: Virtual[]
  profileUrl: string
}

/** Starts a server of ours, enrolls devices with it through the real protocol, and lets them answer what they are first asked. */
export async function startOurs(
  name: string,
  options: Omit<OwnOptions, 'data'> & { apns: Apns; keys: KeySource; devices: number },
): Promise<OurSide> {
  const data = mkdtempSync(join(tmpdir(), 'muster-bench-'))
  writeFileSync(join(data, 'apns.pem'), options.apns.ca)
  const env = { MUSTER_APNS_URL: options.apns.url, MUSTER_APNS_CA: join(data, 'apns.pem'), ...options.env }
  const port = await freePort()
  const whole = { ...options, data, env, port }
  const key = setUpOwn(whole, port)
  const own = await startOwn(whole, key)
  const push = mintPushCertificate()
  await own.call('PUT', '/push/apple', {
    certificate: push.certificate,
    key: push.key,
    account: 'apple-push@example.org',
    replace: true,
  })
  const profileUrl = await invite(own)
  const shared = agents(16)
  const devices = await inLanes(Array.from({ length: options.devices }), 8, async (_, index) => {
    const phone = device({
      model: 'iPhone 17',
      seed: index + 1,
      keys: options.keys,
      apns: options.apns,
      agents: shared,
    })
    const enrollment = await enroll(phone, { profileUrl })
    await connect(phone)
    await settled(phone)
    const virtual = { udid: phone.hardware.udid, identity: enrollment.identity }
    goOffline(phone)
    return { virtual, put: () => putAway(phone) }
  })
  const ids = await deviceIds(own)
  shared.close()
  return {
    name,
    options: whole,
    key,
    own,
    topic: push.topic,
    profileUrl,
    place: { port, path: '/mdm/apple' },
    pids: [own.child.pid ?? 0],
    devices: devices.map(one => one.virtual),
    results: { connect: [], enroll: [] },
    enqueue: async index => {
      const id = ids.get(devices[index]?.virtual.udid ?? '')
      const sent = await own.call('POST', `/devices/${id}/commands`, { kind: 'profiles.query', args: {} })
      return wireId(String(sent.id))
    },
  }
}

/** Ends the server and removes its data. */
export async function stopOurs(side: OurSide): Promise<void> {
  await side.own.stop()
  rmSync(side.options.data, { recursive: true, force: true })
}

/** An invitation that any number of devices may use; answers the address of its profile. */
export async function invite(own: Own): Promise<string> {
  const units = (await own.call('GET', '/units')).items as { id: string }[]
  const wish = { platform: 'apple', unit: units[0]?.id, ownership: 'company', uses: null, expiresInHours: 24 }
  return String((await own.call('POST', '/invitations', wish)).profileUrl)
}

/** The id of a command of ours as it is on the wire. */
export function wireId(id: string): string {
  return id.slice(4).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

async function deviceIds(own: Own): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await own.call(
      'GET',
      `/devices?limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    for (const { udid, id } of page.items as { udid: string; id: string }[]) ids.set(udid, id)
    cursor = page.next as string | null
  }
  return ids
}

/** Lets the devices of ours introduce themselves to NanoMDM as well. */
export async function joinNanomdm(running: Running, devices: readonly Virtual[], topic: string): Promise<Side> {
  const place = { port: running.port, path: '/mdm' }
  await inLanes(devices, 8, async (virtual, index) => {
    for (const said of [
      authenticateOf(virtual, topic, `BENCH${String(index).padStart(5, '0')}`),
      tokenUpdateOf(virtual, topic, randomBytes(32)),
    ])
      await send(running.port, 'PUT', '/mdm', said.body, {
        'content-type': 'application/x-apple-aspen-mdm-checkin',
        'mdm-signature': said.signature,
      })
  })
  return {
    name: 'NanoMDM + PostgreSQL',
    place,
    pids: [running.child.pid ?? 0],
    results: { connect: [], enroll: [] },
    enqueue: async (index, uuid) => {
      const command = encode({ CommandUUID: uuid ?? '', Command: { RequestType: 'ProfileList' } })
      const path = `/v1/enqueue/${devices[index]?.udid}?nopush=1`
      const authorization = `Basic ${Buffer.from(`nanomdm:${nanomdmKey}`).toString('base64')}`
      await send(running.port, 'PUT', path, command, { authorization })
      return uuid ?? ''
    },
  }
}

function send(
  port: number,
  method: string,
  path: string,
  body: Uint8Array,
  headers: Record<string, string>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const to = {
      host: '127.0.0.1',
      port,
      method,
      path,
      timeout: 20_000,
      headers: { ...headers, 'content-length': body.length },
    }
    const sent = request(to, answer => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve()
        else
          reject(new Error(`${method} ${path}: ${answer.statusCode} ${Buffer.concat(parts).toString().slice(0, 300)}`))
      })
    })
    sent.once('timeout', () => sent.destroy(new Error('timeout')))
    sent.once('error', reject)
    sent.end(body)
  })
}

/** A GET as the load generator sends it. */
export function get(port: number, path: string): Uint8Array {
  return http(`GET ${path}`, port, [], null)
}

/** A folder that may be emptied afterwards. */
export function scratch(name: string): string {
  const folder = join(tmpdir(), name)
  mkdirSync(folder, { recursive: true })
  return folder
}
