import assert from 'node:assert/strict'
import { says, scene, t } from './scene.ts'
import { until } from './stage.ts'

scene('a policy that lacks a value leads from home to the devices, what to do, and what happened', {}, async s => {
  const { page, stage } = s
  const unit = stage.units.sv
  const value = { ssid: 'Lockers', security: 'wpa2', password: { $var: 'user.attribute.locker' } }
  const made = await stage.call('POST', '/policies', { kind: 'wifi', name: 'Locker room', unit, value })
  const { id } = made.policy as { id: string }
  const held = await stage.call('POST', '/blueprints', { name: 'Locker rooms', unit, items: [id] })
  const blueprint = (held.blueprint as { id: string }).id
  await stage.call('POST', `/blueprints/${blueprint}/assignments`, { unit })
  try {
    const count = async (filter: string) =>
      Number((await stage.call('GET', `/devices/counts?filter=${encodeURIComponent(filter)}`)).total)
    const here = await count('unit:Stockholm state:active')
    // Devices are computed one page after the other.
    await until(
      async () => here > 0 && (await count('policy:failed unit:Stockholm')) === here,
      20_000,
      () => 'no device lacked the value',
    )
    const failed = await count('policy:failed')
    await page.goto('/')
    const title = t('decision.policies-failed.title', { count: failed })
    await page.getByRole('heading', { name: title }).getByRole('link').click()
    await page
      .getByRole('button', { name: `${t('device.col.policy')} ${t('device.policy.failed')}`, exact: true })
      .waitFor()
    const rows = page.locator('tbody tr a.row-link')
    await rows.first().waitFor()
    assert.equal(await rows.count(), failed)
    await rows.first().click()
    await says(page, /One policy lacks a value\./)
    await page.getByRole('link', { name: 'See which' }).click()
    await says(page, /user\.attribute\.locker/)
    await page.getByRole('tab', { name: t('device.tab.timeline') }).click()
    await page.getByRole('button', { name: t('timeline.policies'), exact: true }).click()
    await says(page, 'Locker room')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('locker')
    await page.getByRole('option', { name: 'Locker rooms' }).waitFor()
    await page.getByRole('option', { name: /Locker room Wi-Fi/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Locker room' }).waitFor()
  } finally {
    await stage.call('DELETE', `/blueprints/${blueprint}?confirm=true`).catch(() => undefined)
  }
})
