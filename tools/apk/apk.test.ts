import assert from 'node:assert/strict'
import { createHash, X509Certificate } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gatesOf, guards } from './guards.ts'
import { ownKey, signingKey } from './key.ts'
import { every, readTree } from './manifest.ts'
import { newer } from './newer.ts'
import { android, assemble, compile, fetchModels, fetchParts, link as linkResources, must, sign } from './package.ts'
import { howToInstall, missing, toCheck, toMake } from './programs.ts'
import { admin, checksums, isEasy, link, payload, png } from './provision.ts'
import { codeOf, nameOf, notWithin, publicSurface } from './surface.ts'

/** The package as it is, read by programs that did not make it. It has never run on a device: nothing here says that it does what it should there. */
const lacking = missing([...toMake, ...toCheck])
const whole = { skip: lacking.length > 0 ? howToInstall(lacking) : false }

const folder = mkdtempSync(join(tmpdir(), 'muster-apk-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const version = { name: '9.8.7', code: 9_008_007 }
const apk = join(folder, 'agent.apk')
let building: ReturnType<typeof build> | undefined

/** Built once, by the first test that wants it. */
function built(): ReturnType<typeof build> {
  building ??= build()
  return building
}

async function build() {
  const key = await ownKey(join(folder, 'key'))
  const parts = await fetchParts()
  await fetchModels(parts)
  await sign(await compile(parts, version, 'test'), key, apk)
  return { key, parts }
}

async function certificate(): Promise<X509Certificate> {
  const { key } = await built()
  const from = ['-keystore', key.file, '-storepass:file', key.passwordFile, '-alias', 'muster']
  return new X509Certificate(await must('keytool', ['-exportcert', '-rfc', ...from]))
}

test('the tests written in Java pass', whole, async () => {
  await built()
  const log = readFileSync(join(android, 'app/target/maven.log'), 'utf8')
  const runs = [...log.matchAll(/Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)\s*$/gm)]
  assert.equal(runs.length, 2, 'one line for each of core and app')
  for (const [, run = '0', ...wrong] of runs) {
    assert.ok(Number(run) > 0)
    assert.deepEqual(wrong, ['0', '0', '0'])
  }
})

test("the package is aligned, and signed by schemes 2 and 3 with the operator's key alone", whole, async () => {
  await built()
  await must('zipalign', ['-c', '-p', '4', apk])
  const said = await must('apksigner', ['verify', '--verbose', '--print-certs', apk])
  assert.match(said, /Verified using v2 scheme[^\n]*: true/)
  assert.match(said, /Verified using v3 scheme[^\n]*: true/)
  assert.match(said, /Number of signers: 1\n/)
  const hex = (await certificate()).fingerprint256.replaceAll(':', '').toLowerCase()
  assert.ok(said.includes(`certificate SHA-256 digest: ${hex}`))
})

test('a package with one byte changed is refused', whole, async () => {
  await built()
  const bytes = readFileSync(apk)
  const at = bytes.indexOf('classes.dex') + 400
  bytes[at] = (bytes[at] ?? 0) ^ 1
  const broken = join(folder, 'broken.apk')
  writeFileSync(broken, bytes)
  await assert.rejects(checksums(broken), /DOES NOT VERIFY/)
})

test('the same sources and key make the same file', whole, async () => {
  const { key, parts } = await built()
  await linkResources(parts, version)
  const again = join(folder, 'again.apk')
  await sign(await assemble(parts), key, again)
  const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')
  assert.equal(digest(again), digest(apk))
})

const permissions = [
  'ACCESS_BACKGROUND_LOCATION',
  'ACCESS_COARSE_LOCATION',
  'ACCESS_FINE_LOCATION',
  'ACCESS_NETWORK_STATE',
  'ACCESS_WIFI_STATE',
  'CHANGE_WIFI_STATE',
  'INTERNET',
  'POST_NOTIFICATIONS',
  'QUERY_ALL_PACKAGES',
  'READ_PHONE_STATE',
  'RECEIVE_BOOT_COMPLETED',
  'REQUEST_DELETE_PACKAGES',
  'REQUEST_INSTALL_PACKAGES',
  'REQUEST_PASSWORD_COMPLEXITY',
].map(name => `android.permission.${name}`)

test("Debian's aapt2 reads what the package is and what it asks for", whole, async () => {
  await built()
  const badging = await must('aapt2', ['dump', 'badging', apk])
  assert.match(badging, /^package: name='org\.muster\.agent' versionCode='9008007' versionName='9\.8\.7'/)
  assert.match(badging, /^sdkVersion:'26'$/m)
  assert.match(badging, /^targetSdkVersion:'35'$/m)
  assert.match(badging, /^provides-component:'device-admin'$/m)
  assert.match(badging, /^locales: '--_--' 'fr' 'ja' 'sv'$/m)
  const asked = [...badging.matchAll(/^uses-permission: name='([^']+)'/gm)].map(m => m[1])
  assert.deepEqual(asked.sort(), permissions, 'no messages, no accessibility, no windows over others, no camera')
})

test('what is open to other apps is guarded, or is meant for people', whole, async () => {
  await built()
  const manifest = readTree(await must('aapt2', ['dump', 'xmltree', '--file', 'AndroidManifest.xml', apk]))
  const [application] = every('application', manifest)
  assert.equal(application?.attributes.allowBackup, 'false')
  assert.equal(application?.attributes.usesCleartextTraffic, 'false')
  assert.equal(application?.attributes.debuggable, undefined)
  const parts = ['activity', 'receiver', 'service', 'provider'].flatMap(tag => every(tag, manifest))
  const open = parts.filter(p => p.attributes.exported === 'true')
  assert.ok(parts.every(p => p.attributes.exported !== undefined))
  assert.deepEqual(
    open.filter(p => p.attributes.permission === undefined).map(p => p.attributes.name),
    ['.app.StatusActivity', '.app.InvitationActivity', '.app.HomeActivity'],
  )
  const guard = 'android.permission.BIND_DEVICE_ADMIN'
  const action = (of: string): unknown =>
    open
      .filter(p => every('action', p).some(a => a.attributes.name === of))
      .map(p => [p.tag, p.attributes.name, p.attributes.permission])
  assert.deepEqual(action('android.app.action.GET_PROVISIONING_MODE'), [['activity', '.app.ModeActivity', guard]])
  assert.deepEqual(action('android.app.action.ADMIN_POLICY_COMPLIANCE'), [
    ['activity', '.app.ComplianceActivity', guard],
  ])
  assert.deepEqual(action('android.app.action.DEVICE_ADMIN_SERVICE'), [['service', '.app.AgentService', guard]])
  assert.deepEqual(action('android.app.action.DEVICE_ADMIN_ENABLED'), [['receiver', '.app.Admin', guard]])
  const home = parts.find(p => p.attributes.name === '.app.HomeActivity')
  assert.equal(home?.attributes.enabled, 'false', 'no home screen until a kiosk wants one')
})

test('the admin asks for the policies the agent uses', whole, async () => {
  await built()
  const tree = readTree(await must('aapt2', ['dump', 'xmltree', '--file', 'res/xml/device_admin.xml', apk]))
  const uses = every('uses-policies', tree).flatMap(p => p.children.map(c => c.tag))
  assert.deepEqual(uses.sort(), [
    'disable-camera',
    'disable-keyguard-features',
    'expire-password',
    'force-lock',
    'limit-password',
    'reset-password',
    'watch-login',
    'wipe-data',
  ])
})

test('androguard reads the same package', whole, async () => {
  await built()
  const said = await must('/usr/bin/python3', [join(android, 'tools/read.py'), apk])
  const read = JSON.parse(said.trim().split('\n').at(-1) ?? '') as Record<string, unknown>
  const full = (names: string[]): string[] => names.map(name => `org.muster.agent.app.${name}`)
  assert.deepEqual(read, {
    package: 'org.muster.agent',
    api: ['26', '35'],
    permissions,
    receivers: full(['Admin', 'InstallReceiver', 'WakeReceiver']),
    services: full(['AgentService', 'ContactJob']),
    activities: full([
      'ComplianceActivity',
      'HomeActivity',
      'InvitationActivity',
      'LostActivity',
      'ModeActivity',
      'StatusActivity',
    ]),
    main: 'org.muster.agent.app.StatusActivity',
    schemes: [false, true, true],
    certificates: [(await certificate()).fingerprint256.replaceAll(':', '').toLowerCase()],
    files: 1,
  })
})

async function code() {
  const { parts } = await built()
  return { parts, code: codeOf(await must('dexdump', ['-d', apk])) }
}

test('the code uses what is public in Android, and nothing that dx leaves undone', whole, async () => {
  const { parts, code: ours } = await code()
  assert.deepEqual(ours.forbidden, [])
  assert.ok(ours.uses.length > 3000 && ours.own.size > 100, `${ours.uses.length} uses, ${ours.own.size} classes`)
  const surface = await publicSurface(parts, 34)
  assert.deepEqual(notWithin(ours, surface).map(nameOf), [])
  const hidden = { by: 'x', owner: 'android/os/SystemProperties', member: 'get(Ljava/lang/String;)Ljava/lang/String;' }
  const inside = { by: 'x', owner: 'android/app/Activity', member: 'getActivityToken()Landroid/os/IBinder;' }
  const bad = { ...ours, uses: [...ours.uses, hidden, inside] }
  assert.deepEqual(notWithin(bad, surface), [hidden, inside], 'hidden members would be seen')
})

test('what the oldest Android lacks stands behind a question for the level', whole, async () => {
  const { parts, code: ours } = await code()
  const late = notWithin(ours, await publicSurface(parts, 26))
  assert.deepEqual([...new Set(late.map(nameOf))].sort(), Object.keys(newer).sort())
  const gates = gatesOf(readFileSync(join(android, 'core/src/main/java/org/muster/agent/core/Ability.java'), 'utf8'))
  assert.ok(gates.size > 50)
  const guarded = guards(ours, gates)
  assert.deepEqual(
    late.filter(use => !guarded(use.by, newer[nameOf(use)] ?? Number.POSITIVE_INFINITY)),
    [],
  )
  assert.equal(guarded('org/muster/agent/app/DeviceCare$3.run', 28), false, 'restarting asks for no level')
  // A second opinion on the levels: what the public list of Android 12L lacks came with 13 or later.
  const since33 = notWithin(ours, await publicSurface(parts, 32)).map(nameOf)
  assert.deepEqual(
    [...new Set(since33)].sort(),
    Object.keys(newer)
      .filter(name => (newer[name] ?? 0) > 32)
      .sort(),
  )
})

test('erasing has one place, and nothing else in the package can', whole, async () => {
  const { code: ours } = await code()
  const by = (pattern: RegExp): string[] =>
    [...new Set(ours.uses.filter(u => pattern.test(`${u.owner}.${u.member}`)).map(u => u.by))].sort()
  const erasure = 'org/muster/agent/app/Erasure'
  assert.deepEqual(by(/DevicePolicyManager\.wipe/), [`${erasure}.erase`, `${erasure}.wholeDevice`])
  const whole = by(/app\/Erasure\.wholeDevice/)
  assert.equal(whole.length, 1)
  assert.match(whole[0] ?? '', /^org\/muster\/agent\/app\/DeviceCare\$\d+\.run$/)
  assert.deepEqual(by(/RecoverySystem|EuiccManager\.erase/), [])
  const dump = await must('dexdump', ['-d', apk])
  assert.doesNotMatch(dump, /MASTER_CLEAR|FACTORY_RESET"/)
})

test('the texts are whole in every language', () => {
  const read = (where: string): Map<string, string> => {
    const text = readFileSync(join(android, 'app/src/main/res', where, 'strings.xml'), 'utf8')
    return new Map(
      [...text.matchAll(/<string name="(\w+)"(?: translatable="false")?>(.*)<\/string>/g)].map(m => [
        m[1] ?? '',
        m[2] ?? '',
      ]),
    )
  }
  const english = read('values')
  english.delete('app_name')
  assert.ok(english.size > 50)
  const places = (text: string | undefined): string[] => [...(text ?? '').matchAll(/%\d\$s/g)].map(m => m[0]).sort()
  for (const language of ['fr', 'sv', 'ja']) {
    const texts = read(`values-${language}`)
    assert.deepEqual([...texts.keys()], [...english.keys()], language)
    for (const [name, text] of texts) {
      assert.deepEqual(places(text), places(english.get(name)), `${language} ${name}`)
      if (!['kind_app'].includes(name)) assert.notEqual(text, english.get(name), `${language} ${name}`)
    }
  }
})

test('the code to scan reads back as documented, with sums of this package', whole, async () => {
  await built()
  const sums = await checksums(apk)
  const wifi = { ssid: '倉庫Wi-Fi', password: 'p"å' }
  const said = {
    url: 'https://m.example/agent.apk',
    server: 'https://m.example',
    token: 'tok',
    mode: 'dedicated',
    wifi,
  }
  const text = payload(sums, said)
  assert.match(text, /^[\x20-\x7e]+$/)
  assert.ok(isEasy(text))
  const picture = join(folder, 'code.png')
  writeFileSync(picture, await png(text))
  const heard = await must('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', picture])
  // It complains of a missing message bus on the way.
  const decoded = heard.split('\n').find(line => line.startsWith('{')) ?? ''
  assert.equal(decoded, text)
  const raw = (await certificate()).raw
  assert.deepEqual(JSON.parse(decoded), {
    'android.app.extra.PROVISIONING_DEVICE_ADMIN_COMPONENT_NAME': admin,
    'android.app.extra.PROVISIONING_DEVICE_ADMIN_PACKAGE_DOWNLOAD_LOCATION': 'https://m.example/agent.apk',
    'android.app.extra.PROVISIONING_DEVICE_ADMIN_SIGNATURE_CHECKSUM': createHash('sha256')
      .update(raw)
      .digest('base64url'),
    'android.app.extra.PROVISIONING_SKIP_EDUCATION_SCREENS': true,
    'android.app.extra.PROVISIONING_WIFI_SSID': '倉庫Wi-Fi',
    'android.app.extra.PROVISIONING_WIFI_SECURITY_TYPE': 'WPA',
    'android.app.extra.PROVISIONING_WIFI_PASSWORD': 'p"å',
    'android.app.extra.PROVISIONING_ADMIN_EXTRAS_BUNDLE': { u: 'https://m.example', t: 'tok', m: 'dedicated' },
  })
  assert.equal(sums.package, createHash('sha256').update(readFileSync(apk)).digest('base64url'))
  assert.deepEqual([sums.package.length, sums.signature.length], [43, 43])
  // The component in the code is the one in the package.
  const manifest = readTree(await must('aapt2', ['dump', 'xmltree', '--file', 'AndroidManifest.xml', apk]))
  assert.ok(every('receiver', manifest).some(r => `org.muster.agent/${r.attributes.name}` === admin))
})

test('a link says what the code says, in characters a browser leaves alone', () => {
  const made = new URL(
    link({ url: 'https://m.example/a.apk', server: 'https://m.example', token: 'a&b', organization: 'Ö & Co' }),
  )
  assert.equal(made.protocol, 'muster:')
  assert.deepEqual(Object.fromEntries(made.searchParams), { u: 'https://m.example', t: 'a&b', o: 'Ö & Co' })
})

test(
  'a key is made once, for its owner alone, and never in the place of one that cannot be opened',
  whole,
  async () => {
    const { key } = await built()
    assert.equal(key.made, true)
    assert.deepEqual([statSync(key.file).mode & 0o077, statSync(key.passwordFile).mode & 0o077], [0, 0])
    const before = readFileSync(key.file)
    assert.equal((await ownKey(join(folder, 'key'))).made, false)
    assert.deepEqual(readFileSync(key.file), before)
    const named = await signingKey({ key: key.file, passwordFile: key.passwordFile })
    assert.equal(named.made, false)
    await assert.rejects(signingKey({ key: key.file }), /file of its passphrase/)
    const other = join(folder, 'other')
    mkdirSync(other)
    copyFileSync(key.file, join(other, 'key.p12'))
    await assert.rejects(ownKey(other), /passphrase is not/)
  },
)

test('what this machine lacks is said with the way to get it', () => {
  assert.deepEqual(missing(toMake, '/nowhere'), toMake)
  assert.equal(
    howToInstall(missing(toMake, '/nowhere')),
    'This machine lacks java, javac, mvn, zipalign, apksigner. On Debian: apt-get install -y --no-install-recommends apksigner default-jdk-headless maven zipalign',
  )
})
