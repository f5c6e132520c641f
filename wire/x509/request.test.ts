import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Malformed } from '../malformed.ts'
import { spkiOf } from './key.ts'
import { buildRequest, parseRequest } from './request.ts'

const folder = mkdtempSync(join(tmpdir(), 'wire-request-'))

test('our requests come back, and openssl finds them signed', () => {
  for (const keys of [
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ]) {
    const subject = [
      ['O', 'Müster'],
      ['CN', 'phone 1'],
    ] as const
    const der = buildRequest({ subject, key: keys.privateKey, challenge: 'a secret', dnsNames: ['x.example'] })
    const csr = parseRequest(der)
    assert.deepEqual(csr.subject, subject)
    assert.deepEqual(csr.spki, spkiOf(keys.publicKey))
    assert.deepEqual([csr.challenge, csr.dnsNames, csr.verified], ['a secret', ['x.example'], true])
    writeFileSync(join(folder, 'a.csr'), der)
    const said = execFileSync(
      'openssl',
      ['req', '-inform', 'DER', '-in', join(folder, 'a.csr'), '-noout', '-verify', '-text'],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    assert.match(said.toString(), /challengePassword\s*:a secret/)
  }
})

test('requests openssl makes are read, and a changed one is not verified', () => {
  const out = join(folder, 'b.csr')
  const args = [
    'req',
    '-new',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    join(folder, 'b.key'),
    '-outform',
    'DER',
    '-out',
    out,
  ]
  execFileSync('openssl', [...args, '-subj', '/CN=b/UID=7', '-addext', 'subjectAltName=DNS:q.example'], {
    stdio: 'ignore',
  })
  const csr = parseRequest(readFileSync(out))
  assert.deepEqual(
    [csr.subject, csr.dnsNames, csr.verified, csr.challenge],
    [
      [
        ['CN', 'b'],
        ['UID', '7'],
      ],
      ['q.example'],
      true,
      undefined,
    ],
  )
  const bad = new Uint8Array(csr.der)
  const last = bad.length - 1
  bad[last] = (bad[last] as number) ^ 1
  assert.equal(parseRequest(bad).verified, false)
  assert.throws(() => parseRequest(bad.subarray(0, 100)), Malformed)
})
