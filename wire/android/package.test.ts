import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { sourceOf } from '../files/source.ts'
import { Malformed } from '../malformed.ts'
import { readPackage } from './package.ts'
import { signedBy } from './signature.ts'
import { archiveOf, signedApk, type TestApp, testSigner, unsignedApk } from './testing/apk.ts'

const [first, second] = [testSigner('Havsten'), testSigner('Somebody')]
const app: TestApp = {
  package: 'org.havsten.shift',
  label: 'Skift åäö 班',
  versionName: '1.2',
  versionCode: 12,
  permissions: ['android.permission.CAMERA', 'android.permission.INTERNET'],
}
const codeOf = async (bytes: Uint8Array): Promise<string> => {
  try {
    await readPackage(sourceOf(bytes))
    return 'read'
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    return error.code
  }
}

test('a package says what it is, what it asks for and who signed it', async () => {
  const png = Buffer.from('\x89PNG\r\n\x1a\nand so on', 'latin1')
  const read = await readPackage(sourceOf(signedApk({ ...app, icon: png, flags: ['debuggable'] }, first)))
  assert.deepEqual(
    { ...read, icon: read.icon?.type },
    {
      package: 'org.havsten.shift',
      label: 'Skift åäö 班',
      versionName: '1.2',
      versionCode: 12,
      minimum: 26,
      target: 35,
      permissions: ['android.permission.CAMERA', 'android.permission.INTERNET'],
      debuggable: true,
      icon: 'image/png',
      signer: {
        ...{ scheme: 2, signers: [first.fingerprint], current: first.fingerprint, name: 'Havsten', rotated: false },
      },
    },
  )
})

test('whoever follows a signer by a line of keys counts as that signer, and nobody who only says so does', async () => {
  const followed = await signedBy(sourceOf(signedApk(app, second, { line: [first] })))
  assert.deepEqual(followed, {
    ...{ scheme: 3, signers: [first.fingerprint], current: second.fingerprint, name: 'Havsten', rotated: true },
  })
  const forged = { ...first, key: second.key }
  assert.equal(await codeOf(signedApk(app, second, { line: [forged] })), 'apk.signature')
  const alone = await signedBy(sourceOf(signedApk(app, second, { three: true })))
  assert.deepEqual(alone.signers, [second.fingerprint])
})

test('a package of which any byte was changed is refused, wherever it stands', async () => {
  const whole = signedApk({ ...app, filling: Buffer.alloc(200, 7) }, first)
  assert.equal(await codeOf(whole), 'read')
  const codes = new Set<string>()
  for (let at = 0; at < whole.length; at += 7) {
    const bent = Buffer.from(whole)
    bent[at] = (bent[at] ?? 0) ^ 0x21
    const code = await codeOf(bent)
    assert.notEqual(code, 'read', `byte ${at}`)
    codes.add(code)
  }
  assert.ok(codes.has('apk.digest') && codes.has('apk.signature'), [...codes].join())
  for (let size = 0; size < whole.length; size += 97) assert.notEqual(await codeOf(whole.subarray(0, size)), 'read')
})

test('what no device takes is refused by name', async () => {
  assert.equal(await codeOf(unsignedApk(app)), 'apk.unsigned')
  assert.equal(await codeOf(signedApk({ ...app, split: 'config.de' }, first)), 'apk.part')
  assert.equal(await codeOf(signedApk({ ...app, flags: ['isSplitRequired'] }, first)), 'apk.part')
  assert.equal(await codeOf(signedApk({ ...app, flags: ['testOnly'] }, first)), 'apk.test-only')
  assert.equal(await codeOf(signedApk({ ...app, package: 'nodots' }, first)), 'apk.package')
  const old = archiveOf([
    ['AndroidManifest.xml', manifestOf(unsignedApk(app))],
    ['META-INF/CERT.RSA', Buffer.from('an old signature')],
  ])
  assert.equal(await codeOf(old), 'apk.old-signature')
  const twice = archiveOf([
    ['AndroidManifest.xml', manifestOf(unsignedApk(app))],
    ['AndroidManifest.xml', manifestOf(unsignedApk(app))],
  ])
  assert.equal(await codeOf(twice), 'apk.twice')
})

/** The bytes of the first file of an archive of ours. */
function manifestOf(archive: Buffer): Buffer {
  const start = 30 + archive.readUInt16LE(26)
  return archive.subarray(start, start + archive.readUInt32LE(22))
}

test('numbers in a manifest that promise more than there is lead nowhere', async () => {
  const manifest = manifestOf(unsignedApk(app))
  for (let at = 0; at + 4 <= manifest.length; at += 2)
    for (const value of [0xffffffff, 0x7fffffff, 0x00010000]) {
      const bent = Buffer.from(manifest)
      bent.writeUInt32LE(value, at)
      await codeOf(archiveOf([['AndroidManifest.xml', bent]]))
    }
})

const tools = ['/usr/bin/apksigner', '/usr/bin/aapt2']
test('the tools of others read and verify the packages that tests are made of', {
  skip: tools.every(t => existsSync(t)) ? false : 'apksigner and aapt2 are not installed',
}, t => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-apk-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'a.apk')
  writeFileSync(file, signedApk(app, second, { line: [first] }))
  const said = execFileSync('/usr/bin/apksigner', ['verify', '-v', '--min-sdk-version', '26', file]).toString()
  assert.match(said, /scheme v2\): true[\s\S]*scheme v3\): true/i)
  const badge = execFileSync('/usr/bin/aapt2', ['dump', 'badging', file]).toString()
  assert.match(badge, /name='org\.havsten\.shift' versionCode='12' versionName='1\.2'/)
  assert.match(badge, /application-label:'Skift åäö 班'/)
})

/** Packages that Google's own verifier is tested by; Debian brings them with androguard. */
const corpus = globSync('/usr/share/doc/androguard/examples/signing/apksig/{v2,v3,v1v2v3,two,golden}*.apk')
const broken =
  /mismatch|does-not-verify|broken|stripped|no-(?:certs|sig|supported)|invalid|wrong|garbage|truncated|empty/
test('packages that Google’s verifier is tested by are taken and refused as it does', {
  skip: corpus.length > 50 ? false : 'the packages are not installed',
}, async () => {
  for (const file of corpus) {
    const name = basename(file)
    const taken = await signedBy(sourceOf(readFileSync(file))).then(
      () => true,
      error => {
        assert.ok(error instanceof Malformed, `${name}: ${String(error)}`)
        return false
      },
    )
    // Beside what is broken: what is not signed at all, only in the old way, or holds no app.
    const none = /-in\.apk$|-v1-out\.apk$/.test(name)
    const allowed = broken.test(name) ? /v2-only-empty/.test(name) || !taken : taken !== none
    assert.ok(allowed, `${name} ${taken ? 'was taken' : 'was refused'}`)
  }
})
