import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { create } from 'qrcode'
import { Malformed } from '../malformed.ts'
import {
  type Provisioning,
  provisioningChecksum,
  provisioningChecksumOf,
  provisioningExtras,
  provisioningSize,
  provisioningText,
  provisioningWith,
} from './provisioning.ts'

const signer = createHash('sha256').update('certificate').digest()
const whole: Provisioning = {
  component: 'org.example.agent/.Admin',
  app: {
    url: 'https://mdm.example.org/files/agent.apk',
    check: { of: 'signer', sha256: signer.toString('hex') },
    minimumVersion: 7,
    cookie: 'ticket=abc',
  },
  wifi: {
    ssid: '倉庫Wi-Fi',
    hidden: true,
    password: 'åäö" \\ 😀',
    proxy: { host: 'proxy.example.org', port: 8080, bypass: ['a.example.org', 'b.example.org'] },
  },
  localTime: 1_790_000_000_000,
  timeZone: 'Asia/Tokyo',
  locale: 'ja-JP',
  keepSystemApps: true,
  skipEncryption: false,
  useMobileData: false,
  allowOffline: false,
  sensorsOptOut: true,
  keepScreenOn: true,
  skipEducation: true,
  extras: { u: 'https://mdm.example.org', t: 'token', nested: { pin: 'abc' } },
}

/** What a reader of codes that we did not write sees in the drawing. */
function readBack(text: string): { text: string; version: number } {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  const [scale, quiet] = [3, 4]
  const side = (size + 2 * quiet) * scale
  const pixels = Buffer.alloc(side * side, 255)
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const [row, column] = [Math.floor(y / scale) - quiet, Math.floor(x / scale) - quiet]
      const inside = row >= 0 && column >= 0 && row < size && column < size
      if (inside && data[row * size + column]) pixels[y * side + x] = 0
    }
  const folder = mkdtempSync(join(tmpdir(), 'muster-qr-'))
  try {
    writeFileSync(join(folder, 'code.pgm'), Buffer.concat([Buffer.from(`P5\n${side} ${side}\n255\n`), pixels]))
    const run = spawnSync('zbarimg', ['--quiet', '--raw', join(folder, 'code.pgm')], { encoding: 'utf8' })
    assert.equal(run.status, 0, run.stderr)
    return { text: run.stdout.replace(/\n$/, ''), version: (size - 17) / 4 }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a reader that is not ours reads what was drawn, letters of every script too', t => {
  if (spawnSync('zbarimg', ['--version']).error) return t.skip('zbarimg is not here')
  const extras = provisioningExtras(whole)
  const text = provisioningText(extras)
  const read = readBack(text)
  assert.deepEqual(JSON.parse(read.text), JSON.parse(JSON.stringify(extras)))
  assert.equal(provisioningSize(text).version, read.version)
  assert.match(text, /^[\u0020-\u007e]+$/)
})

test('every extra is said under its name', () => {
  const extras = provisioningExtras(whole)
  const short = Object.keys(extras).map(key => key.replace('android.app.extra.PROVISIONING_', ''))
  assert.equal(new Set(short).size, 23)
  assert.equal(extras['android.app.extra.PROVISIONING_WIFI_SECURITY_TYPE'], 'WPA')
  assert.equal(extras['android.app.extra.PROVISIONING_LOCALE'], 'ja_JP')
  assert.equal(extras['android.app.extra.PROVISIONING_WIFI_PROXY_BYPASS'], 'a.example.org,b.example.org')
  assert.equal(extras['android.app.extra.PROVISIONING_DEVICE_ADMIN_SIGNATURE_CHECKSUM'], signer.toString('base64url'))
  const eap = { method: 'TTLS', phase2: 'PAP', caCertificate: 'AA', userCertificate: 'AA', identity: 'i' } as const
  const other = provisioningExtras({
    component: 'org.example.agent/org.example.agent.Admin',
    app: { url: 'https://a.example.org/a.apk', check: { of: 'package', sha256: signer } },
    wifi: {
      ssid: 'a',
      pacUrl: 'https://a.example.org/p.pac',
      eap: { ...eap, anonymousIdentity: 'anon', domain: 'example.org' },
    },
  })
  for (const key of Object.keys(other)) short.push(key.replace('android.app.extra.PROVISIONING_', ''))
  assert.equal(new Set(short).size, 32)
  assert.equal(other['android.app.extra.PROVISIONING_WIFI_SECURITY_TYPE'], 'EAP')
})

test('a checksum is understood in every form it is printed in', () => {
  const expected = signer.toString('base64url')
  const hex = signer.toString('hex')
  const forms = [hex, hex.toUpperCase(), hex.replaceAll(/..(?=.)/g, '$&:'), signer.toString('base64'), expected, signer]
  for (const form of forms) assert.equal(provisioningChecksum(form), expected)
  assert.equal(provisioningChecksumOf(Buffer.from('certificate')), expected)
  for (const bad of ['', 'abc', hex.slice(2), `${hex}00`, '!'.repeat(43), new Uint8Array(31)])
    assert.throws(() => provisioningChecksum(bad), Malformed)
})

test('what no device takes is refused', () => {
  const bad: Partial<Provisioning>[] = [
    { component: 'agent' },
    { app: { url: 'http://mdm.example.org/a.apk', check: { of: 'signer', sha256: signer } } },
    { app: { url: 'https://a.example.org/a', check: { of: 'signer', sha256: signer }, cookie: 'a\r\nb' } },
    { wifi: { ssid: '' } },
    { wifi: { ssid: 'あ'.repeat(11) } },
    { wifi: { ssid: 'a', security: 'NONE', password: 'x' } },
    { wifi: { ssid: 'a', security: 'WPA' } },
    { wifi: { ssid: 'a', security: 'EAP' } },
    { wifi: { ssid: 'a', proxy: { host: 'p', port: 1 }, pacUrl: 'https://p' } },
    { timeZone: 'Tokyo; rm' },
    { locale: 'Japanese' },
  ]
  for (const one of bad) assert.throws(() => provisioningExtras({ ...whole, ...one }), Malformed, JSON.stringify(one))
})

test("someone else's payload keeps its app and gets a network", () => {
  const theirs = JSON.stringify({ 'android.app.extra.PROVISIONING_DEVICE_ADMIN_COMPONENT_NAME': 'a.b/.C', other: 'é' })
  const text = provisioningWith(theirs, { wifi: { ssid: 'é', password: 'secret12' }, locale: 'fr_FR' })
  const read = JSON.parse(text)
  assert.equal(read.other, 'é')
  assert.equal(read['android.app.extra.PROVISIONING_WIFI_SSID'], 'é')
  assert.equal(read['android.app.extra.PROVISIONING_LOCALE'], 'fr_FR')
  assert.doesNotMatch(text, /é/)
  for (const bad of ['', '[]', 'null', '{']) assert.throws(() => provisioningWith(bad, {}), Malformed)
})

test('the size is told before it is drawn', () => {
  assert.deepEqual(provisioningSize('a'.repeat(734)), { bytes: 734, version: 22, modules: 105, easy: true })
  assert.equal(provisioningSize('a'.repeat(14)).version, 1)
  assert.equal(provisioningSize('a'.repeat(15)).version, 2)
  assert.equal(provisioningSize('a'.repeat(1500)).easy, false)
  assert.equal(provisioningSize('a'.repeat(2332)).version, null)
})
