import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import { thumbprint } from '../acme/jws.ts'
import { canonical } from '../canonical.ts'
import { Malformed } from '../malformed.ts'
import { againstApproval, type Approval, nextApprovers } from './approval.ts'
import { hash64, isSignedBy, isSignedByBeside, jwkOf, p256KeyOf, signCompact } from './compact.ts'
import { type AgentDocument, signFor, signForBeside, takeDocument, takeOrders } from './document.ts'
import type { Approvers } from './messages.ts'
import { proofOf, readProof } from './proof.ts'

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const server = pair()
const stranger = pair()
const keys = [{ kid: thumbprint(jwkOf(server.publicKey)), jwk: jwkOf(server.publicKey) }]
const document: AgentDocument = {
  v: 1,
  org: 'org_a',
  enrollment: 'enr_a',
  device: 'dev_a',
  generation: 7,
  etag: 'x',
  at: 1,
  mode: 'fully-managed',
  items: [],
  collect: { facts: [], apps: 'all', everyMs: 1 },
  support: { org: 'A', text: '', contact: '', url: '' },
  keys,
  approvers: { need: 0, rpId: '', origins: [], keys: [] },
  next: { afterMs: 1, jitterMs: 0 },
}
const held = { org: 'org_a', enrollment: 'enr_a', device: 'dev_a', keys, generation: 7, etag: 'x' }
const signed = (change: object = {}, by = server) =>
  signFor('muster-document', { ...document, ...change }, by.privateKey, by.publicKey)

test('a proof tells which request it is for, and only the key that made it holds', async () => {
  const device = pair()
  const request = {
    method: 'POST',
    path: '/agent/v1/contact',
    body: Buffer.from('{}'),
    at: 5,
    nonce: 'n'.repeat(22),
    count: 3,
  }
  const proof = readProof(proofOf(request, { key: device.privateKey, certificate: 'c'.repeat(43) }))
  assert.partialDeepStrictEqual(proof, { method: 'POST', path: '/agent/v1/contact', at: 5, count: 3, jwk: null })
  assert.equal(proof.bodyHash, hash64('{}'))
  assert.ok(isSignedBy(proof.compact, device.publicKey))
  assert.ok(!isSignedBy(proof.compact, stranger.publicKey))
  const { compact } = proof
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const beside = [
    isSignedByBeside(compact, device.publicKey),
    isSignedByBeside(compact, stranger.publicKey),
    isSignedByBeside(compact, curve.publicKey),
    isSignedByBeside({ ...compact, signed: `${compact.signed}x` }, device.publicKey),
    ...[new Uint8Array(64), new Uint8Array(64).fill(255), new Uint8Array(63)].map(signature =>
      isSignedByBeside({ ...compact, signature }, device.publicKey),
    ),
  ]
  assert.deepEqual(await Promise.all(beside), [true, false, false, false, false, false, false])
  const first = readProof(proofOf(request, { key: device.privateKey, public: device.publicKey }))
  assert.ok(first.jwk && isSignedBy(first.compact, p256KeyOf(first.jwk)))
})

test('what is no proof is refused as malformed', () => {
  const { privateKey } = pair()
  const claims = { htm: 'POST', htu: '/', bh: 'x', iat: 1, jti: 'j'.repeat(16), n: 1 }
  const kid = 'k'.repeat(43)
  const typ = 'muster-proof+jwt'
  const wrong = [
    '',
    'a.b',
    signCompact({ typ: 'jwt', kid }, claims, privateKey),
    signCompact({ typ }, claims, privateKey),
    signCompact({ typ, kid: 'short' }, claims, privateKey),
    signCompact({ typ, kid }, { ...claims, n: -1 }, privateKey),
    signCompact({ typ, kid }, { ...claims, iat: 'now' }, privateKey),
    signCompact({ typ, kid }, { ...claims, jti: 'j' }, privateKey),
    `${Buffer.from(JSON.stringify({ alg: 'none', typ, kid })).toString('base64url')}.e30.`,
  ]
  for (const text of wrong) assert.throws(() => readProof(text), Malformed, text)
})

test('an agent takes only a document that its server signed, for itself, no older than the one it has', async () => {
  assert.equal(typeof takeDocument(signed(), held), 'object')
  assert.equal(typeof takeDocument(signed({ generation: 8, etag: 'y' }), held), 'object')
  assert.equal(takeDocument(signed({}, stranger), held), 'unsigned')
  const [head, , tail] = signed().split('.')
  const forged = Buffer.from(JSON.stringify({ ...document, generation: 9 })).toString('base64url')
  assert.equal(takeDocument(`${head}.${forged}.${tail}`, held), 'unsigned')
  assert.equal(takeDocument(signed({ generation: 6, etag: 'w' }), held), 'older')
  assert.equal(takeDocument(signed({ etag: 'other' }), held), 'older')
  for (const change of [{ device: 'dev_b' }, { enrollment: 'enr_b' }, { org: 'org_b' }])
    assert.equal(takeDocument(signed({ ...change, generation: 8 }), held), 'other-device')
  assert.equal(takeDocument(signed({ generation: 'many' }), held), 'malformed')
  // A list of orders is not a document, whoever signed it.
  const orders = await signForBeside(
    'muster-orders',
    { v: 1, org: 'org_a', enrollment: 'enr_a', at: 1, orders: [] },
    server.privateKey,
    server.publicKey,
  )
  assert.equal(takeDocument(orders, held), 'unsigned')
  assert.equal(typeof takeOrders(orders, held), 'object')
  assert.equal(takeOrders(orders, { ...held, enrollment: 'enr_b' }), 'other-device')
})

const approver = pair()
const approvers: Approvers = {
  need: 1,
  rpId: 'mdm.example.org',
  origins: ['https://mdm.example.org'],
  keys: [{ id: 'cred-1', jwk: jwkOf(approver.publicKey) }],
}
const list = ['dev_a', 'dev_b']

function agreed(
  change: { batch?: object; list?: string[]; origin?: string; flags?: number; key?: KeyObject; id?: string } = {},
): Approval {
  const of = change.list ?? list
  const devices = hash64(of.map(d => `${d}\n`).join(''))
  const batch = {
    org: 'org_a',
    intent: 'int_1',
    action: 'wipe',
    arguments: hash64('{}'),
    devices,
    count: of.length,
    expiresAt: 100,
    ...change.batch,
  }
  const statement = { org: 'org_a', of: 'int_1', hash: hash64(canonical(batch)), by: 'adm_1', nonce: 'n', until: 100 }
  const client = {
    type: 'webauthn.get',
    challenge: hash64(canonical(statement)),
    origin: change.origin ?? approvers.origins[0],
  }
  const clientData = Buffer.from(JSON.stringify(client))
  const data = Buffer.concat([
    Buffer.from(hash64(approvers.rpId), 'base64url'),
    Buffer.from([change.flags ?? 5, 0, 0, 0, 1]),
  ])
  const signature = sign(
    'sha256',
    Buffer.concat([data, Buffer.from(hash64(clientData), 'base64url')]),
    change.key ?? approver.privateKey,
  )
  return {
    statement,
    batch,
    list: of,
    assertion: {
      id: change.id ?? 'cred-1',
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
    },
  }
}

test('what cannot be undone is done only when a pinned approver signed exactly that, for this device', () => {
  const on = { org: 'org_a', device: 'dev_a', now: 50, approvers }
  const judge = (approval: Approval[], kind = 'wipe') => againstApproval({ kind, args: {}, approval }, on)
  assert.equal(judge([agreed()]), null)
  assert.equal(judge([]), 'approval-missing')
  assert.equal(againstApproval({ kind: 'wipe', args: {} }, { ...on, approvers: { ...approvers, need: 0 } }), null)
  const wrong: Record<string, [Approval, string?]> = {
    'another act': [agreed({ batch: { action: 'lock' } })],
    'other arguments': [agreed({ batch: { arguments: hash64('{"externalStorage":true}') } })],
    'another device': [agreed({ list: ['dev_b', 'dev_c'] })],
    'a list that was added to': [{ ...agreed({ list: ['dev_b'] }), list }],
    'another site': [agreed({ origin: 'https://evil.example' })],
    'nobody verified': [agreed({ flags: 1 })],
    'another key': [agreed({ key: stranger.privateKey })],
    'nobody we know': [agreed({ id: 'cred-2' })],
    'another org': [agreed({ batch: { org: 'org_b' } })],
    'a batch that was changed': [{ ...agreed(), batch: { ...agreed().batch, count: 3 } }],
  }
  for (const [what, [approval]] of Object.entries(wrong)) assert.equal(judge([approval]), 'approval-invalid', what)
  assert.equal(judge([agreed()], 'restart'), 'approval-invalid')
  assert.equal(
    againstApproval({ kind: 'wipe', args: {}, approval: [agreed()] }, { ...on, now: 101 }),
    'approval-expired',
  )
  // The same approver twice is one.
  assert.equal(
    againstApproval(
      { kind: 'wipe', args: {}, approval: [agreed(), agreed()] },
      { ...on, approvers: { ...approvers, need: 2 } },
    ),
    'approval-missing',
  )
})

test('approvers are changed only by those known before, step by step, and no former ones come back', () => {
  const second = pair()
  const third = pair()
  const one = (version: number, key: KeyObject, id: string): Approvers => ({
    ...approvers,
    version,
    keys: [{ id, jwk: jwkOf(key) }],
  })
  const [v1, v2, v3] = [
    one(1, approver.publicKey, 'cred-1'),
    one(2, second.publicKey, 'cred-2'),
    one(3, third.publicKey, 'cred-3'),
  ]
  const endorsed = (next: Approvers, by: { key: KeyObject; id: string }) => {
    const batch = { action: 'guard.approvers', devices: null, count: 0, payload: hash64(canonical(next)) }
    return { approvers: next, approval: [agreed({ batch, list: [], ...by })] }
  }
  const first = { approvers: v1, approval: [] }
  const to2 = endorsed(v2, { key: approver.privateKey, id: 'cred-1' })
  const to3 = endorsed(v3, { key: second.privateKey, id: 'cred-2' })
  const next = (from: Approvers, told: Approvers, ...chain: (typeof to2)[]) =>
    nextApprovers(from, { approvers: told, endorsed: chain }, 'org_a')
  assert.equal(next({ ...approvers, need: 0 }, v1, first), v1, 'the first are taken')
  assert.equal(next(v1, v1), v1)
  assert.equal(next(v1, v3, first, to2, to3), v3, 'two steps at once')
  assert.equal(next(v1, v2, first), null, 'nobody endorsed them')
  assert.equal(next(v1, v3, first, to3), null, 'a step is missing')
  assert.equal(next(v1, v2, endorsed(v2, { key: stranger.privateKey, id: 'cred-1' })), null, 'another signed')
  assert.equal(next(v1, { ...v2, need: 0 }, { ...to2, approvers: { ...v2, need: 0 } }), null, 'others were endorsed')
  const back = endorsed(v1, { key: approver.privateKey, id: 'cred-1' })
  assert.equal(next({ ...v1, version: 3 }, v1, back), null, 'former ones, once endorsed')
  assert.equal(nextApprovers(v1, { approvers: v2, endorsed: [to2] }, 'org_b'), null, 'for another organization')
})
