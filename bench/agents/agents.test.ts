import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { newCrowd } from '../../simulator/agent/crowd.ts'
import * as guard from '../../server/areas/guard/index.ts'
import * as push from '../../server/areas/push/index.ts'
import { givenAgents } from '../../server/testing/given-agents.ts'
import { listening } from '../../server/testing/listening.ts'
import { root } from '../../tools/run.ts'
import { widest } from './limits.ts'
import { freePort } from '../../tools/ports.ts'
import { until } from '../../tools/until.ts'

const many = 50

test('fifty agents of one process that are locked all at once each lock once, on the line and waiting', async t => {
  const line = `mqtt://127.0.0.1:${await freePort()}`
  const h = await listening(t, { MUSTER_MQTT_LISTEN: line, MUSTER_MQTT_URL: line })
  const broker = await push.startBroker(h.base, h.base.config.mqtt?.listen ?? [], null)
  t.after(() => broker.close())
  const settled = new Map<string, number>()
  const crowd = newCrowd({
    url: h.url,
    settled: ({ agent }, orders) => {
      const { device = '' } = agent.state.enrolled ?? {}
      settled.set(device, (settled.get(device) ?? 0) + orders.length)
    },
  })
  t.after(() => crowd.close())
  await crowd.enroll(await givenAgents(h).agentInvitation(), many)
  await h.run(ctx => guard.carryOutLimits(ctx, { ...guard.defaultLimits, disruptivePerQuarter: widest }))
  const { key } = await h.given.admin()
  await h.settle()

  for (const [round, way] of (['mqtt', 'wait'] as const).entries()) {
    await crowd.listen(way)
    await until('all listen', () => (way === 'mqtt' ? broker.connected() : push.waitingNow(h.base.secrets)) === many)
    const before = crowd.members.map(m => m.woken)
    settled.clear()
    const body = { kind: 'lock', filter: 'state:active', confirm: many }
    const made = await h.http('POST', '/api/v1/command-batches', { as: key, body })
    assert.equal(made.status, 201)
    await h.settle()
    await until('all have locked', () => settled.size === many)
    await h.settle()
    assert.deepEqual(new Set(crowd.members.map(lockedHow)), new Set([round + 1]))
    assert.ok(crowd.members.every((m, i) => m.woken > (before[i] ?? 0)))
    const { id } = made.body as { id: string }
    const batch = await h.http('GET', `/api/v1/command-batches/${id}`, { as: key })
    assert.partialDeepStrictEqual(batch.body, { state: 'done', sent: many, held: 0, commands: { done: many } })
  }
  // No result came twice.
  assert.ok(!(await h.events()).includes('command.ignored'))
})

test('the command line enrolls Androids by the link of an invitation, keeps them calling, and says what is missing', async t => {
  const h = await listening(t)
  const said = async (...words: string[]): Promise<{ code: number | null; output: string }> => {
    const child = spawn(process.execPath, ['simulator/main.ts', 'agent', ...words], { cwd: root })
    t.after(() => child.kill('SIGKILL'))
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', part => {
        output += String(part)
        // They would live on until they are stopped.
        if (/[1-9] of \d devices are enrolled/.test(output)) child.kill('SIGTERM')
      })
    const [code] = (await once(child, 'exit')) as [number | null]
    return { code, output }
  }
  const invitation = `${h.url}/enroll/${await givenAgents(h).agentInvitation()}`
  const [fine, none, wrong] = await Promise.all([
    said('--invitation', invitation, '--count', '2'),
    said(),
    said('--invitation', invitation, '--count', '1', '--mode', 'work-profile'),
  ])
  assert.deepEqual([fine.code, fine.output.match(/^enrolled /gm)?.length], [0, 2])
  assert.match(none.output, /--invitation is missing/)
  assert.equal(none.code, 2)
  assert.match(wrong.output, /FAILED .*agent\.mode/)
  assert.equal(wrong.code, 1)
})

function lockedHow({ agent }: { agent: { phone: { done: readonly { kind: string }[] } } }): number {
  return agent.phone.done.filter(o => o.kind === 'lock').length
}
