import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { readReport } from '@muster/wire/apple/result.ts'
import { type Dict, decode, dict, encode, str } from '@muster/wire/plist/plist.ts'
import * as commands from '../../areas/commands/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as push from '../../areas/push/index.ts'
import { type House, house } from '../../testing/house.ts'
import { type Id, newId } from '../../base/id.ts'
import type { Pinned } from './pinned.ts'
import * as session from './session.ts'

interface Line {
  h: House
  pinned: Pinned
  device: string
  send(kind: string, args?: object): Promise<Id<'command'>>
  /** Reports and returns the RequestType and the id of the next command. */
  say(status: string, keys?: Dict): Promise<{ type: string; uuid: string; command: Dict } | null>
  bytes(raw: Uint8Array): Promise<Uint8Array | null>
  state(command: string): Promise<{ state: string; error: string | null; result: string | null; raw: boolean }>
}

async function line(t: TestContext, given: Parameters<House['given']['enrolled']>[0] = {}): Promise<Line> {
  const h = await house(t)
  const { device, enrollment } = await h.given.enrolled({ platform: 'macos', modelName: 'iMac', ...given })
  const { id } = device
  const pinned: Pinned = {
    org: h.org,
    enrollment,
    device: id,
    account: '',
    kind: 'device',
    leaving: false,
    settingUp: false,
  }
  const bytes = (raw: Uint8Array) => h.run(ctx => session.report(ctx, pinned, readReport(raw)))
  return {
    h,
    pinned,
    device: id,
    bytes,
    send: (kind, args) => h.run(ctx => commands.send(ctx, { device: id, kind, args })),
    say: async (status, keys = {}) => {
      const next = await bytes(encode({ Status: status, UDID: device.udid ?? '', ...keys }))
      if (next === null) return null
      const body = dict(decode(next))
      const command = dict(body.Command)
      return { type: str(command, 'RequestType') ?? '', uuid: str(body, 'CommandUUID') ?? '', command }
    },
    state: async command => {
      const row = await h.run(ctx =>
        ctx.tx.selectFrom('commands').selectAll().where('id', '=', command).executeTakeFirstOrThrow(),
      )
      return { state: row.state, error: row.error, result: row.result, raw: row.result_raw !== null }
    },
  }
}

test('one connection carries the whole queue, and what is sent meanwhile goes along', async t => {
  const l = await line(t)
  await l.send('restart')
  const one = await l.say('Idle')
  assert.equal(one?.type, 'RestartDevice')
  await l.send('shutdown')
  await l.send('lock')
  const two = await l.say('Acknowledged', { CommandUUID: one?.uuid ?? '' })
  assert.equal(two?.type, 'DeviceLock', 'locking goes first')
  const three = await l.say('Acknowledged', { CommandUUID: two?.uuid ?? '' })
  assert.equal(three?.type, 'ShutDownDevice')
  assert.equal(await l.say('Acknowledged', { CommandUUID: three?.uuid ?? '' }), null)
})

test('after NotNow what was deferred rests until the device calls again, and those behind it get their turn', async t => {
  const l = await line(t)
  const [a, b, c] = [await l.send('restart'), await l.send('shutdown'), await l.send('settings', { hostName: 'x' })]
  const first = await l.say('Idle')
  const second = await l.say('NotNow', { CommandUUID: first?.uuid ?? '' })
  assert.equal(second?.type, 'ShutDownDevice')
  const third = await l.say('NotNow', { CommandUUID: second?.uuid ?? '' })
  assert.equal(third?.type, 'Settings')
  assert.equal(await l.say('NotNow', { CommandUUID: third?.uuid ?? '' }), null, 'all deferred: the connection ends')
  l.h.pass(1000)
  const again = await l.say('Idle')
  assert.equal(again?.type, 'RestartDevice')
  l.h.pass(1000)
  assert.equal(await l.say('NotNow', { CommandUUID: again?.uuid ?? '' }), null)
  l.h.pass(1000)
  const other = await l.say('Idle')
  assert.equal(other?.type, 'ShutDownDevice', 'the one that always says NotNow does not starve the next')
  assert.deepEqual(
    [(await l.state(a)).state, (await l.state(b)).state, (await l.state(c)).state],
    ['queued', 'sent', 'queued'],
  )
})

test('an answer after NotNow makes the server wake the device later', async t => {
  const l = await line(t)
  await l.h.given.wakeAddress({ topic: 'com.apple.mgmt.x', enrollment: l.pinned.enrollment })
  await l.send('restart')
  const first = await l.say('Idle')
  await l.send('security.query')
  const second = await l.say('NotNow', { CommandUUID: first?.uuid ?? '' })
  assert.equal(await l.say('Acknowledged', { CommandUUID: second?.uuid ?? '' }), null)
  await l.h.run(ctx => push.contacted(ctx, l.pinned.enrollment))
  const wanted = async () => (await l.h.run(ctx => push.stateOf(ctx, l.pinned.enrollment))).wantedAt
  assert.equal(await wanted(), null)
  l.h.pass(5 * 60_000 + 1)
  await l.h.settle()
  assert.equal(await wanted(), l.h.now())
})

test('a lost reply makes the same command come again; its answer counts once', async t => {
  const l = await line(t)
  const id = await l.send('restart')
  const first = await l.say('Idle')
  const again = await l.say('Idle')
  assert.equal(again?.uuid, first?.uuid)
  assert.equal(await l.say('Acknowledged', { CommandUUID: first?.uuid ?? '' }), null)
  assert.equal(await l.say('Acknowledged', { CommandUUID: first?.uuid ?? '' }), null)
  assert.equal(await l.say('Error', { CommandUUID: first?.uuid ?? '' }), null)
  assert.equal((await l.state(id)).state, 'done')
  const types = await l.h.events()
  assert.equal(types.filter(e => e === 'command.done').length, 1)
  assert.equal(types.filter(e => e === 'answer.ignored').length, 2)
})

test('answers to what was never asked, or was asked of another device, change nothing', async t => {
  const l = await line(t)
  const { device: other, enrollment } = await l.h.given.enrolled({ platform: 'macos' })
  const foreign = await l.h.run(ctx => commands.send(ctx, { device: other.id, kind: 'restart' }))
  await l.h.run(ctx => commands.next(ctx, { enrollment, account: '', after: 'contact' }))
  const never = await l.send('shutdown')
  for (const uuid of ['not-a-uuid', 'A'.repeat(300), commands.uuidOf(foreign)]) {
    const next = await l.say('Acknowledged', { CommandUUID: uuid })
    assert.equal(next?.type, 'ShutDownDevice', 'the queue goes on')
  }
  assert.equal((await l.state(foreign)).state, 'sent')
  const unsent = await l.send('restart')
  await l.say('Acknowledged', { CommandUUID: commands.uuidOf(unsent) })
  assert.deepEqual([(await l.state(never)).state, (await l.state(unsent)).state], ['sent', 'queued'])
})

test('an answer that cannot be read ends its command and not the queue', async t => {
  const l = await line(t)
  const [a, b, c] = [await l.send('restart'), await l.send('shutdown'), await l.send('device.query')]
  const one = await l.say('Idle')
  const broken = encode({ Status: 'Acknowledged', CommandUUID: one?.uuid ?? '', UDID: 'x' }).slice(0, -12)
  const two = dict(decode((await l.bytes(broken)) ?? new Uint8Array()))
  assert.equal(str(dict(two.Command), 'RequestType'), 'ShutDownDevice')
  assert.partialDeepStrictEqual(await l.state(a), { state: 'done', raw: true })
  const three = dict(
    decode((await l.bytes(Buffer.from('<key>Status</key><string>Error</string>'))) ?? new Uint8Array()),
  )
  assert.equal(str(dict(three.Command), 'RequestType'), 'DeviceInformation')
  assert.partialDeepStrictEqual(await l.state(b), { state: 'failed', raw: true })
  const nonsense = { CommandUUID: commands.uuidOf(c), QueryResponses: ['what?'] }
  assert.equal(await l.say('Acknowledged', nonsense), null)
  assert.match((await l.state(c)).error ?? '', /result\.undecodable/)
})

test('errors are explained; a mistake of ours is named as such', async t => {
  const l = await line(t)
  const [a, b, c] = [
    await l.send('restart'),
    await l.send('profile.remove', { identifier: 'gone' }),
    await l.send('shutdown'),
  ]
  const chain = (ErrorDomain: string, ErrorCode: number) => [{ ErrorDomain, ErrorCode, USEnglishDescription: 'No.' }]
  const one = await l.say('Idle')
  const two = await l.say('Error', { CommandUUID: one?.uuid ?? '', ErrorChain: chain('MCMDMErrorDomain', 12021) })
  assert.deepEqual(JSON.parse((await l.state(a)).error ?? ''), {
    code: 12021,
    domain: 'MCMDMErrorDomain',
    message: 'No.',
    explained: 'apple.unsupported',
  })
  const three = await l.say('Error', { CommandUUID: two?.uuid ?? '', ErrorChain: chain('MDMClientError', 89) })
  assert.equal((await l.state(b)).state, 'done', 'what is not there is removed')
  await l.say('CommandFormatError', { CommandUUID: three?.uuid ?? '' })
  assert.match((await l.state(c)).error ?? '', /apple\.command-malformed/)
})

test('a setting the device refused makes the command fail, although it was acknowledged', async t => {
  const l = await line(t)
  const id = await l.send('settings', { hostName: 'a', deviceName: 'b' })
  const one = await l.say('Idle')
  const Settings = [
    { Item: 'HostName', Status: 'Acknowledged' },
    { Item: 'DeviceName', Status: 'Error', ErrorChain: [{ ErrorDomain: 'X', ErrorCode: 1 }] },
  ]
  await l.say('Acknowledged', { CommandUUID: one?.uuid ?? '', Settings })
  const { state, error } = await l.state(id)
  assert.deepEqual([state, JSON.parse(error ?? '').message], ['failed', 'DeviceName'])
})

test('what a device tells about itself becomes facts, lists and raw answers, and no secret is kept', async t => {
  const l = await line(t)
  await l.h.run(ctx => session.welcome(ctx, l.pinned))
  const answers: Record<string, Dict> = {
    DeviceInformation: {
      QueryResponses: {
        DeviceName: 'Åsas Mac',
        OSVersion: '15.2',
        IsSupervised: true,
        BatteryLevel: 0.5,
        PushToken: new Uint8Array([9]),
      },
    },
    SecurityInfo: { SecurityInfo: { FDE_Enabled: true, FDE_PersonalRecoveryKeyCMS: new Uint8Array([7, 7, 7]) } },
    InstalledApplicationList: { InstalledApplicationList: [{ Identifier: 'a.b', Name: 'App', Version: '1' }] },
    ProfileList: { ProfileList: [{ PayloadIdentifier: 'com.x', PayloadUUID: 'U' }] },
    CertificateList: { CertificateList: [] },
  }
  const asked: string[] = []
  for (let next = await l.say('Idle'); next !== null; ) {
    asked.push(next.type)
    next = await l.say('Acknowledged', { CommandUUID: next.uuid, ...answers[next.type] })
    if (next === null) {
      // What it said makes others ask more.
      await l.h.settle()
      next = await l.say('Idle')
    }
  }
  // What other rooms ask for themselves: bypass code, updates, managed apps, and the recovery key, which comes by a question of its own.
  const others = ['ActivationLockBypassCode', 'AvailableOSUpdates', 'ManagedApplicationList', 'SecurityInfo']
  assert.deepEqual(asked.sort(), [...Object.keys(answers), ...others].sort())
  const [device, facts, apps, raw] = await l.h.run(async ctx => [
    await devices.get(ctx, l.device),
    await devices.factRecord(ctx, l.device),
    await devices.listOf(ctx, l.device, 'apps'),
    await devices.reportsOf(ctx, l.device),
  ])
  assert.partialDeepStrictEqual(device, { name: 'Åsas Mac', osVersion: '15.2', supervised: true, waiting: 0 })
  assert.partialDeepStrictEqual(facts, { 'battery.level': 0.5, 'security.encrypted': true, 'other.apps': 1 })
  assert.partialDeepStrictEqual(apps?.value as object[], [{ identifier: 'a.b', name: 'App' }])
  assert.deepEqual(raw.map(r => r.source).sort(), [...Object.keys(answers), 'AvailableOSUpdates'].sort())
  const rows = await l.h.run(ctx => ctx.tx.selectFrom('commands').select('result').execute())
  assert.ok(!JSON.stringify([rows, raw, facts]).includes('Bwc'), 'the recovery key is nowhere')
  const types = await l.h.events()
  assert.equal(types.filter(e => e.startsWith('command.')).length, 0, 'routine leaves no events')
})

test('an account has a queue of its own, and its NotNow holds nothing else up', async t => {
  const l = await line(t)
  const account = await l.h.run(async ctx => {
    const names = { shortName: 'hanako', longName: null, present: true }
    const held = { id: l.pinned.enrollment, device: l.pinned.device }
    return (await enrollment.join(ctx, held, { kind: 'mac', accountKey: 'H', ...names })).account.id
  })
  const [own, theirs] = [
    { enrollment: l.pinned.enrollment, account: '' },
    { enrollment: l.pinned.enrollment, account },
  ] as const
  const send = (kind: string, to?: Id<'account'>) =>
    l.h.run(ctx => commands.send(ctx, { device: l.device, kind, ...(to ? { account: to } : {}) }))
  const [shared, alone] = [await send('security.query', account), await send('restart')]
  const next = (channel: typeof own | typeof theirs) =>
    l.h.run(ctx => commands.next(ctx, { ...channel, after: 'contact' }))
  assert.equal((await next(theirs))?.id, shared)
  const stolen = { ...own, uuid: commands.uuidOf(shared), status: 'done' } as const
  assert.equal(
    await l.h.run(ctx => commands.answered(ctx, stolen)),
    'ignored',
    'the device does not answer for its account',
  )
  const later = { ...theirs, uuid: commands.uuidOf(shared), status: 'deferred' } as const
  assert.equal(await l.h.run(ctx => commands.answered(ctx, later)), 'deferred')
  assert.equal((await next(own))?.id, alone)
  await assert.rejects(send('lock', account), { code: 'command.channel' })
  const stranger = newId('account')
  await assert.rejects(send('security.query', stranger), { code: 'id.unknown' })
  await l.h.run(ctx => commands.cancelAll(ctx, l.pinned.enrollment, 'account.left', account))
  assert.deepEqual([(await l.state(shared)).state, (await l.state(alone)).state], ['canceled', 'sent'])
})

test('twenty calls at once hand out one command, and twenty answers at once end it once', async t => {
  const l = await line(t)
  const id = await l.send('restart')
  const twenty = <T>(what: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, what))
  const handed = await twenty(() => l.say('Idle'))
  assert.deepEqual(new Set(handed.map(n => n?.uuid)), new Set([commands.uuidOf(id)]))
  await twenty(() => l.say('Acknowledged', { CommandUUID: commands.uuidOf(id) }))
  const types = await l.h.events()
  assert.equal(types.filter(e => e === 'command.done').length, 1)
  assert.equal((await l.h.run(ctx => devices.get(ctx, l.device))).waiting, 0)
})

test('orders sent at once keep an order of their own, without a gap', async t => {
  const l = await line(t)
  const ids = await Promise.all(Array.from({ length: 15 }, () => l.send('restart')))
  const rows = await l.h.run(ctx => ctx.tx.selectFrom('commands').select(['id', 'seq']).orderBy('seq').execute())
  assert.deepEqual(
    rows.map(r => r.seq),
    Array.from({ length: 15 }, (_, i) => i + 1),
  )
  for (const { id } of rows) {
    const next = await l.say('Idle')
    assert.equal(next?.uuid, commands.uuidOf(id))
    await l.h.run(ctx =>
      commands.answered(ctx, {
        enrollment: l.pinned.enrollment,
        account: '',
        uuid: next?.uuid ?? '',
        status: 'done',
        result: {},
      }),
    )
  }
  assert.equal(new Set(ids).size, 15)
})
