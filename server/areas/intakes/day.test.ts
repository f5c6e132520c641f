import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Id } from '../../base/id.ts'
import { type House, house } from '../../testing/house.ts'
import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import { note, planOf } from '../reconcile/index.ts'

interface Line {
  serial: string
  state: string
  cause: string | null
  facts: Record<string, unknown>
  device: { id: string } | null
}

async function planned(h: House, key: string, serials: readonly string[], more: object = {}): Promise<string> {
  const body = {
    name: 'April',
    day: '2026-11-21',
    unit: h.root.id,
    ...more,
    source: { kind: 'list', lines: serials.map(serial => (typeof serial === 'string' ? { serial } : serial)) },
  }
  const made = await h.http('POST', '/api/v1/intakes', { as: key, body })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body.id
}

async function page(h: House, key: string, id: string) {
  const { body } = await h.http('GET', `/api/v1/intakes/${id}`, { as: key })
  const { body: rows } = await h.http('GET', `/api/v1/intakes/${id}/devices`, { as: key })
  return { ...body, rows: rows.items as Line[] }
}

/** A device of this serial number begins to enroll by an invitation of the top unit. */
async function arrives(h: House, serial: string): Promise<{ device: string; enrollment: Id<'enrollment'> }> {
  return h.run(async ctx => {
    const { invitation } = await enrollment.invite(ctx, {
      platform: 'apple',
      name: null,
      unit: h.root.id,
      user: null,
      ownership: 'company',
      accessRights: 8191,
      uses: 1,
      expiresInHours: 1,
    })
    const arrival = await enrollment.arrive(ctx, invitation)
    const udid = `00008120-${serial}`
    const begun = await enrollment.begin(ctx, {
      platform: 'apple',
      identityKey: udid,
      kind: 'device',
      arrival: arrival.id,
      device: {
        platform: 'ios',
        identifiers: [
          { kind: 'udid', value: udid },
          { kind: 'serial', value: serial },
        ],
      },
    })
    return { device: begun.enrollment.device, enrollment: begun.enrollment.id }
  })
}

/** What happened is seen, and what that makes happen. */
async function seen(h: House): Promise<void> {
  for (let round = 0; round < 4; round += 1) await h.settle()
}

async function network(h: House): Promise<string> {
  const policy = await h.given.policy({ kind: 'test.network', name: 'Havsten Wi-Fi', value: { ssid: 'Havsten' } })
  return (await h.given.blueprint({ name: 'New iPads', items: [policy.id] })).id
}

/** The device takes everything that is planned for it, or says that it cannot. */
async function installs(h: House, of: string, code: string | null = null): Promise<void> {
  const channel = { enrollment: of, account: '' }
  await h.run(async ctx => {
    for (const { item, version } of await planOf(ctx, of)) {
      if (version === null) continue
      await note(ctx, channel, item, { did: 'sent', version })
      if (code === null) await note(ctx, channel, item, { did: 'installed', version })
      else await note(ctx, channel, item, { did: 'failed', version, error: { code }, final: true })
    }
  })
}

test('a device that comes gets what its line says and the blueprint of its batch, and goes from unboxed to ready', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  await h.given.pushCertificate()
  const sales = await h.given.unit({ name: 'Sales' })
  const user = await h.given.user({ email: 'mia@havsten.test', displayName: 'Mia Ek' })
  const blueprint = await network(h)
  const line = { serial: 'DMPK1234AB', assetTag: 'A-1', person: 'mia@havsten.test', place: 'Sales' }
  const id = await planned(h, key, [line as never, 'DMPK1234AC'], { blueprint })
  await h.settle()
  assert.equal((await page(h, key, id)).checks.find((c: { code: string }) => c.code === 'blueprint').facts.items, 1)
  const { device, enrollment: of } = await arrives(h, 'DMPK1234AB')
  const known = await h.run(ctx => devices.get(ctx, device))
  assert.deepEqual([known.unit, known.user, known.assetTag], [sales.id, user.id, 'A-1'])
  await seen(h)
  const begun = await page(h, key, id)
  assert.deepEqual([begun.state, begun.counts.enrolled, begun.counts.expected], ['open', 1, 1])
  await h.run(ctx => enrollment.activate(ctx, of))
  await seen(h)
  assert.deepEqual([(await page(h, key, id)).rows[0]?.state], ['configuring'])
  await installs(h, of)
  await seen(h)
  const done = await page(h, key, id)
  assert.deepEqual([done.rows[0]?.state, done.counts.ready, done.counts.configuring], ['ready', 1, 0])
  assert.deepEqual((await h.events()).filter(e => e === 'intake.opened' || e === 'intake.stepped').length, 4)
})

test('a device that says nothing is named as stuck with its cause in less than two minutes, and goes on when it speaks', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const blueprint = await network(h)
  const id = await planned(h, key, ['DMPK1234AB'], { blueprint })
  const { device, enrollment: of } = await arrives(h, 'DMPK1234AB')
  await h.run(ctx => enrollment.activate(ctx, of))
  await seen(h)
  h.pass(60_000)
  await seen(h)
  assert.equal((await page(h, key, id)).rows[0]?.state, 'configuring', 'a minute is not too long')
  h.pass(50_000)
  await seen(h)
  const [row] = (await page(h, key, id)).rows
  assert.deepEqual([row?.state, row?.cause, row?.facts.waits], ['stuck', 'silent', 'Havsten Wi-Fi'])
  assert.ok((await h.events()).includes('intake.stuck'))
  devices.seen(h.base, h.org, device as Id<'device'>, h.now())
  await devices.flushSeen(h.base)
  h.pass(21_000)
  await seen(h)
  assert.equal((await page(h, key, id)).rows[0]?.state, 'configuring')
  assert.ok((await h.events()).includes('intake.freed'))
})

test('a device whose management ends is named, and closing the batch leaves it alone', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const id = await planned(h, key, ['DMPK1234AB', 'DMPK1234AC'])
  const { enrollment: of } = await arrives(h, 'DMPK1234AB')
  await h.run(ctx => enrollment.activate(ctx, of))
  await h.run(ctx => enrollment.end(ctx, of, 'left'))
  await seen(h)
  const [row] = (await page(h, key, id)).rows
  assert.deepEqual([row?.state, row?.cause], ['stuck', 'left'])
  const closed = await h.http('POST', `/api/v1/intakes/${id}/close`, { as: key, body: {} })
  assert.equal(closed.body.state, 'closed')
  await arrives(h, 'DMPK1234AC')
  await seen(h)
  assert.equal((await page(h, key, id)).rows[1]?.state, 'expected')
})
