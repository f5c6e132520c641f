import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Dict, decode, dict } from '../plist/plist.ts'
import { encodeEnrollmentProfile, validAccessRights } from './profile.ts'

function build(): { root: Dict; content: Dict[] } {
  let n = 0
  const bytes = encodeEnrollmentProfile(
    {
      identifier: 'muster.org_1',
      displayName: 'Havsten <Management> & Co',
      organization: 'Havsten',
      description: '',
      anchors: [{ der: new Uint8Array([0x30, 0]), name: 'Havsten CA' }],
      scep: {
        url: 'https://muster.test/scep/apple',
        name: 'Havsten',
        subject: [
          ['O', 'Havsten'],
          ['CN', 'device'],
        ],
        challenge: 'once',
        keyBits: 2048,
      },
      mdm: { topic: 'com.apple.mgmt.External.1', url: 'https://muster.test/mdm/apple', accessRights: 8191 },
    },
    () => `id-${n++}`,
  )
  const root = dict(decode(bytes))
  return { root, content: (root.PayloadContent as Dict[]).map(p => dict(p)) }
}

test('an enrollment profile holds the trust anchor, the identity and the management payload', () => {
  const { root, content } = build()
  assert.equal(root.PayloadIdentifier, 'muster.org_1')
  assert.equal(root.PayloadDisplayName, 'Havsten <Management> & Co')
  assert.deepEqual(
    content.map(p => p.PayloadType),
    ['com.apple.security.root', 'com.apple.security.scep', 'com.apple.mdm'],
  )
  const [, scep, mdm] = content
  assert.equal(mdm?.IdentityCertificateUUID, scep?.PayloadUUID)
  assert.deepEqual(dict(scep?.PayloadContent).Subject, [[['O', 'Havsten']], [['CN', 'device']]])
  assert.equal(dict(scep?.PayloadContent).KeyIsExtractable, false)
  assert.partialDeepStrictEqual(mdm, {
    ServerURL: 'https://muster.test/mdm/apple',
    CheckInURL: 'https://muster.test/mdm/apple',
    SignMessage: true,
    CheckOutWhenRemoved: true,
    ServerCapabilities: ['com.apple.mdm.per-user-connections', 'com.apple.mdm.bootstraptoken', 'com.apple.mdm.token'],
  })
  const uuids = [root, ...content].map(p => p.PayloadUUID)
  assert.equal(new Set(uuids).size, 4)
})

test('access rights are those a device accepts', () => {
  for (const good of [1, 3, 8191, 1 | 64 | 128]) assert.equal(validAccessRights(good), true, String(good))
  for (const bad of [0, -1, 2, 8192, 1.5, 1 | 128]) assert.equal(validAccessRights(bad), false, String(bad))
})
