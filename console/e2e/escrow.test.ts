import assert from 'node:assert/strict'
import { axe, overflow } from './axe.ts'
import { says, scene, t } from './scene.ts'
import { until } from './stage.ts'

scene(
  'the secrets of a device stand with their state and age; what opens one asks why and who is there',
  { expects: /status of (403|404|409)/ },
  async ({ page, stage }) => {
    const listed = await stage.call('GET', '/devices?filter=platform:macos%20state:active&limit=1&sort=-serial')
    const [mac] = listed.items as { id: string; name: string }[]
    assert.ok(mac, 'a Mac')
    await stage.call('POST', `/devices/${mac.id}/commands`, { kind: 'lock', args: {} })
    const pins = async () => {
      const { items } = (await stage.call('GET', `/devices/${mac.id}/secrets`)) as { items: { kind: string }[] }
      return items.some(i => i.kind === 'lock-pin')
    }
    await until(pins, 20_000, () => 'no PIN was kept')
    await page.goto(`/devices/${mac.id}?tab=security`)
    await says(page, t('escrow.kind.lock-pin'))
    await says(page, t('escrow.never'))
    await page.getByRole('button', { name: t('escrow.showNamed', { name: t('escrow.kind.lock-pin') }) }).click()
    const dialog = page.getByRole('dialog').filter({ hasText: t('security.purpose') })
    await dialog.getByLabel(t('security.purpose'), { exact: true }).fill('ticket 4711')
    await dialog.getByRole('button', { name: t('security.reveal') }).click()
    // Nobody reads it who has not shown who they are.
    await page
      .getByRole('dialog')
      .filter({ hasText: t('stepUp.title') })
      .waitFor()
    await page.keyboard.press('Escape')
    assert.deepEqual(await overflow(page), [])
  },
)

scene('which Macs nobody could open is said in one sentence, also on a phone', { width: 375 }, async ({ page }) => {
  await page.goto('/reports/keys')
  await says(page, t('escrow.missing.how'))
  assert.deepEqual(await overflow(page), [])
  assert.deepEqual(await axe(page, 'missing keys'), [])
})
