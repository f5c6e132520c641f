import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startWeb } from '@muster/simulator/outside/web/web.ts'
import * as escrow from '../../../areas/escrow/index.ts'
import { house } from '../../../testing/house.ts'

test('Activation Lock is lifted by the bypass code and the certificate Apple knows us by; a refusal keeps its words', async t => {
  const codes = new Map([['C02AAAAAA1', '000H4-0R40M-30F2-0918-5HR3-8F1W']])
  const apple = await startWeb(({ method, query, body, client }) => {
    const form = new URLSearchParams(Buffer.from(body).toString('utf8'))
    if (client === null) return { status: 403, body: 'no certificate' }
    const right = codes.get(query.get('serial') ?? '') === form.get('escrowKey') && form.get('orgName') === 'Havsten'
    return method === 'POST' && right ? { body: {} } : { status: 404, body: 'no such lock' }
  })
  const folder = mkdtempSync(join(tmpdir(), 'muster-unlock-'))
  writeFileSync(join(folder, 'ca.pem'), apple.ca)
  t.after(async () => {
    await apple.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const h = await house(t, {
    MUSTER_UNLOCK_URL: `${apple.url}/deviceservicesworkers/escrowKeyUnlock`,
    MUSTER_OUTSIDE_CA: join(folder, 'ca.pem'),
  })
  const admin = await h.given.admin({ passkey: true })
  const { device } = await h.given.enrolled({ serial: 'C02AAAAAA1', facts: { 'identity.supervised': true } })
  const url = `/api/v1/devices/${device.id}/activation-lock`
  const lift = (confirm = 'C02AAAAAA1') =>
    h.http('POST', `${url}/lift`, {
      headers: { cookie: admin.cookie, 'sec-fetch-site': 'same-origin' },
      body: { confirm },
    })
  assert.equal((await lift()).body.code, 'step-up.needed')
  await h.given.stepUp(admin)
  assert.equal((await lift('another')).body.code, 'command.confirm-differs')
  assert.equal((await lift()).body.code, 'secret.none')
  const keep = (value: string) =>
    h.run(ctx => escrow.keep(ctx, { device: device.id, kind: 'activation-lock', value, state: 'current' }))
  await keep('ZZZZZ-ZZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZW')
  assert.equal((await lift()).body.code, 'escrow.no-certificate')
  await h.given.pushCertificate()
  assert.equal((await lift()).status, 202)
  await h.settle()
  const refused = await h.http('GET', url, { as: admin.key })
  assert.deepEqual([refused.body.state, refused.body.answer], ['refused', '404 no such lock'])
  await keep(codes.get('C02AAAAAA1') ?? '')
  const cut = apple.trouble({ cut: 'before', times: 1 })
  assert.equal((await lift()).status, 202)
  await h.settle()
  cut()
  h.pass(3_600_000)
  await h.settle()
  assert.equal((await h.http('GET', url, { as: admin.key })).body.state, 'lifted')
  assert.ok(apple.heard.every(one => one.client !== null))
  assert.equal((await h.events()).filter(e => e === 'activation-lock.lifted').length, 4)
})
