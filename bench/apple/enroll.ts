import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { readResponse, writeRequest } from '@muster/wire/scep/message.ts'
import { type Certificate, issueCertificate, parseCertificate, spkiOf } from '@muster/wire/x509/certificate.ts'
import { buildRequest } from '@muster/wire/x509/request.ts'
import { readEnrollmentProfile, readProfile } from '../../simulator/apple/profile.ts'
import { inLanes } from '../own.ts'
import type { Task } from './load.ts'
import { joined, type Measured, measure } from './measure.ts'
import { authenticateOf, http, type Place, put, tokenUpdateOf, type Virtual } from './packets.ts'
import { scepChallenge } from './peers.ts'
import type { OurSide } from './sides.ts'

/** A server on which devices enroll, with the SCEP server that belongs to it. */
export interface Gate {
  place: Place
  scep: Place
  pids: number[]
  topic: string
  /** A one-time challenge for each new device. */
  challenge(): Promise<string>
}

const day = 86_400_000
let serial = 0 // every device of every round is another one

/** The gate of a server of ours: challenges come from downloaded profiles, which is not measured. */
export function ourGate(side: OurSide): Gate {
  return {
    place: side.place,
    scep: { port: side.place.port, path: '/scep/apple' },
    pids: side.pids,
    topic: side.topic,
    challenge: async () => {
      const answer = await fetch(side.profileUrl, { signal: AbortSignal.timeout(20_000) })
      if (answer.status !== 200) throw new Error(`the profile was answered with ${answer.status}`)
      const file = readProfile(new Uint8Array(await answer.arrayBuffer()))
      return readEnrollmentProfile(file).scep?.challenge ?? ''
    },
  }
}

/** The gate of the peers: one challenge for all. */
export const sharedChallenge = async (): Promise<string> => scepChallenge

/**
 * Enrolls as many new devices as there are keys: GetCACaps, GetCACert and PKIOperation, then Authenticate and TokenUpdate. Both parts are
 * measured; what a device computes between them (opening the answer, signing) is not.
 */
export async function enrollRound(gate: Gate, keys: readonly KeyObject[], connections: number): Promise<Measured> {
  const authority = await authorityOf(gate.scep)
  const applicants = await inLanes(keys, 8, async key => applicant(key, authority, await gate.challenge()))
  const tasks = applicants.map(
    (one): Task => ({
      requests: [
        http(`GET ${gate.scep.path}?operation=GetCACaps`, gate.scep.port, [], null),
        http(`GET ${gate.scep.path}?operation=GetCACert`, gate.scep.port, [], null),
        http(
          `POST ${gate.scep.path}?operation=PKIOperation`,
          gate.scep.port,
          ['Content-Type: application/x-pki-message'],
          one.request,
        ),
      ],
      expect: [null, null, null],
    }),
  )
  const issued = await measure({ port: gate.scep.port, connections, tasks, keep: true }, gate.pids)
  const devices = applicants.map(({ key, own }, index): Virtual => {
    // scepserver answers with SHA-1.
    const reader = { key, certificate: parseCertificate(own), ca: authority, legacy: true }
    const response = readResponse(issued.bodies?.[index] ?? new Uint8Array(), reader)
    if (response.status !== 'success') throw new Error(`no certificate: ${response.failInfo ?? response.status}`)
    const spki = Buffer.from(spkiOf(key))
    const der = response.certificates.find(one => spki.equals(parseCertificate(one).spki))
    if (der === undefined) throw new Error('the answer holds no certificate for the key')
    return { udid: `00008150-${randomBytes(8).toString('hex').toUpperCase()}`, identity: { key, certificate: der } }
  })
  const told = devices.map((one): Task => {
    serial += 1
    const hello = authenticateOf(one, gate.topic, `NEW${String(serial).padStart(7, '0')}`)
    const token = tokenUpdateOf(one, gate.topic, randomBytes(32))
    return { requests: [put(gate.place, hello), put(gate.place, token)], expect: [null, null] }
  })
  const checked = await measure({ port: gate.place.port, connections, tasks: told }, gate.pids)
  const whole = joined([issued, checked])
  // Both bursts are of the same devices: each device's time is the sum of its two parts.
  const each = {
    tasks: keys.length,
    perSecond: (keys.length * 1000) / whole.wallMs,
    cpuMsEach: whole.cpuMs / keys.length,
  }
  return { ...whole, ...each }
}

async function authorityOf({ port, path }: Place): Promise<Certificate> {
  const url = `http://127.0.0.1:${port}${path}?operation=GetCACert`
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) })
  return parseCertificate(new Uint8Array(await answer.arrayBuffer()))
}

function applicant(
  key: KeyObject,
  authority: Certificate,
  challenge: string,
): { key: KeyObject; own: Uint8Array; request: Uint8Array } {
  const subject = [['CN', `Bench ${randomBytes(8).toString('hex')}`]] as const
  const now = Date.now()
  const own = issueCertificate({
    subject,
    spki: spkiOf(key),
    notBefore: now - day,
    notAfter: now + day,
    issuer: { key },
    keyUsage: ['digitalSignature', 'keyEncipherment'],
  })
  const request = writeRequest({
    messageType: 'PKCSReq',
    csr: buildRequest({ subject, key, challenge }),
    transactionId: randomBytes(16).toString('hex'),
    senderNonce: randomBytes(16),
    recipient: authority,
    signer: { certificate: own, key },
    cipher: 'aes-128-cbc',
    digest: 'sha256',
  })
  return { key, own, request }
}

/** Keys for one round; the same ones serve every side and round, since a key is only material here. */
export function roundKeys(pems: readonly string[], count: number): KeyObject[] {
  const keys = pems.slice(0, count).map(pem => createPrivateKey(pem))
  while (keys.length < count) keys.push(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
  return keys
}
