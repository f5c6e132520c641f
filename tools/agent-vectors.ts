import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { thumbprint } from '@muster/wire/acme/jws.ts'
import type { Approval } from '@muster/wire/agent/approval.ts'
import { hash64, jwkOf, signCompact } from '@muster/wire/agent/compact.ts'
import { canonical } from '@muster/wire/canonical.ts'
import { root } from './run.ts'

/*
 * Makes the texts that every implementation of the agent's language must judge alike: ours in TypeScript (wire/agent/vectors.test.ts) and ours in Java
 * (android/core). They are kept, because signatures differ each time they are made.
 */

const org = 'org_1'
const args = { externalStorage: true }
const enrollment = 'enr_1'
const device = 'dev_1'
const now = 1_795_000_000_000
const server = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const kid = thumbprint(jwkOf(server.publicKey))
const keys = [{ kid, jwk: jwkOf(server.publicKey) }]
const held = { org, enrollment, device, keys, generation: 5, etag: 'five' }

const content = { v: 1, org, enrollment, device, generation: 6, etag: 'six', at: now, mode: 'fully-managed', items: [] }
const orders = { v: 1, org, enrollment, at: now, orders: [] }
const document = (change: object, key: KeyObject = server.privateKey, typ = 'muster-document'): string =>
  signCompact({ typ, kid }, { ...content, ...change }, key)

const good = document({})
const [head = '', body = '', tail = ''] = good.split('.')
const raw = (header: object, payload: string): string => {
  const signed = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}`
  const signature = sign('sha256', Buffer.from(signed), { key: server.privateKey, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}
const header = { alg: 'ES256', typ: 'muster-document', kid }
const derOf = sign('sha256', Buffer.from(`${head}.${body}`), server.privateKey).toString('base64url')
const changed = Buffer.from(JSON.stringify({ ...content, generation: 7 })).toString('base64url')
const hmac = Buffer.from(JSON.stringify({ ...header, alg: 'none' })).toString('base64url')

const documents: [name: string, text: string, expect: string | null][] = [
  ['newer', good, null],
  ['the same again', document({ generation: 5, etag: 'five' }), null],
  ['older', document({ generation: 4, etag: 'four' }), 'older'],
  ['the same generation, another text', document({ generation: 5, etag: 'fife' }), 'older'],
  ['of another device', document({ device: 'dev_2' }), 'other-device'],
  ['of another enrollment', document({ enrollment: 'enr_2' }), 'other-device'],
  ['of another organization', document({ org: 'org_2' }), 'other-device'],
  ['signed by a stranger in the name of the server', document({}, stranger.privateKey), 'unsigned'],
  [
    'signed by a key nobody trusts',
    signCompact({ typ: 'muster-document', kid: thumbprint(jwkOf(stranger.publicKey)) }, content, stranger.privateKey),
    'unsigned',
  ],
  ['changed after it was signed', `${head}.${changed}.${tail}`, 'unsigned'],
  ['without a signature', `${head}.${body}.`, 'unsigned'],
  ['with a signature as Java writes it', `${head}.${body}.${derOf}`, 'unsigned'],
  ['of no algorithm', `${hmac}.${body}.`, 'unsigned'],
  ['two parts', `${head}.${body}`, 'unsigned'],
  ['a page of a proxy', '<html>Welcome to the airport</html>', 'unsigned'],
  ['orders in the place of a document', document({}, server.privateKey, 'muster-orders'), 'unsigned'],
  ['asking for what nobody understands', raw({ ...header, crit: ['b64'] }, body), 'unsigned'],
  ['signed, and no JSON', raw(header, Buffer.from('{"v":1').toString('base64url')), 'malformed'],
  ['signed, and a list', raw(header, Buffer.from('[]').toString('base64url')), 'malformed'],
  ['signed, and no UTF-8', raw(header, Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')), 'malformed'],
  ['of a version to come', document({ v: 2 }), 'malformed'],
  ['without items', document({ items: undefined }), 'malformed'],
  ['with half a generation', document({ generation: '6' }), 'malformed'],
]

const lists: [name: string, text: string, expect: string | null][] = [
  ['for us', signCompact({ typ: 'muster-orders', kid }, orders, server.privateKey), null],
  [
    'for another',
    signCompact({ typ: 'muster-orders', kid }, { ...orders, enrollment: 'enr_2' }, server.privateKey),
    'other-device',
  ],
  ['by a stranger', signCompact({ typ: 'muster-orders', kid }, orders, stranger.privateKey), 'unsigned'],
  ['a document in the place of orders', good, 'unsigned'],
  ['no list', signCompact({ typ: 'muster-orders', kid }, { ...orders, orders: {} }, server.privateKey), 'malformed'],
]

const first = passkey('approver-1')
const second = passkey('approver-2')
const sibling = passkey('approver-1-again')
const outsider = passkey('approver-3')
const approvers = {
  need: 2,
  rpId: 'muster.test',
  origins: ['https://muster.test'],
  keys: [first, second, sibling].map(p => ({
    id: p.id,
    jwk: jwkOf(p.publicKey),
    ...(p === second ? {} : { by: 'usr_1' }),
  })),
}
const both = [agreed(first), agreed(second)]
const judged: [name: string, approval: unknown, expect: string | null, need?: number][] = [
  ['two of two', both, null],
  ['nobody is needed', undefined, null, 0],
  ['nothing', undefined, 'approval-missing'],
  ['other details', both, 'approval-invalid'],
  ['two keys of one person', [agreed(first), agreed(sibling)], 'approval-missing'],
  ['one of two', [agreed(first)], 'approval-missing'],
  ['one twice', [agreed(first), agreed(first)], 'approval-missing'],
  ['one who was not pinned', [agreed(first), agreed(outsider)], 'approval-invalid'],
  ['another act', both.map(a => ({ ...a, batch: { ...a.batch, action: 'lock' } })), 'approval-invalid'],
  [
    'agreed to another act',
    [agreed(first, { action: 'lock' }), agreed(second, { action: 'lock' })],
    'approval-invalid',
  ],
  ['more devices than agreed to', both.map(a => ({ ...a, list: [...a.list, 'dev_9'] })), 'approval-invalid'],
  ['devices without ours', [agreed(first, {}, ['dev_2']), agreed(second, {}, ['dev_2'])], 'approval-invalid'],
  ['of another organization', [agreed(first, { org: 'org_2' }), agreed(second, { org: 'org_2' })], 'approval-invalid'],
  [
    'from another site',
    [agreed(first, {}, undefined, { origin: 'https://evil.test' }), agreed(second)],
    'approval-invalid',
  ],
  ['a registration', [agreed(first, {}, undefined, { type: 'webauthn.create' }), agreed(second)], 'approval-invalid'],
  ['without the person', [agreed(first, {}, undefined, {}, 0x01), agreed(second)], 'approval-invalid'],
  ['of another party', [agreed(first, {}, undefined, {}, 0x05, 'other.test'), agreed(second)], 'approval-invalid'],
  ['a longer statement', both.map(a => ({ ...a, statement: { ...a.statement, until: now * 2 } })), 'approval-invalid'],
  [
    'too late',
    [
      agreed(first, {}, undefined, {}, 0x05, undefined, now - 1),
      agreed(second, {}, undefined, {}, 0x05, undefined, now - 1),
    ],
    'approval-expired',
  ],
]

const set = (version: number, by: Passkey, need = 1) => ({
  ...approvers,
  need,
  version,
  keys: [{ id: by.id, jwk: jwkOf(by.publicKey) }],
})
const [v1, v2, v3] = [set(1, first), set(2, second), set(3, outsider)]
const step = (next: object, by: Passkey) => ({
  approvers: next,
  approval: [
    agreed(
      by,
      { action: 'guard.approvers', devices: null, arguments: null, count: 0, payload: hash64(canonical(next)) },
      [],
    ),
  ],
})
const start = { approvers: v1, approval: [] }
const endorsements: [name: string, known: object, told: object, chain: object[], taken: boolean, org?: string][] = [
  ['the first', set(0, first, 0), v1, [start], true],
  ['the same', v1, v1, [], true],
  ['two steps', v1, v3, [start, step(v2, first), step(v3, second)], true],
  ['endorsed by nobody', v1, v2, [start], false],
  ['a step is missing', v1, v3, [start, step(v3, second)], false],
  ['endorsed by a stranger', v1, v2, [step(v2, outsider)], false],
  ['others than were endorsed', v1, { ...v2, need: 0 }, [{ ...step(v2, first), approvers: { ...v2, need: 0 } }], false],
  ['former ones', set(3, first), v1, [step(v1, first)], false],
  ['for another organization', v1, v2, [step(v2, first)], false, 'org_2'],
  ['no longer any', v1, set(2, first, 0), [start], false],
]

const values: unknown[] = [
  { b: 1, a: [true, null, 'x'], '10': 1, '9': 2 },
  { ä: 'ö', z: '\u2028\u0000\b\t\n\f\r"\\/', emoji: '😀', lone: '\ud800' },
  [0, -0, 1.5, 1e21, 1e-7, 123456789012345680000, 0.1, -2.5e-9, 9007199254740991, 1e300, 5e-324, 100],
  { nested: { y: {}, x: [] } },
  'text',
]

const all = {
  now,
  held,
  documents: documents.map(([name, text, expect]) => ({ name, text, expect })),
  orders: lists.map(([name, text, expect]) => ({ name, text, expect })),
  approvals: judged.map(([name, approval, expect, need]) => ({
    name,
    order: {
      id: 'cmd_1',
      seq: 1,
      kind: 'wipe',
      args: name === 'other details' ? { externalStorage: false } : args,
      notAfter: null,
      approval,
    },
    approvers: need === undefined ? approvers : { ...approvers, need },
    expect,
  })),
  endorsements: endorsements.map(([name, known, told, endorsed, taken, of = org]) => ({
    name,
    known,
    document: { approvers: told, endorsed },
    org: of,
    taken,
  })),
  canonical: values.map(value => ({
    text: JSON.stringify(value),
    canonical: canonical(value),
    hash: hash64(canonical(value)),
  })),
  unreadable: [
    '',
    '{',
    '[1,]',
    '{"a":1,}',
    '01',
    '1.',
    '.5',
    '+1',
    'nul',
    '"\\x"',
    '"\u0001"',
    '{"a" 1}',
    '[1] 2',
    "{'a':1}",
    'NaN',
  ],
  notKeys: [
    { ...jwkOf(server.publicKey), x: jwkOf(stranger.publicKey).x },
    { ...jwkOf(server.publicKey), crv: 'P-384' },
    rsa.publicKey.export({ format: 'jwk' }),
  ],
}
writeFileSync(join(root, 'android/core/src/test/resources/vectors.json'), `${JSON.stringify(all, null, 1)}\n`)

interface Passkey {
  readonly id: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

function passkey(name: string): Passkey {
  return { id: Buffer.from(name).toString('base64url'), ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) }
}

/** What a passkey's authenticator signs (WebAuthn §7.2). */
function agreed(
  by: Passkey,
  batchChange: object = {},
  list = [device, 'dev_2'],
  client: object = {},
  flags = 0x05,
  rpId = 'muster.test',
  until = now + 600_000,
): Approval {
  const batch = {
    org,
    intent: 'int_1',
    door: 'api',
    action: 'wipe',
    impact: 'irreversible',
    arguments: hash64(canonical(args)),
    devices: hash64(list.map(id => `${id}\n`).join('')),
    count: list.length,
    payload: null,
    expiresAt: until,
    ...batchChange,
  }
  const statement = {
    org: batch.org,
    of: 'int_1',
    hash: hash64(canonical(batch)),
    by: 'usr_1',
    nonce: 'bm9uY2U',
    until,
  }
  const said = {
    type: 'webauthn.get',
    challenge: hash64(canonical(statement)),
    origin: 'https://muster.test',
    ...client,
  }
  const clientData = Buffer.from(JSON.stringify(said))
  const data = Buffer.concat([Buffer.from(hash64(rpId), 'base64url'), Buffer.from([flags, 0, 0, 0, 7])])
  const signature = sign('sha256', Buffer.concat([data, Buffer.from(hash64(clientData), 'base64url')]), by.privateKey)
  return {
    statement,
    batch,
    list,
    assertion: {
      id: by.id,
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
    },
  }
}
