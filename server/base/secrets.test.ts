import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { house } from '../testing/house.ts'
import { openBlobs } from './blobs.ts'
import { ConfigFault, readConfig } from './config.ts'
import { readKeyFile, SealBroken } from './secrets.ts'

test('a sealed value opens where it was sealed and nowhere else', async t => {
  const h = await house(t)
  const place = { table: 'wakes', column: 'magic', row: 'one' }
  const sealed = await h.run(ctx => ctx.secrets.seal(ctx, place, 'the magic'))
  assert.ok(!Buffer.from(sealed).includes('the magic'))
  assert.equal(Buffer.from(await h.run(ctx => ctx.secrets.open(ctx, place, sealed))).toString(), 'the magic')
  for (const other of [
    { ...place, row: 'two' },
    { ...place, column: 'token' },
    { ...place, table: 'commands' },
  ]) {
    await assert.rejects(
      h.run(ctx => ctx.secrets.open(ctx, other, sealed)),
      SealBroken,
    )
  }
  const altered = Uint8Array.from(sealed)
  altered[altered.length - 1] = (altered[altered.length - 1] ?? 0) ^ 1
  await assert.rejects(
    h.run(ctx => ctx.secrets.open(ctx, place, altered)),
    SealBroken,
  )
})

test('the key file is made private and refused when others may read it', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'muster-key-')), 'secret.key')
  const key = readKeyFile(path)
  assert.equal(statSync(path).mode & 0o777, 0o600)
  assert.deepEqual(readKeyFile(path), key)
  chmodSync(path, 0o644)
  assert.throws(() => readKeyFile(path), /chmod 600/)
})

test('a blob is named by its bytes, kept once, and an altered one is not handed out', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-blobs-'))
  const blobs = openBlobs(folder)
  const name = await blobs.put(Buffer.from('hello'))
  assert.equal(await blobs.put(Buffer.from('hello')), name)
  assert.equal(Buffer.from(await blobs.get(name)).toString(), 'hello')
  const file = join(folder, name.slice(0, 2), name.slice(2))
  assert.equal(readFileSync(file, 'utf8'), 'hello')
  const { writeFileSync } = await import('node:fs')
  writeFileSync(file, 'hullo')
  await assert.rejects(blobs.get(name), /altered/)
})

test('settings have defaults, may come from files, and a mistake stops the start with words', () => {
  assert.equal(readConfig({}).listen.port, 8443)
  assert.equal(readConfig({}).url, 'https://localhost:8443')
  const file = join(mkdtempSync(join(tmpdir(), 'muster-conf-')), 'db')
  assert.throws(() => readConfig({ MUSTER_DATABSE: 'x' }), /not a setting/)
  assert.throws(() => readConfig({ MUSTER_LISTEN: 'http://0.0.0.0:80' }), /loopback|reverse proxy/)
  assert.throws(() => readConfig({ MUSTER_TLS_CERT: '/x' }), ConfigFault)
  chmodSync(file.replace(/db$/, ''), 0o700)
})
