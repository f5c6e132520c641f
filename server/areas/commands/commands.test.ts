import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import * as commands from './index.ts'
import { idOf, uuidOf } from './uuid.ts'

test('a command is queued, handed out, and ends once', async t => {
  const h = await house(t)
  const { device, enrollment } = await h.given.enrolled({ platform: 'macos', modelName: 'MacBook Air' })
  const channel = { enrollment, account: '' } as const
  const id = await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'lock', args: { message: 'Ring IT' } }))
  const handed = await h.run(ctx => commands.next(ctx, { ...channel, after: 'contact' }))
  assert.equal(handed?.id, id)
  assert.equal(handed.uuid, uuidOf(id))
  assert.match(String(handed.args.pin), /^\d{6}$/)
  assert.equal(idOf(handed.uuid.toUpperCase()), id)
  const again = await h.run(ctx => commands.next(ctx, { ...channel, after: 'contact' }))
  assert.deepEqual(again?.args, handed.args)
  const answer = { ...channel, uuid: handed.uuid, status: 'done', result: {} } as const
  assert.equal(await h.run(ctx => commands.answered(ctx, answer)), 'done')
  assert.equal(await h.run(ctx => commands.answered(ctx, answer)), 'ignored')
  assert.equal(await h.run(ctx => commands.next(ctx, { ...channel, after: 'answer' })), null)
  const types = await h.events()
  assert.deepEqual(
    types.filter(e => e.startsWith('command.') || e.startsWith('answer.')),
    ['command.queued', 'command.sent', 'command.sent', 'command.done', 'answer.ignored'],
  )
})
