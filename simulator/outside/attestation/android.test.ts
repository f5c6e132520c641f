import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { type AttestationFlaw, judgeKey, type KeyQuestion } from '@muster/wire/android/attestation.ts'
import { bootStates, readKeyDescription, writeKeyDescription } from '@muster/wire/android/key-description.ts'
import { parseCertificate, spkiOf } from '@muster/wire/x509/certificate.ts'
import { type AndroidClaim, honestAgent, mintAndroidMaker } from './android.ts'

const maker = mintAndroidMaker()
const stranger = mintAndroidMaker('Somebody else')
const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const challenge = 'what-this-enrollment-was-given'
const honest: AndroidClaim = { key: own.publicKey, challenge }
const now = Date.now()

const question = (of: Partial<KeyQuestion> = {}): KeyQuestion => ({
  roots: [parseCertificate(maker.root.certificate)],
  at: now,
  challenge: new TextEncoder().encode(challenge),
  spki: spkiOf(own.publicKey),
  app: { name: honestAgent.name, signers: [honestAgent.signer] },
  serial: 'AND1',
  revoked: () => false,
  ...of,
})

test('a chain of the maker about this key, this question and this agent passes, from the trusted part and from a chip of its own', () => {
  for (const claim of [{}, { level: 'strongbox' }, { version: 3 }, { version: 400 }, { serial: 'AND1' }] as const) {
    const said = judgeKey(maker.attest({ ...honest, ...claim }), question())
    assert.partialDeepStrictEqual(said, { verdict: 'passed', why: null }, JSON.stringify(claim))
    assert.partialDeepStrictEqual(said.said?.hardware, { patch: 202_611, root: { locked: true, state: 'verified' } })
  }
  // Whether the root comes along, and whatever the device's clock was when it made the key.
  assert.equal(judgeKey(maker.attest(honest).slice(0, 2), question()).verdict, 'passed')
  assert.equal(judgeKey(maker.attest(honest), question({ app: null, serial: null })).verdict, 'passed')
})

test('chains that prove nothing are told apart', () => {
  const signer = new Uint8Array(32)
  const forged = maker.extend(maker.attest({ key: other.publicKey, challenge }), other.privateKey, honest)
  const cases: [AttestationFlaw, readonly Uint8Array[], Partial<KeyQuestion>?][] = [
    ['stale', maker.attest({ ...honest, challenge: 'another' })],
    ['other-key', maker.attest({ ...honest, key: other.publicKey })],
    ['untrusted', stranger.attest(honest)],
    ['untrusted', [...stranger.attest(honest).slice(0, 1), ...maker.attest(honest).slice(1)]],
    ['untrusted', maker.attest(honest), { roots: [] }],
    ['untrusted', maker.attest(honest).slice(0, 1)],
    ['expired', maker.attest({ ...honest, middleUntil: now - 86_400_000 })],
    ['revoked', maker.attest(honest), { revoked: serial => serial === maker.batch }],
    ['imported', maker.attest({ ...honest, origin: 2 })],
    ['other-app', maker.attest({ ...honest, app: { signer } })],
    ['other-app', maker.attest({ ...honest, app: { name: 'org.example.copy' } })],
    ['other-device', maker.attest({ ...honest, serial: 'AND2' })],
    // Whoever holds the key of an honest chain can sign a certificate with any description: only hardware's own counts.
    ['extended', forged],
    ['extended', forged, { roots: [parseCertificate(forged[1] ?? new Uint8Array())] }],
    ['boot-unknown', maker.attest({ ...honest, root: null })],
    ['boot-unlocked', maker.attest({ ...honest, root: { locked: false } })],
    ['boot-self-signed', maker.attest({ ...honest, root: { state: 'self-signed' } })],
    ['boot-unverified', maker.attest({ ...honest, root: { state: 'unverified', locked: false } })],
    ['boot-failed', maker.attest({ ...honest, root: { state: 'failed' } })],
    ['malformed', [new Uint8Array([0x30, 3, 1, 2, 3])]],
    ['malformed', [maker.root.certificate]],
    ['malformed', Array.from({ length: 9 }, () => maker.root.certificate)],
  ]
  for (const [why, chain, of] of cases)
    assert.partialDeepStrictEqual(judgeKey(chain, question(of)), { verdict: 'failed', why }, why)
  // What says itself that it proves nothing, and what is not there, is no lie.
  for (const claim of [{ level: 'software' }, { keeperLevel: 'software' }] as const)
    assert.partialDeepStrictEqual(judgeKey(maker.attest({ ...honest, ...claim }), question()), {
      verdict: 'none',
      why: 'software',
    })
  assert.partialDeepStrictEqual(judgeKey([], question()), { verdict: 'none', why: 'absent' })
})

test('what a description says of how the device was started is never read from what software keeps', () => {
  const root = { bootKey: new Uint8Array(32), locked: true, state: 'verified', bootHash: null } as const
  const bytes = writeKeyDescription({
    version: 4,
    level: 'tee',
    keeperVersion: 41,
    keeperLevel: 'tee',
    challenge: new Uint8Array(3),
    software: { root, origin: 0 },
    hardware: { root: { ...root, state: bootStates[2] }, origin: 0 },
  })
  assert.equal(readKeyDescription(bytes).hardware.root?.state, 'unverified')
  assert.throws(() => readKeyDescription(Uint8Array.from([...bytes, 0])), { code: 'attestation.description' })
})
