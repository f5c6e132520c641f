import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { encode } from '@muster/wire/plist/plist.ts'
import { fingerprint, issueCertificate, parseCertificate, spkiOf } from '@muster/wire/x509/certificate.ts'
import { toPem } from '@muster/wire/x509/pem.ts'
import { sql } from 'kysely'
import type { ScepIdentity } from '../../testing/given-certificates.ts'
import type { Answered, Talker } from '../../testing/given-enrollment.ts'
import { type House, house } from '../../testing/house.ts'

const day = 86_400_000

/** A house with an enrolled device, and what must not change. */
async function besieged(t: TestContext): Promise<{ h: House; phone: Talker; state(): Promise<string[]> }> {
  const h = await house(t)
  const phone = await h.given.enrolledTalker()
  await h.settle()
  return { h, phone, state: () => stateOf(h) }
}

// What time and pushes change by themselves.
const restless = /_at$|^(reason|pushes|failures|push_status|apns_id|der)$/

/** Everything the server knows of enrollments, devices, tokens and queues, row by row; without the log of refusals. */
function stateOf(h: House): Promise<string[]> {
  return h.run(async ({ tx }) => {
    const tables = ['invitations', 'enrollments', 'pins', 'enrolled_accounts', 'apple_enrollments', 'apple_status']
    const more = ['wakes', 'devices', 'identifiers', 'facts', 'accounts', 'commands', 'certificates', 'challenges']
    const all: string[] = []
    for (const table of [...tables, ...more]) {
      const { rows } = await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(table)}`.execute(tx)
      for (const row of rows) {
        const kept = Object.entries(row).filter(([key]) => table !== 'wakes' || !restless.test(key))
        all.push(
          `${table} ${JSON.stringify(kept, (_, v) => (v instanceof Uint8Array ? Buffer.from(v).toString('hex') : v))}`,
        )
      }
    }
    return all.sort()
  })
}

/** Fails with the rows that differ only. */
function unchanged(before: readonly string[], after: readonly string[]): void {
  const gone = before.filter(row => !after.includes(row))
  const come = after.filter(row => !before.includes(row))
  assert.deepEqual([gone, come], [[], []], 'nothing changed')
}

async function refusals(h: House): Promise<string[]> {
  const admin = await h.given.admin({ role: 'owner' })
  await h.settle()
  const { body } = await h.http('GET', '/api/v1/events?limit=200', { as: admin.key })
  return body.items
    .filter((e: { type: string }) => e.type === 'enrollment.refused')
    .map((e: { data: { code: string } }) => e.data.code)
}

/** The answer refuses with this code, an event says so, and nothing else changed. */
async function refused(
  besieged: { h: House; state(): Promise<string[]> },
  status: number,
  code: string,
  attack: () => Promise<Answered>,
): Promise<void> {
  const before = await besieged.state()
  const answer = await attack()
  assert.deepEqual([answer.status, (answer.body as { code?: string }).code], [status, code])
  unchanged(before, await besieged.state())
  assert.ok((await refusals(besieged.h)).includes(code), `an event tells of ${code}`)
}

const idle = { Status: 'Idle' }

/** A certificate that looks right and was signed by another authority of the same name, or by itself. */
function forged(h: House, of: Talker): ScepIdentity {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const real = parseCertificate(of.identity.der)
  const caKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const ca = issueCertificate({
    subject: real.issuer,
    spki: spkiOf(caKey),
    notBefore: h.now() - day,
    notAfter: h.now() + day,
    issuer: { key: caKey },
    ca: {},
    keyUsage: ['keyCertSign'],
  })
  const der = issueCertificate({
    subject: real.subject,
    spki: spkiOf(privateKey),
    notBefore: h.now() - day,
    notAfter: h.now() + day,
    issuer: { certificate: parseCertificate(ca), key: caKey },
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'],
  })
  return { key: privateKey, der }
}

test('a message without any proof is refused', async t => {
  const b = await besieged(t)
  await refused(b, 403, 'device.proof-missing', () => b.phone.report(idle, { by: null }))
})

test('a certificate of another authority is refused, also one of the same name', async t => {
  const b = await besieged(t)
  const fake = forged(b.h, b.phone)
  await refused(b, 403, 'device.certificate-untrusted', () => b.phone.report(idle, { by: fake }))
})

test('a self-signed certificate and our own server certificates are refused', async t => {
  const b = await besieged(t)
  const own = b.h.given.scepIdentity()
  await refused(b, 403, 'device.certificate-untrusted', () => b.phone.report(idle, { by: own }))
})

test('a signature over another body is refused', async t => {
  const b = await besieged(t)
  const other = encode({ UDID: b.phone.udid, Status: 'Idle', More: 'than was signed' })
  const signed = await signatureOf(b.phone, encode({ UDID: b.phone.udid, Status: 'Idle' }))
  await refused(b, 400, 'device.signature-wrong', () =>
    b.phone.report(idle, { bytes: other, by: null, headers: { 'mdm-signature': signed } }),
  )
})

test('a signature header that is no signature is refused', async t => {
  const b = await besieged(t)
  for (const header of ['%%%', 'AAAA', Buffer.from('hello').toString('base64'), 'A'.repeat(60_000)]) {
    const answer = await b.phone.report(idle, { by: null, headers: { 'mdm-signature': header } })
    assert.deepEqual([answer.status, (answer.body as { code: string }).code], [400, 'device.signature-wrong'])
  }
})

test("another device's certificate does not speak for this one", async t => {
  const b = await besieged(t)
  const other = await b.h.given.enrolledTalker()
  await refused(b, 400, 'device.identity-differs', () => b.phone.report(idle, { by: other.identity }))
  await refused(b, 400, 'device.identity-differs', () => b.phone.tokenUpdate({}, { by: other.identity }))
  await refused(b, 400, 'device.identity-differs', () =>
    b.phone.checkIn({ MessageType: 'CheckOut' }, { by: other.identity }),
  )
})

test('a certificate that expired is refused, and one from before the clocks were right is not', async t => {
  const b = await besieged(t)
  b.h.pass(370 * day)
  await refused(b, 403, 'device.certificate-expired', () => b.phone.report(idle))
})

test('a certificate that was replaced by a new enrollment is refused, and the device that enrolled anew is not', async t => {
  const b = await besieged(t)
  const again = await b.h.given.enrolledTalker({ udid: b.phone.udid })
  await refused(b, 403, 'device.certificate-retired', () => b.phone.report(idle))
  await refused(b, 403, 'device.certificate-retired', () => b.phone.tokenUpdate())
  await refused(b, 403, 'device.certificate-retired', () => b.phone.authenticate())
  assert.equal((await again.report(idle)).status, 200)
})

test('a certificate of ours that the database does not know is refused', async t => {
  const b = await besieged(t)
  const lost = await b.h.given.talker()
  const print = fingerprint(lost.identity.der)
  await b.h.run(({ tx }) => sql`DELETE FROM certificates WHERE fingerprint = ${print}`.execute(tx))
  await refused(b, 403, 'device.certificate-unknown', () => lost.authenticate())
})

test('with the certificate of an invitation nothing can be said but Authenticate', async t => {
  const b = await besieged(t)
  const newcomer = await b.h.given.talker()
  await refused(b, 400, 'device.not-authenticated', () => newcomer.tokenUpdate())
  await refused(b, 400, 'device.not-authenticated', () => newcomer.report(idle))
  await refused(b, 400, 'device.not-authenticated', () => newcomer.checkIn({ MessageType: 'GetBootstrapToken' }))
  await refused(b, 400, 'device.not-authenticated', () => newcomer.authenticate({ UserID: 'A-B', UserShortName: 'x' }))
})

test('an invitation of one unit cannot take over a device of another', async t => {
  const b = await besieged(t)
  const elsewhere = await b.h.given.unit({ name: 'Elsewhere' })
  const invitation = await b.h.given.invitation({ unit: elsewhere.id })
  const thief = await b.h.given.talker({ invitation, udid: b.phone.udid })
  await refused(b, 403, 'enrollment.device-elsewhere', () => thief.authenticate())
  assert.equal((await b.phone.report(idle)).status, 200)
})

test('an invitation for one device enrolls one', async t => {
  const b = await besieged(t)
  const invitation = await b.h.given.invitation({ uses: 1 })
  const [one, two] = [await b.h.given.talker({ invitation }), await b.h.given.talker({ invitation })]
  assert.equal((await one.authenticate()).status, 200)
  assert.equal((await one.tokenUpdate()).status, 200)
  await refused(b, 403, 'invitation.used', () => two.authenticate())
})

test('a revoked invitation begins nothing, even for who has its certificate already', async t => {
  const b = await besieged(t)
  const invitation = await b.h.given.invitation()
  const one = await b.h.given.talker({ invitation })
  const admin = await b.h.given.admin({ role: 'admin' })
  assert.equal((await b.h.http('DELETE', `/api/v1/invitations/${invitation.id}`, { as: admin.key })).status, 204)
  await refused(b, 403, 'invitation.revoked', () => one.authenticate())
})

test('another push topic than that of the profile is refused', async t => {
  const b = await besieged(t)
  await refused(b, 400, 'device.topic-differs', () => b.phone.tokenUpdate({ Topic: 'com.apple.mgmt.other' }))
})

const garbage: [what: string, bytes: Uint8Array][] = [
  ['nothing', new Uint8Array()],
  ['text', Buffer.from('hello')],
  ['a truncated plist', encode({ MessageType: 'TokenUpdate', UDID: 'x' }).subarray(0, 150)],
  ['a truncated binary plist', Buffer.from('bplist00\xd1\x01', 'latin1')],
  ['a deep plist', Buffer.from(`<plist>${'<array>'.repeat(5000)}${'</array>'.repeat(5000)}</plist>`)],
  ['a wide plist', Buffer.from(`<plist><dict>${'<key>a</key><true/>'.repeat(3000)}</dict></plist>`)],
  [
    'entities',
    Buffer.from(
      '<!DOCTYPE plist [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><plist><dict><key>UDID</key><string>&b;</string></dict></plist>',
    ),
  ],
  [
    'an external entity',
    Buffer.from(
      '<!DOCTYPE plist SYSTEM "file:///etc/passwd"><plist><dict><key>UDID</key><string>&x;</string></dict></plist>',
    ),
  ],
]

for (const [what, bytes] of garbage)
  test(`${what} instead of a check-in is refused although it is signed`, async t => {
    const b = await besieged(t)
    await refused(b, 400, 'device.message-malformed', () => b.phone.checkIn({}, { bytes }))
  })

test('what is larger than a message may be is refused', async t => {
  const b = await besieged(t)
  const padding = (length: number) => encode({ UDID: b.phone.udid, MessageType: 'CheckOut', Pad: 'x'.repeat(length) })
  await refused(b, 413, 'request.too-large', () => b.phone.checkIn({}, { bytes: padding(70_000) }))
  const huge = await b.phone.report({}, { bytes: padding(9_000_000), by: null })
  assert.deepEqual([huge.status, (huge.body as { code: string }).code], [413, 'request.too-large'])
})

test('a replayed Authenticate of an enrolled device changes nothing', async t => {
  const b = await besieged(t)
  const before = await b.state()
  assert.equal((await b.phone.authenticate()).status, 200)
  unchanged(before, await b.state())
})

test('messages that come late, after the goodbye, are ignored or refused', async t => {
  const b = await besieged(t)
  assert.equal((await b.phone.checkIn({ MessageType: 'CheckOut', Topic: b.phone.topic })).status, 200)
  const before = await b.state()
  const late = { Status: 'Acknowledged', CommandUUID: '0193a5c0-0000-7000-8000-000000000000' }
  const answer = await b.phone.report(late)
  assert.deepEqual([answer.status, answer.bytes.length], [200, 0])
  assert.equal((await b.phone.checkIn({ MessageType: 'CheckOut', Topic: b.phone.topic })).status, 200)
  unchanged(before, await b.state())
  await refused(b, 400, 'enrollment.ended', () => b.phone.tokenUpdate())
})

test('a forwarded certificate is believed from the proxies named and from nobody else', async t => {
  for (const trusted of [false, true]) {
    const h = await house(t, trusted ? { MUSTER_TRUSTED_PROXIES: '127.0.0.0/8' } : {})
    const phone = await h.given.enrolledTalker()
    const forms = [
      `:${Buffer.from(phone.identity.der).toString('base64')}:`,
      encodeURIComponent(toPem('CERTIFICATE', phone.identity.der)),
    ]
    for (const form of forms) {
      const { status } = await phone.report(idle, { by: null, headers: { 'client-cert': form } })
      assert.equal(status, trusted ? 200 : 403, form.slice(0, 20))
    }
    if (!trusted) continue
    const junk = await phone.report(idle, { by: null, headers: { 'client-cert': ':AAAA:' } })
    assert.deepEqual([junk.status, (junk.body as { code: string }).code], [400, 'device.proof-malformed'])
  }
})

test('a caller who is refused a thousand times fills no log', async t => {
  const b = await besieged(t)
  for (let i = 0; i < 200; i += 1) await b.phone.report(idle, { by: null })
  assert.equal((await refusals(b.h)).length, 1)
})

async function signatureOf(of: Talker, body: Uint8Array): Promise<string> {
  const { sign } = await import('@muster/wire/cms/signed.ts')
  const { key, der } = of.identity
  return Buffer.from(sign({ content: body, certificate: der, key, detached: true })).toString('base64')
}
