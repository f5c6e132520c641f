import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode, dict, encode, Real } from '@muster/wire/plist/plist.ts'
import * as commands from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as escrow from '../../../areas/escrow/index.ts'
import type { Problem } from '../../../base/problem.ts'
import { house } from '../../../testing/house.ts'

type House = Awaited<ReturnType<typeof house>>
type Given = NonNullable<Parameters<House['given']['enrolled']>[0]>

/** Sends written commands to one device; answers the code of the refusal with its facts and fields, or what the device is told. */
async function desk(h: House, given: Given) {
  const { device, enrollment } = await h.given.enrolled(given)
  return async (command: unknown) => {
    try {
      const id = await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'apple.raw', args: { command } }))
      const next = await h.run(ctx => commands.next(ctx, { enrollment, account: '', after: 'contact' }))
      assert.ok(next && id)
      const told = dict(dict(decode(next.kind.encode(next.args, next.uuid), { exact: true })).Command)
      await h.run(ctx => commands.answered(ctx, { enrollment, account: '', uuid: next.uuid, status: 'done' }))
      return { told }
    } catch (problem) {
      const { code, facts, fields } = problem as Problem
      if (!code) throw problem
      return { code, facts, fields }
    }
  }
}
const phone: Given = { platform: 'ios', osVersion: '18.1', facts: { 'identity.supervised': true } }
const mac: Given = { platform: 'macos', modelName: 'Mac mini', osVersion: '15.1' }

test('a command of the catalog that is wrong is refused key by key, and nothing is queued', async t => {
  const h = await house(t)
  const send = await desk(h, phone)
  const wrong = await send({ RequestType: 'DeviceLock', Message: 7, PhoneNumber: { $var: 'user.email' } })
  assert.equal(wrong.code, 'command.raw-invalid')
  assert.deepEqual(wrong.fields, [
    { path: '/Message', message: 'type' },
    { path: '/PhoneNumber', message: 'form-misplaced' },
  ])
  const missing = await send({ RequestType: 'DeviceInformation' })
  assert.deepEqual(missing.fields, [{ path: '/Queries', message: 'missing' }])
  const plist = Buffer.from(encode({ RequestType: 'InstallProfile', Payload: 'not bytes' })).toString()
  assert.deepEqual((await send(plist)).fields, [{ path: '/Payload', message: 'type' }])
  assert.deepEqual((await send({ Command: { RequestType: 'DeviceInformation', Queries: null } })).fields, [
    { path: '/Queries', message: 'type' },
  ])
  const admin = await h.given.admin()
  const listed = await h.http('GET', '/api/v1/commands', { as: admin.key })
  assert.deepEqual(listed.body.items, [])
  assert.ok(!(await h.events()).includes('command.queued'))
})

test('what Apple has added since passes: keys, values and commands that the catalog does not know', async t => {
  const h = await house(t)
  const send = await desk(h, phone)
  const key = { RequestType: 'DeviceLock', Message: 'Hej', Glow: true }
  assert.deepEqual((await send(key)).told, key)
  const value = { RequestType: 'DeviceInformation', Queries: ['OSVersion', 'Mood'] }
  assert.deepEqual((await send(value)).told, value)
  const whole = { RequestType: 'MakeCoffee', Cups: 'two', Milk: { $data: 'AQI=' } }
  assert.deepEqual((await send(whole)).told, { ...whole, Milk: new Uint8Array([1, 2]) })
  assert.equal((await send({ RequestType: 'MakeCoffee', Cups: null })).code, 'command.raw-malformed')
})

test('a command that is too large to be handed out is refused when it is written', async t => {
  const h = await house(t)
  const send = await desk(h, phone)
  const payload = (bytes: number) => ({
    RequestType: 'InstallProfile',
    Payload: { $data: Buffer.alloc(bytes).toString('base64') },
  })
  assert.equal((await send(payload(1_200_000))).code, 'command.raw-malformed')
  assert.equal((await send(payload(300_000))).code, undefined)
})

test('JSON becomes the types of the catalog, and a property list keeps its own', async t => {
  const h = await house(t)
  const send = await desk(h, phone)
  const bytes = await send({ RequestType: 'InstallProfile', Payload: { $data: 'AQI=' } })
  assert.deepEqual(bytes.told, { RequestType: 'InstallProfile', Payload: new Uint8Array([1, 2]) })
  const item = { Item: 'AccessibilitySettings', TextSize: 4, BoldTextEnabled: false }
  const said = await send({ RequestType: 'Settings', Settings: [item] })
  assert.deepEqual(said.told, { RequestType: 'Settings', Settings: [item] })
  const real = { RequestType: 'MakeCoffee', Cups: new Real(2) }
  assert.deepEqual((await send(Buffer.from(encode(real)).toString())).told, real)
  assert.deepEqual((await send({ RequestType: 'MakeCoffee', Cups: { $real: 2 } })).told, real)
})

test('a command that is not there for this device is refused with the reason; what is not known passes', async t => {
  const h = await house(t)
  const on = async (given: Given, command: object) => {
    const { code, facts } = await (await desk(h, given))(command)
    return code ? [code, facts?.['reason']] : 'sent'
  }
  const no = (reason: string) => ['command.raw-unavailable', reason]
  const plain = { ...phone, facts: { 'identity.supervised': false } }
  assert.deepEqual(await on(phone, { RequestType: 'SetRecoveryLock', NewPassword: 'x' }), no('system'))
  assert.deepEqual(await on(mac, { RequestType: 'VerifyRecoveryLock', Password: 'x' }), 'sent')
  assert.deepEqual(
    await on(
      { ...phone, osVersion: '12.0' },
      { RequestType: 'RefreshCellularPlans', eSIMServerURL: 'https://e.example' },
    ),
    no('too-old'),
  )
  assert.deepEqual(await on(plain, { RequestType: 'RestartDevice' }), no('not-supervised'))
  assert.deepEqual(await on(phone, { RequestType: 'RestartDevice' }), 'sent')
  assert.deepEqual(await on(mac, { RequestType: 'NSExtensionMappings' }), no('user-channel-only'))
  assert.deepEqual(await on(phone, { RequestType: 'LogOutUser' }), no('needs-shared-ipad'))
  const pad = { ...phone, platform: 'ipados' as const }
  assert.deepEqual(await on(pad, { RequestType: 'LogOutUser' }), 'sent')
  const own = { ...pad, facts: { ...pad.facts, 'identity.shared': false } }
  assert.deepEqual(await on(own, { RequestType: 'LogOutUser' }), no('needs-shared-ipad'))
  // Negative control: where it is not known whether the device is supervised, nothing is refused.
  const unknown = await h.given.enrolled({ platform: 'ios' })
  const { supervised } = await h.run(ctx => devices.get(ctx, unknown.device.id))
  assert.equal(supervised, null)
  assert.deepEqual(await on({ platform: 'ios' }, { RequestType: 'RestartDevice' }), 'sent')
})

test('a password that nobody would keep cannot be set, however it is written; taking one away is no loss and is believed', async t => {
  const h = await house(t)
  const silicon = await h.given.enrolled(mac)
  const written = { RequestType: 'SetRecoveryLock', NewPassword: 'known to one' }
  const ways = [written, { Command: written }, Buffer.from(encode(written)).toString()]
  const others = [
    { RequestType: 'SetFirmwarePassword', NewPassword: 'x' },
    { RequestType: 'SetAutoAdminPassword', GUID: 'A', passwordHash: { $data: 'AQI=' } },
  ]
  const order = (command: unknown) =>
    h.run(ctx => commands.send(ctx, { device: silicon.device.id, kind: 'apple.raw', args: { command } }))
  for (const command of [...ways, ...others])
    await assert.rejects(order(command), (p: Problem) => p.code === 'command.raw-unescrowed')
  assert.ok(!(await h.events()).includes('command.queued'), 'nothing was queued')
  const { id: device } = silicon.device
  await h.run(ctx => escrow.keep(ctx, { device, kind: 'recovery-lock', value: 'kept', state: 'current' }))
  await order({ RequestType: 'SetRecoveryLock', CurrentPassword: 'kept', NewPassword: '' })
  const { enrollment } = silicon
  const next = await h.run(ctx => commands.next(ctx, { enrollment, account: '', after: 'contact' }))
  await h.run(ctx => commands.answered(ctx, { enrollment, account: '', uuid: next?.uuid ?? '', status: 'done' }))
  assert.equal(await h.run(ctx => escrow.current(ctx, device, 'recovery-lock')), undefined)
  assert.ok((await h.events()).includes('escrow.retired'))
})
