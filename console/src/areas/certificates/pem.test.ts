import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ending, partsOf } from './pem.ts'
import { daysLeft, expiryTone } from './words.ts'

const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
const key = '-----BEGIN RSA PRIVATE KEY-----\nBBBB\n-----END RSA PRIVATE KEY-----'

test('certificate and key are found in one file or in two, in any order', () => {
  assert.deepEqual(partsOf([`${key}\njunk\n${certificate}`]), { certificate: `${certificate}\n`, key: `${key}\n` })
  assert.deepEqual(partsOf([certificate, key]), { certificate: `${certificate}\n`, key: `${key}\n` })
})

test('a file without either gives nothing', () => {
  assert.deepEqual(partsOf(['hello', '-----BEGIN PUBLIC KEY-----\nC\n-----END PUBLIC KEY-----']), {})
})

test('two topics are told apart by their last four signs', () => {
  assert.equal(ending('com.apple.mgmt.External.5f3c-7c04'), '7c04')
  assert.equal(ending(null), '?')
})

test('an expiry is red within a week and amber within a month', () => {
  const day = 86_400_000
  assert.equal(expiryTone(3 * day, 0), 'danger')
  assert.equal(expiryTone(24 * day, 0), 'attention')
  assert.equal(expiryTone(61 * day, 0), 'ok')
  assert.equal(daysLeft(3.9 * day, 0), 3)
  assert.equal(daysLeft(-day, 0), 0)
})
