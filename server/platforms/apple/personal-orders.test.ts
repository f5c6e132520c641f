import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encode } from '@muster/wire/plist/plist.ts'
import * as commands from '../../areas/commands/index.ts'
import * as devices from '../../areas/devices/index.ts'
import { house } from '../../testing/house.ts'

const erase = { RequestType: 'EraseDevice' }

test('a device of somebody is erased by nobody, through no door', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { device } = await h.given.enrolled({ ownership: 'personal' })
  const { device: work } = await h.given.enrolled({ ownership: 'company', enrollmentKind: 'user-enrollment' })
  const confirm = (of: { name: string }) => of.name
  const send = async (of: { id: string; name: string }, kind: string, args: object) => {
    const { status, body } = await h.http('POST', `/api/v1/devices/${of.id}/commands`, {
      as: key,
      body: { kind, args },
    })
    return [status, body.code]
  }
  for (const one of [device, work]) {
    const codes = [
      await send(one, 'wipe', { confirm: confirm(one) }),
      await send(one, 'apple.raw', { command: erase, confirm: confirm(one) }),
      await send(one, 'apple.raw', { command: Buffer.from(encode(erase)).toString(), confirm: confirm(one) }),
      await send(one, 'apple.raw', { command: { RequestType: 'DeviceLocation' } }),
      await send(one, 'apple.raw', { command: { RequestType: 'ClearPasscode' } }),
      await send(one, 'apple.raw', { command: { RequestType: 'InstalledApplicationList' } }),
      await send(one, 'apple.raw', { command: { RequestType: 'DeviceInformation', Queries: ['PhoneNumber'] } }),
    ]
    for (const [status, code] of codes) {
      assert.equal(status, 409)
      assert.match(String(code), /^(privacy\.(forbids|not-collected)|command\.(personal-device|user-enrollment))$/)
    }
  }
  const none = await h.run(({ tx }) => tx.selectFrom('commands').select('id').where('wipes', '=', 1).execute())
  assert.deepEqual(none, [])
})

test('an order to erase that waits, whoever gave it and however it was said, does not leave once the device is somebody’s own', async t => {
  const h = await house(t)
  const orders: [string, object][] = [
    ['wipe', {}],
    ['apple.raw', { command: erase }],
    ['apple.raw', { command: { RequestType: 'ClearPasscode', UnlockToken: { $data: 'AA==' } } }],
  ]
  for (const [kind, args] of orders) {
    const { device, enrollment } = await h.given.enrolled()
    const id = await h.run(ctx =>
      commands.send(ctx, {
        device: device.id,
        kind,
        args: {
          ...args,
          ...('command' in args && (args.command as { RequestType: string }).RequestType !== 'EraseDevice'
            ? {}
            : { confirm: device.name }),
        },
      }),
    )
    await h.run(ctx => devices.change(ctx, device.id, { ownership: 'personal' }))
    const next = await h.run(ctx => commands.next(ctx, { enrollment, account: '', after: 'contact' }))
    assert.equal(next, null, `${kind} left`)
    const row = await h.run(({ tx }) =>
      tx.selectFrom('commands').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    )
    assert.equal(row.state, 'failed')
    assert.match(String(row.end_reason), /^(privacy\.forbids|command\.personal-device)$/)
  }
  // The same orders for a device that stays the company's do leave.
  const { device, enrollment } = await h.given.enrolled()
  await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'wipe', args: { confirm: device.name } }))
  assert.equal(
    (await h.run(ctx => commands.next(ctx, { enrollment, account: '', after: 'contact' })))?.kind.kind,
    'wipe',
  )
})
