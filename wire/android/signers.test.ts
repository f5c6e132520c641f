import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hash64 } from '../agent/compact.ts'
import { Malformed } from '../malformed.ts'
import { signersOf } from './signers.ts'
import { packageSignedBy } from './testing/package.ts'

const certificate = Buffer.from('the DER of a certificate stands here')

test('the signer of a package is the certificate in its signing block, whatever stands around it', () => {
  assert.deepEqual(signersOf(packageSignedBy([certificate])), [hash64(certificate)])
  const newer = Buffer.from('the next one')
  const both = packageSignedBy([certificate], { newer: [newer], comment: 'PK\u0005\u0006 is no end' })
  assert.deepEqual(signersOf(both), [hash64(newer)], 'a device looks at the newest scheme it knows')
})

test('what is no signed package is refused, and no length in it leads outside', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('PK'), Buffer.alloc(5000), packageSignedBy([])])
    assert.throws(() => signersOf(bytes), Malformed)
  const whole = packageSignedBy([certificate])
  for (let at = 0; at < whole.length; at += 1) {
    const bent = Buffer.from(whole)
    bent[at] = (bent[at] ?? 0) ^ 0xff
    try {
      signersOf(bent)
    } catch (error) {
      assert.ok(error instanceof Malformed, `${at}: ${String(error)}`)
    }
  }
})
