import assert from 'node:assert/strict'
import { says, scene, t } from './scene.ts'

scene('a version goes out in waves that can be held, hurried and stopped', {}, async ({ page, stage }) => {
  const unit = stage.units.ja
  const made = await stage.call('POST', '/policies', {
    kind: 'restrictions',
    name: 'Harbor floor',
    unit,
    value: { screenCapture: false },
  })
  const { id } = made.policy as { id: string }
  const holder = (await stage.call('POST', '/blueprints', { name: 'Harbor floor', unit, items: [id] })).blueprint as {
    id: string
  }
  await stage.call('POST', `/blueprints/${holder.id}/assignments`, { unit })
  const dialog = page.getByRole('dialog')
  try {
    await page.goto(`/policies/${id}`)
    await page.getByRole('switch').first().click()
    await page.getByRole('button', { name: t('editor.save', { version: 2 }) }).click()
    await dialog.getByRole('radio', { name: /^In waves/ }).check()
    await dialog.getByLabel(t('delivery.shares')).fill('50, 100')
    await dialog.getByRole('button', { name: t('save.inWaves', { version: 2 }) }).click()
    const title = t('rollout.title', { version: 2, name: 'Harbor floor' })
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await says(page, /The next wave, 100\s?%, goes out at/)
    await page.getByRole('button', { name: t('rollout.pause') }).click()
    await says(page, /waits for a person/)
    await page.getByRole('button', { name: t('rollout.resume') }).click()
    await page.getByRole('button', { name: t('rollout.advance') }).click()
    await dialog.getByRole('button', { name: t('rollout.advanceGo', { share: '100%' }) }).click()
    await says(page, /The last wave is watched until/)
    await page.getByRole('button', { name: t('rollout.stop') }).click()
    await dialog.getByRole('button', { name: t('rollout.stopGo', { from: 1 }) }).click()
    await says(page, t('rollout.is.canceled'))
    await page.goto('/policies/rollouts')
    await page.getByRole('link', { name: 'Harbor floor' }).waitFor()
  } finally {
    await stage.call('DELETE', `/blueprints/${holder.id}`).catch(() => undefined)
  }
})

scene('a draft is tried on one device for minutes, and the others keep what they have', {}, async ({ page, stage }) => {
  const made = await stage.call('POST', '/policies', {
    kind: 'restrictions',
    name: 'Pilot floor',
    unit: stage.units.fr,
    value: { screenCapture: false },
  })
  const { id } = made.policy as { id: string }
  const [device] = (await stage.call('GET', '/devices?filter=unit:Lyon state:active&limit=1')).items as {
    id: string
    name: string
    serial: string
  }[]
  assert.ok(device)
  const dialog = page.getByRole('dialog')
  await page.goto(`/policies/${id}`)
  await page.getByRole('switch').first().click()
  await page.getByRole('button', { name: t('tryOn.open') }).click()
  await dialog.getByRole('combobox', { name: t('tryOn.device') }).fill(device.serial)
  await dialog.getByRole('listbox').getByRole('option').first().click()
  await dialog.getByRole('button', { name: /^Try it for/ }).click()
  await page.getByRole('heading', { level: 1, name: device.name }).waitFor()
  const { items } = (await stage.call('GET', `/devices/${device.id}/trials`)) as {
    items: { id: string; policy: { name: string } }[]
  }
  assert.deepEqual(
    items.map(one => one.policy.name),
    ['Pilot floor'],
  )
  for (const one of items) await stage.call('DELETE', `/trials/${one.id}`)
  assert.equal((await stage.call('GET', `/policies/${id}`)).version, 1)
})
