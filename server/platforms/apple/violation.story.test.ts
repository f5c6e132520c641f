import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { keysForTests } from '@muster/simulator/apple/testing/keys.ts'
import { apnsFor } from '../../testing/given-push.ts'
import { listening } from '../../testing/listening.ts'
import { smtpFor } from '../../testing/mailing.ts'

const keys = await keysForTests(6)
const steam = { identifier: 'com.valvesoftware.Steam', name: 'Steam' }

/** A supervised iPhone of a person who reads French, an owner who reads Japanese, a mail server, and a rule against games. */
async function scene(t: TestContext) {
  const [{ apns, environment }, mail] = [await apnsFor(t), await smtpFor(t)]
  const h = await listening(t, { ...environment, ...mail.environment })
  await h.given.pushCertificate()
  const owner = await h.given.admin({ role: 'owner', email: 'kaoru@havsten.example' })
  const as = { headers: { cookie: owner.cookie, origin: h.url } }
  const me = await h.http('PATCH', '/api/v1/me', { ...as, body: { locale: 'ja', zone: 'Asia/Tokyo' } })
  assert.equal(me.status, 200, JSON.stringify(me.body))
  const person = await h.given.user({ displayName: 'Amélie Roux', email: 'amelie@havsten.example', language: 'fr' })
  const machine = apple.device({ seed: 4711, keys, careless: true, apns, supervised: true, osVersion: '27.0' })
  t.after(() => apple.putAway(machine))
  const { path } = await h.given.invitation({ uses: null, user: person.id })
  await apple.enroll(machine, { profileUrl: `${h.url}${path}/profile` })
  await apple.connect(machine)
  const found = await h.http('GET', `/api/v1/devices?filter=serial:${machine.hardware.serial}`, { as: owner.key })
  const device = String(found.body.items[0].id)
  /** The server works, and the device calls when it is pushed. */
  const breathe = async (): Promise<void> => {
    for (let round = 0; round < 4; round += 1) {
      await h.settle()
      await apple.settled(machine)
    }
    await h.settle()
  }
  /** One inventory cycle: the server asks for the apps, the device answers. */
  const cycle = async (): Promise<void> => {
    h.pass(60_000)
    const body = { kind: 'apps.query', args: {} }
    const sent = await h.http('POST', `/api/v1/devices/${device}/commands`, { as: owner.key, body })
    assert.ok(sent.status < 300, JSON.stringify(sent.body))
    await breathe()
  }
  const rule = await h.http('POST', '/api/v1/rules', {
    as: owner.key,
    body: {
      unit: h.root.id,
      name: 'Pas de jeux',
      kind: 'apps',
      params: { list: 'deny', apps: [{ app: steam.identifier, name: steam.name }] },
      severity: 'high',
      responses: [{ kind: 'notify-person' }],
      fix: 'Demandez votre exception au service informatique.',
    },
  })
  assert.equal(rule.status, 201, JSON.stringify(rule.body))
  await breathe()
  const alerts = async (filter: string) =>
    (await h.http('GET', `/api/v1/alerts?filter=${encodeURIComponent(filter)}`, { as: owner.key })).body.items
  return { h, smtp: mail.smtp, machine, device, cycle, alerts, owner }
}

test('S4-2, S4-9: an app appears; within one inventory cycle the admin reads of it in Japanese and the person in French, and it ends by itself when the app is gone', async t => {
  const { smtp, machine, device, cycle, alerts, owner, h } = await scene(t)
  // The account behind the push certificate is asked for its address; that is no news of a device.
  const told = (): number => smtp.boxOf('kaoru@havsten.example').length + smtp.boxOf('amelie@havsten.example').length
  await cycle()
  assert.deepEqual(await alerts(''), [])
  assert.equal(told(), 0)

  assert.equal(apple.installApp(machine, steam), 'installed')
  await cycle()
  const [alert, ...others] = await alerts('state:open')
  assert.equal(others.length, 0)
  assert.partialDeepStrictEqual(alert, { type: 'violation', severity: 'warning', device: { id: device } })
  const page = await h.http('GET', `/api/v1/devices/${device}`, { as: owner.key })
  assert.deepEqual(page.body.alerts, { count: 1, severity: 'warning' })

  const [admin, ...moreAdmin] = smtp.boxOf('kaoru@havsten.example')
  const [person, ...morePerson] = smtp.boxOf('amelie@havsten.example')
  assert.deepEqual([moreAdmin.length, morePerson.length], [0, 0])
  assert.match(admin?.mail.subject ?? '', /^【警告】.*規則「Pas de jeux」に違反しています：Steam$/)
  assert.match(admin?.mail.text ?? '', /Asia\/Tokyo/)
  assert.equal(admin?.mail.headers.get('content-language'), 'ja')
  assert.match(person?.mail.subject ?? '', /^Merci de corriger un point sur/)
  assert.match(person?.mail.text ?? '', /^Bonjour Amélie Roux,[\s\S]*Steam[\s\S]*Demandez votre exception/)
  assert.equal(person?.mail.headers.get('content-language'), 'fr')

  await cycle()
  assert.equal(told(), 2, 'what goes on is not told again')

  assert.equal(apple.removeApp(machine, steam.identifier), 'removed')
  await cycle()
  assert.deepEqual(await alerts('-state:resolved'), [])
  const [ended] = await alerts('state:resolved')
  assert.deepEqual([ended.id, ended.resolvedHow], [alert.id, 'settled'])
  const steps = (await h.http('GET', `/api/v1/alerts/${alert.id}`, { as: owner.key })).body.steps
  assert.deepEqual(
    steps.map((s: { what: string }) => s.what),
    ['resolved', 'person-told', 'opened'],
  )
  assert.equal(told(), 2)
})

test('S4-7: a device whose profile is taken away is an alert to its admins within a minute', async t => {
  const { smtp, machine, alerts, h } = await scene(t)
  const before = h.now()
  await apple.unenroll(machine)
  for (let round = 0; round < 3; round += 1) await h.settle()
  assert.deepEqual(
    (await alerts('state:open')).map((a: { type: string }) => a.type),
    ['left-management'],
  )
  assert.match(smtp.boxOf('kaoru@havsten.example')[0]?.mail.subject ?? '', /^【重大】.*管理から外れました$/)
  assert.ok(h.now() - before < 60_000)
})
