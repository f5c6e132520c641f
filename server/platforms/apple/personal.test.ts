import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Dict, decode, dict, Real, str } from '@muster/wire/plist/plist.ts'
import * as privacy from '../../areas/privacy/index.ts'
import { newId } from '../../base/id.ts'
import { everythingStored } from '../../testing/planted.ts'
import { adopt } from '../../testing/charters.ts'
import { type House, house } from '../../testing/house.ts'
import type { Answered, Talker } from '../../testing/given-enrollment.ts'

/** What a person has on a device of theirs and the org must never hold. */
const planted = {
  phone: '+81-90-5555-0142',
  latitude: '35.681236',
  longitude: '139.767125',
  app: 'com.example.dating',
  appName: 'Heartfinder',
  network: 'Nakamura-Home-5G',
  account: 'hana.private',
  fullName: 'Hana Of The Evenings',
  carrier: 'SecretTelecom',
  unclassed: 'a-diary-entry',
} as const

const where: Dict = { Latitude: new Real(35.681236), Longitude: new Real(139.767125), Speed: new Real(1) }
const everything: Dict = {
  PhoneNumber: planted.phone,
  CurrentCarrierNetwork: planted.carrier,
  SSID: planted.network,
  WiFiNetwork: { SSID: planted.network },
  Favorite: planted.unclassed,
  Location: where,
  ...where,
}
const apps = [{ Identifier: planted.app, Name: planted.appName, Version: '1', IsManaged: true }]

const answers: Readonly<Record<string, (command: Dict) => Dict>> = {
  DeviceInformation: () => ({
    QueryResponses: {
      ...everything,
      DeviceName: 'A phone',
      OSVersion: '27.0',
      ProductName: 'iPhone17,1',
      BatteryLevel: new Real(0.5),
      ModelNumber: { Note: planted.unclassed },
      TimeZone: 'Asia/Tokyo',
      iTunesStoreAccountHash: planted.account,
      ServiceSubscriptions: [
        { Slot: 'CTSubscriptionSlotOne', PhoneNumber: planted.phone, Label: planted.unclassed, ICCID: '8981100022313' },
      ],
    },
  }),
  SecurityInfo: () => ({
    SecurityInfo: { PasscodePresent: true, ...everything, FirewallSettings: { Owner: planted.fullName } },
  }),
  InstalledApplicationList: () => ({ InstalledApplicationList: apps }),
  ProfileList: () => ({
    ProfileList: [
      { PayloadIdentifier: 'club', PayloadDisplayName: planted.unclassed, PayloadContent: [], IsManaged: false },
    ],
  }),
  CertificateList: () => ({ CertificateList: [] }),
}

interface Scene {
  h: House
  phone: Talker
  device: string
  user: string
  asked: Dict[]
}

/** A device enrolls as whose it is told to be, and says everything it can at every door. */
async function hostile(t: TestContext, ownership: 'personal' | 'company'): Promise<Scene> {
  const h = await house(t)
  if (ownership === 'company') await adopt(h, privacy.preset('dedicated'))
  const { id: user } = await h.given.user()
  const phone = await h.given.talker({ invitation: await h.given.invitation({ ownership, user }) })
  await ok(phone.authenticate({ ...everything, IMEI: '35 391805 123456 7' }))
  await ok(phone.tokenUpdate(everything))
  const device = await h.run(
    async ({ tx }) => (await tx.selectFrom('devices').select('id').executeTakeFirstOrThrow()).id,
  )
  const scene: Scene = { h, phone, device: String(device), user, asked: [] }
  await answerAll(scene)
  await sayAll(scene)
  await h.settle()
  return scene
}

/** Answers every command that waits, each with what it asked for and more. */
async function answerAll({ phone, asked }: Scene): Promise<void> {
  let next = await ok(phone.report({ Status: 'Idle', ...everything }))
  for (let i = 0; i < 30 && next.bytes.length > 0; i += 1) {
    const body = dict(decode(next.bytes))
    const command = dict(body.Command)
    asked.push(command)
    const answer = answers[str(command, 'RequestType') ?? '']?.(command) ?? {}
    next = await ok(
      phone.report({ Status: 'Acknowledged', CommandUUID: body.CommandUUID ?? '', ...answer, ...everything }),
    )
  }
}

/** What nobody asked for, by the other doors. */
async function sayAll({ h, phone, device }: Scene): Promise<void> {
  const owner = await h.given.admin()
  const send = async (kind: string, args: object = {}) => {
    const sent = await h.http('POST', `/api/v1/devices/${device}/commands`, { as: owner.key, body: { kind, args } })
    assert.equal(sent.status, 201, JSON.stringify(sent.body))
    return dict(decode((await ok(phone.report({ Status: 'Idle' }))).bytes)).CommandUUID ?? ''
  }
  // The answer of DeviceLocation, to a command that was another, and to none.
  await phone.report({ Status: 'Acknowledged', CommandUUID: await send('security.query'), ...where, ...everything })
  await phone.report({ Status: 'Acknowledged', CommandUUID: newId('command'), ...where, RequestType: 'DeviceLocation' })
  await phone.report({ Status: 'Acknowledged', CommandUUID: planted.phone, InstalledApplicationList: apps })
  const chain = [
    {
      ErrorCode: 1,
      ErrorDomain: planted.unclassed,
      LocalizedDescription: planted.app,
      USEnglishDescription: planted.fullName,
    },
  ]
  await phone.report({ Status: 'Error', CommandUUID: await send('device.query'), ErrorChain: chain, ...everything })
  // Bytes that cannot be read, in the middle of which everything stands.
  const uuid = String(await send('security.query'))
  const broken = `<plist><dict><key>Status</key><string>Acknowledged</string><key>CommandUUID</key><string>${uuid}</string>${Object.values(planted).join(' ')}`
  await phone.report({}, { bytes: Buffer.from(broken) })
  await phone.checkIn({ MessageType: planted.unclassed, ...everything })
  await phone.checkIn({ MessageType: 'GetToken', TokenServiceType: planted.account })
  await phone.checkIn({
    ...accountOf,
    MessageType: 'TokenUpdate',
    Topic: phone.topic,
    Token: new Uint8Array(32),
    PushMagic: 'm',
  })
  await phone.checkIn({
    MessageType: 'DeclarativeManagement',
    Endpoint: 'status',
    Data: Buffer.from(JSON.stringify(status)),
  })
}

const accountOf = {
  UserID: '5f1a9c10-0000-4000-8000-00000000aa01',
  UserShortName: planted.account,
  UserLongName: planted.fullName,
}
const status = {
  StatusItems: {
    device: { 'operating-system': { version: '27.0', note: planted.unclassed }, location: { latitude: 35.681236 } },
    app: { managed: { list: [{ identifier: planted.app, name: planted.appName }] } },
    account: { list: { google: [{ identifier: 'a', username: planted.account }] } },
    softwareupdate: { 'pending-version': { note: planted.unclassed } },
    cellular: { 'phone-number': planted.phone, network: planted.network },
    management: {
      'client-capabilities': { 'supported-versions': ['1.0.0'] },
      declarations: {
        configurations: [
          {
            identifier: planted.app,
            'server-token': '1',
            active: true,
            valid: 'invalid',
            reasons: [{ code: 'Error.X', description: planted.unclassed }],
          },
        ],
      },
    },
  },
  Errors: [{ StatusItem: planted.app, Reasons: [{ Code: planted.unclassed, Description: planted.phone }] }],
}

const ok = async (said: Promise<Answered>): Promise<Answered> => {
  const answer = await said
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer
}

/** Which of the planted texts lie anywhere, in any table or, on SQLite, anywhere in the files of the database. */
async function found(h: House): Promise<string[]> {
  const rows = await everythingStored(h)
  const inTables = Object.entries(planted).flatMap(([name, text]) => {
    const tables = [...new Set(rows.filter(r => r.text.includes(text)).map(r => r.table))]
    return tables.map(table => `${name} in ${table}`)
  })
  const { data } = h.base.config
  const inFiles = readdirSync(data)
    .filter(name => name.startsWith('muster.db'))
    .flatMap(name => {
      const bytes = readFileSync(join(data, name))
      return Object.entries(planted).flatMap(([what, text]) => (bytes.includes(text) ? [`${what} in ${name}`] : []))
    })
  return [...inTables, ...inFiles].sort()
}

test('a device of somebody that tells everything at every door is asked for little, and nothing of the person is stored', async t => {
  const { h, device, asked } = await hostile(t, 'personal')
  assert.deepEqual(await found(h), [])
  const queries = asked.flatMap(c => (Array.isArray(c.Queries) ? c.Queries : []))
  for (const one of [
    'PhoneNumber',
    'ServiceSubscriptions',
    'CurrentMCC',
    'TimeZone',
    'IsDoNotDisturbInEffect',
    'ICCID',
  ])
    assert.ok(!queries.includes(one), `${one} was asked for`)
  assert.ok(queries.includes('OSVersion'))
  const lists = asked.filter(c => String(c.RequestType).endsWith('List'))
  assert.deepEqual(lists.map(c => [c.RequestType, c.ManagedAppsOnly ?? c.ManagedOnly]).sort(), [
    ['CertificateList', true],
    ['InstalledApplicationList', true],
    ['ManagedApplicationList', undefined],
    ['ProfileList', true],
  ])
  const owner = await h.given.admin()
  const page = await h.http('GET', `/api/v1/devices/${device}`, { as: owner.key })
  const facts = new Map<string, unknown>(page.body.facts.map((f: { key: string; value: unknown }) => [f.key, f.value]))
  assert.equal(facts.get('os.version'), '27.0', 'what may be known is')
  assert.equal(facts.get('security.passcode'), true)
  const noted = await h.run(({ tx }) => tx.selectFrom('drops').select('type').orderBy('type').execute())
  assert.ok(
    noted.some(d => d.type === 'phone-number') && noted.some(d => d.type === 'apps'),
    'that it was dropped is known',
  )
})

test('the same device as a dedicated one of the company has all of it stored', async t => {
  const { h } = await hostile(t, 'company')
  const all = await found(h)
  for (const what of ['phone', 'app', 'appName', 'account', 'carrier', 'latitude', 'unclassed'])
    assert.ok(
      all.some(one => one.startsWith(`${what} in `)),
      `${what} is nowhere: ${all.join(', ')}`,
    )
})
