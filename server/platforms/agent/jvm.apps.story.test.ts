import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { signedApk, testSigner } from '@muster/wire/android/testing/apk.ts'
import * as apps from '../../areas/apps/index.ts'
import { sendFile } from '../../testing/given-apps.ts'
import { givenHeadless } from '../../testing/given-headless.ts'
import { hasJava } from '../../testing/headless.ts'
import { listening } from '../../testing/listening.ts'

const name = 'org.havsten.shift'

test('a device in Java fetches a real package, checks its bytes and its signer, installs, updates, refuses what is not right, and takes it away', {
  skip: hasJava ? false : 'a JDK is not installed',
}, async t => {
  const h = await listening(t)
  const { device, id } = await givenHeadless(t, h, { serial: 'APPS1' })
  const admin = (await h.given.admin({ role: 'owner' })).key
  const [by, other] = [testSigner('Havsten'), testSigner('Somebody')]
  const packed = (code: number, signer = by) =>
    signedApk(
      { package: name, versionCode: code, versionName: `1.${code}`, filling: Buffer.alloc(300_000, code) },
      signer,
    )
  const upload = async (code: number, app?: string) => {
    const done = await sendFile(h, admin, packed(code), app === undefined ? {} : { app })
    assert.equal(done.state, 'done', JSON.stringify(done))
    return done
  }
  const calls = async () => {
    await h.settle()
    await device.act('contact')
    await h.settle()
  }
  const installed = async () => {
    const { os } = await device.show()
    const found = os.apps[name] as { version?: string; signer?: string; installer?: string } | undefined
    return found && [found.version, found.signer, found.installer]
  }
  const app = String((await upload(1)).app)
  const status = () => h.run(ctx => apps.findStatus(ctx, id, app))
  const { blueprint } = await h.given.assigned({
    policies: [{ kind: 'app', value: { app, presence: 'required', removable: false, config: { server: 'a' } } }],
  })
  await calls()
  assert.deepEqual(await installed(), ['1.1', by.fingerprint, 'org.muster.agent'])
  assert.partialDeepStrictEqual(await status(), { state: 'installed', version: '1.1' })
  assert.deepEqual((await device.show()).os.set[`config:${name}`], { server: 'a' })
  assert.equal((await device.show()).os.set[`keep:${name}`], true)

  await upload(2, app)
  await calls()
  assert.partialDeepStrictEqual(await status(), { state: 'installed', version: '1.2' })

  // The bytes on the server's disk are others than were uploaded.
  const { release } = await upload(3, app)
  const { blob } = await h.run(ctx => apps.getRelease(ctx, String(release)))
  const file = join(h.base.config.data, 'blobs', blob.slice(0, 2), blob.slice(2))
  const right = readFileSync(file)
  const wrong = Buffer.from(right)
  wrong[1000] = (wrong[1000] ?? 0) ^ 1
  writeFileSync(file, wrong)
  await calls()
  assert.partialDeepStrictEqual(await status(), {
    state: 'failed',
    version: '1.2',
    reason: { code: 'agent.file-other' },
  })
  assert.equal((await installed())?.[0], '1.2')
  writeFileSync(file, right)
  h.pass(10 * 60_000)
  await calls()
  assert.partialDeepStrictEqual(await status(), { state: 'installed', version: '1.3' }, 'with the right bytes it comes')

  // Whoever holds the server names the signer that is pinned, and hands out a package of somebody else.
  const foreign = packed(4, other)
  const stranger = await h.run(async ctx => {
    const last = await apps.getRelease(ctx, String(release))
    const [{ id: _, app: __, addedAt: ___, withdrawnAt: ____, ...read }, found] = [last, await apps.getApp(ctx, app)]
    const said = { version: '4', shortVersion: '1.4', blob: await h.base.blobs.put(foreign), size: foreign.length }
    return apps.addRelease(ctx, found, { ...read, ...said, bundle: name, title: name, icon: null })
  })
  await calls()
  assert.partialDeepStrictEqual(await status(), { state: 'failed', reason: { code: 'agent.signer' } })
  assert.deepEqual(await installed(), ['1.3', by.fingerprint, 'org.muster.agent'])
  await h.http('DELETE', `/api/v1/releases/${stranger.id}`, { as: admin })
  await calls()
  assert.partialDeepStrictEqual(await status(), { state: 'installed', version: '1.3' })
  const effects = (await device.show()).os.effects.filter(e => e.verb === 'install')
  assert.equal(effects.length, 3, 'nothing was installed but what was right, each once')

  await h.http('PATCH', `/api/v1/blueprints/${blueprint}`, { as: admin, body: { items: [] } })
  await calls()
  assert.equal(await installed(), undefined)
  assert.equal(await status(), undefined)
})
