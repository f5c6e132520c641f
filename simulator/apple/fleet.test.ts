import assert from 'node:assert/strict'
import test from 'node:test'
import { startFleet } from './fleet.ts'
import { build, luhn, product, products } from './hardware.ts'
import { storedKeys } from './keys.ts'
import { deviceName, person } from './names.ts'
import { random } from './random.ts'
import { keysForTests } from './testing/keys.ts'
import { startLittleServer } from './testing/server.ts'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

test('a fleet enrolls side by side, tells of each device, and the same seed makes the same machines', async t => {
  const server = await startLittleServer()
  t.after(() => server.close())
  const told: (string | undefined)[] = []
  const options = {
    keys: await keysForTests(24),
    count: 8,
    seed: 5,
    profileUrlFor: (index: number) => (index === 3 ? `${server.url}/nothing` : `${server.url}/profile`),
    onEnrolled: (_device: unknown, index: number, error?: unknown) => {
      told[index] = error === undefined ? 'enrolled' : 'failed'
    },
  }
  const fleet = startFleet(options)
  t.after(() => fleet.close())
  await fleet.enrolled
  assert.equal(fleet.failures.length, 1)
  assert.deepEqual(
    told,
    told.map((_, index) => (index === 3 ? 'failed' : 'enrolled')),
  )
  assert.equal(new Set(fleet.devices.map(one => one.hardware.udid)).size, 8)
  assert.equal(server.issued.length, 7)
  const again = startFleet({ ...options, profileUrlFor: () => 'http://127.0.0.1:1/', count: 8 })
  again.close()
  assert.deepEqual(
    again.devices.map(one => one.hardware),
    fleet.devices.map(one => one.hardware),
  )
})

test('every product can be built, with an IMEI that checks and a UDID of its kind', () => {
  const chance = random(3)
  for (const kind of products) {
    const hardware = build(kind, chance)
    assert.match(hardware.serial, /^[0-9CDFGHJKLMNPQRTVWXY]{10}$/)
    assert.match(
      hardware.udid,
      kind.family === 'Mac' ? /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/ : /^0000[0-9A-F]{4}-[0-9A-F]{16}$/,
    )
    assert.equal(hardware.imei === undefined, !kind.cellular)
    if (hardware.imei !== undefined) assert.equal(luhn(hardware.imei.slice(0, 14)), hardware.imei[14])
  }
  assert.equal(luhn('49015420323751'), '8')
  assert.throws(() => product('iPhone 2'), /no such product/)
})

test('names follow the habits of four languages', () => {
  const chance = random(9)
  for (const language of ['en', 'fr', 'sv', 'ja'] as const) {
    const owner = person(chance, language)
    assert.equal(owner.language, language)
    assert.match(owner.shortName, /^[a-z]+\.[a-z]+$/)
    assert.ok(deviceName(owner, 'iPad').includes('iPad'))
  }
  const japanese = person(random(1), 'ja')
  assert.ok(japanese.fullName.startsWith(japanese.familyName))
  const called = (givenName: string, language: 'en' | 'fr' | 'sv'): string =>
    deviceName({ ...japanese, givenName, language }, 'iPhone')
  assert.deepEqual(
    [called('Jack', 'en'), called('Inès', 'fr'), called('Théo', 'fr'), called('Nils', 'sv'), called('Åsa', 'sv')],
    ['Jack’s iPhone', 'iPhone d’Inès', 'iPhone de Théo', 'Nils iPhone', 'Åsas iPhone'],
  )
})

test('keys from a file are made once, and no key is handed out twice', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-keys-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'keys.pem')
  const text = async (count: number): Promise<string[]> => {
    const source = await storedKeys(file, count)
    const taken = [await source.take(2048), await source.take(2048), await source.take(2048)]
    return taken.map(key => key.export({ type: 'pkcs8', format: 'pem' }).toString())
  }
  const first = await text(2)
  const second = await text(2)
  assert.deepEqual(second.slice(0, 2), first.slice(0, 2))
  assert.equal(new Set([...first, ...second]).size, 4)
  assert.equal(statSync(file).mode & 0o777, 0o600)
})
