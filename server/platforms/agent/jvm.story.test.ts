import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { provisioningExtras } from '@muster/wire/android/provisioning.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as commands from '../../areas/commands/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { type Headless, hasJava, headless } from '../../testing/headless.ts'
import { listening } from '../../testing/listening.ts'
import { smtpFor } from '../../testing/mailing.ts'
import { everythingStored } from '../../testing/planted.ts'
import type { House } from '../../testing/house.ts'

const skip = hasJava ? false : 'a JDK is not installed'

const game = 'org.example.game'

interface Stage {
  readonly h: House & { url: string }
  readonly device: Headless
  readonly admin: string
  readonly id: string
  /** The server works, the device calls, and the server works on what it said. */
  call(): Promise<void>
}

interface Of {
  environment?: Record<string, string>
  /** It is for somebody who reads French, and the admin is found by an address. */
  person?: true
  options?: readonly string[]
}

/** A house that answers on a real port over TLS, and a device in Java that scanned its code. */
async function stage(t: TestContext, { environment = {}, person, options = [] }: Of = {}): Promise<Stage> {
  const h = await listening(t, environment)
  const user = await h.given.user({ displayName: 'Amélie Roux', email: 'amelie@havsten.example', language: 'fr' })
  const secret = await givenAgents(h).agentInvitation(person ? { user: user.id } : {})
  const payload = JSON.stringify(
    provisioningExtras({
      component: 'org.muster.agent.app/.Admin',
      extras: { u: h.url, t: secret, p: await certificates.trustPin(h.base), m: 'fully-managed', o: 'Havsten' },
    }),
  )
  const device = await headless(t, payload, '--by-hand', '--serial', 'STORY1', ...options)
  await device.until('the enrollment', shown => shown.enrolled)
  await device.act('contact')
  await h.settle()
  const admin = (await h.given.admin({ role: 'owner', email: 'chef@havsten.example' })).key
  const found = await h.http('GET', '/api/v1/devices?filter=serial:STORY1', { as: admin })
  const call = async (): Promise<void> => {
    await h.settle()
    await device.act('contact')
    await h.settle()
  }
  return { h, device, admin, id: String(found.body.items[0]?.id), call }
}

test('a device in Java scans the code, becomes what its policies say, obeys, tells of its apps, and is let go', {
  skip,
}, async t => {
  const { h, device, admin, id } = await stage(t)
  const known = await h.run(ctx => devices.get(ctx, id))
  assert.partialDeepStrictEqual(known, { platform: 'android', state: 'active', serial: 'STORY1' })

  await h.given.assigned({
    policies: [
      { kind: 'restrictions', value: { camera: false, appInstallation: false } },
      { kind: 'passcode', value: { required: true, minLength: 8 } },
      { kind: 'wifi', value: { ssid: 'Havsten', security: 'open' } },
    ],
  })
  await h.settle()
  await device.act('contact')
  const after = await device.show()
  assert.equal(after.os.set['restrict:no_install_apps'], true)
  assert.equal(after.os.set['turn:camera'], false)
  assert.ok(after.os.wifi?.['Havsten'])
  const states = async (): Promise<string[]> => {
    const { body } = await h.http('GET', `/api/v1/devices/${id}/policy`, { as: admin })
    return body.items.map((i: { kind: string; status: { state: string } }) => `${i.kind} ${i.status.state}`).sort()
  }
  // Its passcode has five digits, and the rule wants eight.
  assert.deepEqual(await states(), ['passcode failed', 'restrictions installed', 'wifi installed'])

  const order = await h.run(ctx => commands.send(ctx, { device: id, kind: 'lock', args: {} }))
  await device.act('contact')
  const shown = await h.http('GET', `/api/v1/commands/${order}`, { as: admin })
  assert.equal(shown.body.state, 'done')
  assert.equal((await device.show()).os.effects.filter(e => e.verb === 'lock').length, 1)

  await device.act('apps/install', { name: 'org.example.game', label: 'Game', version: '2.1', code: 21 })
  await device.act('contact')
  const apps = async (): Promise<unknown[]> =>
    ((await h.run(ctx => devices.listOf(ctx, id, 'apps')))?.value as { id?: string }[]) ?? []
  assert.equal((await apps()).length, 3)
  await device.act('apps/remove', { name: 'org.example.game' })
  await device.act('contact')
  assert.equal((await apps()).length, 2)

  // Nothing the network does un-enrolls.
  await device.act('set', { online: false })
  await device.act('contact')
  assert.equal((await device.show()).enrolled, true)
  await device.act('set', { online: true })

  await h.run(async ctx => enrollment.end(ctx, (await enrollment.activeOf(ctx, [id])).get(id)?.id ?? '', 'admin'))
  await device.act('contact')
  const left = await device.show()
  assert.equal(left.enrolled, false)
  assert.equal(left.os.left, true)
  // What was brought is taken back.
  assert.equal(left.os.set['restrict:no_install_apps'], undefined)
  assert.deepEqual(left.os.wifi, {})
})

test('must-show 1: it appears, is told of in the words of each, is lost and found, is located in between alone, and leaves nothing of ours behind', {
  skip,
}, async t => {
  const mail = await smtpFor(t)
  const { h, device, admin, id, call } = await stage(t, { environment: mail.environment, person: true })
  const told = (to: string) => mail.smtp.boxOf(to).map(m => m.mail)
  const body = async (path: string) => (await h.http('GET', `/api/v1${path}`, { as: admin })).body

  // What it should be, applied and reported.
  await h.given.assigned({
    policies: [
      { kind: 'restrictions', value: { camera: false, blockedApps: [game] } },
      { kind: 'wifi', value: { ssid: 'Havsten', security: 'open' } },
    ],
  })
  await call()
  await call()
  const { items } = await body(`/devices/${id}/policy`)
  assert.deepEqual(
    items.map((i: { status: { state: string } }) => i.status.state),
    ['installed', 'installed'],
  )

  // What it must not have: hidden by the agent, told to the admin, and to the person by mail and on the screen.
  await device.act('apps/install', { name: game, label: 'Jeu', version: '2.1', code: 21 })
  await call()
  await call()
  const found = (await body(`/devices/${id}/compliance`)).rules[0]
  assert.partialDeepStrictEqual(found.evidence, { code: 'app-forbidden', found: [{ id: game, name: 'Jeu' }] })
  assert.equal((await device.show()).os.set[`hide:${game}`], true, 'nobody can open it meanwhile')
  const [alert, ...others] = (await body('/alerts?filter=state:open')).items
  assert.equal(others.length, 0)
  assert.partialDeepStrictEqual(alert, { type: 'violation', facts: { apps: 'Jeu' }, device: { id } })
  assert.match(told('chef@havsten.example')[0]?.subject ?? '', /Jeu$/)
  assert.match(told('amelie@havsten.example')[0]?.text ?? '', /^Bonjour Amélie Roux,[\s\S]*Jeu/)
  await call()
  const effects = async (verb: string) => (await device.show()).os.effects.filter(e => e.verb === verb)
  assert.match(String((await effects('message'))[0]?.detail), /^Veuillez supprimer de cet appareil : Jeu\./)
  await device.act('apps/remove', { name: game })
  await call()
  assert.deepEqual((await body('/alerts?filter=state:open')).items, [])
  assert.equal(told('chef@havsten.example').length + told('amelie@havsten.example').length, 2)

  // Lost, and where it is: in the incident alone, and sealed.
  const place = { latitude: 48.858373, longitude: 2.294481, accuracyM: 12, at: h.now() }
  await device.act('set', { location: place })
  const fixes = async () => h.run(ctx => ctx.tx.selectFrom('fixes').select('search').where('device', '=', id).execute())
  const early = await h.http('POST', `/api/v1/devices/${id}/commands`, { as: admin, body: { kind: 'location.query' } })
  assert.equal(early.body.code, 'command.not-in-lost-mode')
  await call()
  assert.deepEqual(await fixes(), [])
  const incident = await h.http('POST', `/api/v1/devices/${id}/incidents`, { as: admin, body: { phone: '+33 4 00' } })
  assert.deepEqual([incident.status, incident.body.action], [201, 'lost-mode'])
  await call()
  assert.partialDeepStrictEqual((await device.show()).os.set['lost'], { phone: '+33 4 00' })
  await call()
  const at = `/incidents/${incident.body.id}`
  const act = async (what: string, said?: object) => {
    const { status } = await h.http('POST', `/api/v1${at}/${what}`, { as: admin, ...(said ? { body: said } : {}) })
    assert.equal(status, 200, what)
    await call()
  }
  await act('sound')
  assert.equal((await effects('ring')).length, 1)
  await act('message', { message: 'Merci de rappeler.', phone: '+33 4 01' })
  assert.partialDeepStrictEqual((await device.show()).os.set['lost'], {
    message: 'Merci de rappeler.',
    phone: '+33 4 01',
  })
  const during = await fixes()
  assert.ok(during.length > 0 && during.every(f => f.search !== null), JSON.stringify(during))
  assert.equal((await body(at)).fixes, during.length)
  // One that is asked where it is and answers when it has been found meanwhile is not heard.
  await device.act('set', { online: false })
  assert.equal((await h.http('POST', `/api/v1${at}/locate`, { as: admin })).status, 200)
  await device.act('set', { online: true })
  await act('found', { note: 'Tram depot' })
  await call()
  assert.equal((await device.show()).os.set['lost'], undefined)
  assert.deepEqual(await fixes(), during, 'nor is it asked again')
  const planted = (await everythingStored(h)).filter(({ text }) => /48\.858|2\.2944/.test(text))
  assert.deepEqual(planted, [], 'where it was is nowhere in the clear')

  // Let go: what was brought is taken back, and nothing is erased.
  const held = await h.run(async ctx => (await enrollment.activeOf(ctx, [id])).get(id)?.id ?? '')
  assert.deepEqual((await h.http('DELETE', `/api/v1/enrollments/${held}`, { as: admin })).body, { state: 'asked' })
  await call()
  const left = await device.show()
  assert.deepEqual([left.enrolled, left.os.left, left.os.wifi], [false, true, {}])
  assert.deepEqual([left.os.set['turn:camera'], (await effects('erase')).length], [undefined, 0])
  assert.equal((await body(`/devices/${id}`)).state, 'ended')
})

for (const when of ['before', 'after'] as const)
  test(`a device that dies right ${when} an effect does not have it twice`, { skip }, async t => {
    const stood = await stage(t)
    assert.equal(await locksAfterDeath(stood, when === 'after'), when === 'after' ? 1 : 0)
    const { body } = await stood.h.http('GET', `/api/v1/devices/${stood.id}/commands`, { as: stood.admin })
    assert.deepEqual(
      body.items.map((c: { kind: string; state: string }) => `${c.kind} ${c.state}`),
      ['lock failed', 'inventory.query done'],
    )
  })

test('a journal that is written after the effect lets it happen twice: the tests above can fail', { skip }, async t => {
  const stood = await stage(t, { options: ['--journal-late'] })
  assert.equal(await locksAfterDeath(stood, true), 2)
})

/** Kills the device at that point of a lock, starts it again and lets it call; answers how often it was locked. */
async function locksAfterDeath({ h, device, id }: Stage, after: boolean): Promise<number> {
  await device.act('hold', { verb: 'lock', after })
  await h.run(ctx => commands.send(ctx, { device: id, kind: 'lock', args: {} }))
  void device.act('contact').catch(() => undefined)
  await device.until('the effect', shown => shown.held)
  await device.kill()
  await device.start()
  // The server asks again for what was never answered.
  h.pass(3_600_000)
  await device.act('contact')
  await device.act('contact')
  const shown = await device.show()
  return shown.os.effects.filter(e => e.verb === 'lock').length
}
