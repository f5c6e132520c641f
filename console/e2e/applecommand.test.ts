import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { axe, overflow } from './axe.ts'
import { scene, says, t } from './scene.ts'

/** What axe finds on the page as it stands, wide and narrow, light and dark; and whether it sticks out of a phone. */
async function look(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [375, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ colorScheme })
    found.push(...(await axe(page, `${width} ${colorScheme}`)), ...(await overflow(page)))
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}

scene(
  'any command of the catalog is found, filled in, asked again when dangerous, and sent',
  {},
  async ({ page, stage }) => {
    const filter = encodeURIComponent('platform:ios ownership:company state:active')
    const { items } = (await stage.call('GET', `/devices?limit=1&sort=-serial&filter=${filter}`)) as {
      items: { id: string; name: string; serial: string }[]
    }
    const [device] = items
    assert.ok(device)
    await page.goto(`/devices/${device.id}`)
    await page.getByRole('button', { name: t('device.more') }).click()
    await page.getByRole('menuitem', { name: t('apple.menu') }).click()
    const search = page.getByRole('searchbox', { name: t('apple.search') })
    await search.waitFor()
    await page.getByRole('link', { name: 'Device lock' }).waitFor()
    assert.deepEqual(await look(page), [])
    await search.fill('recovery lock')
    await page
      .getByText(t('unavailable.system', { system: 'iOS' }))
      .first()
      .waitFor()
    assert.equal(await page.locator('main table a').count(), 0, 'what it cannot take leads nowhere')
    await search.fill('devicelock')
    await page.getByRole('link', { name: 'Device lock' }).click()
    const send = page.getByRole('button', { name: t('apple.send', { name: device.name }) })
    await page.getByRole('tab', { name: t('catalog.raw') }).click()
    const raw = page.getByRole('textbox', { name: t('form.rawName') })
    await raw.fill('{"Message": 7}')
    await says(page, t('catalog.findings', { n: 1 }))
    assert.equal(await send.isDisabled(), true, 'what the server would refuse is not sent')
    await raw.fill('{"Message": "Call 555"}')
    await page.getByRole('tab', { name: t('catalog.form') }).click()
    assert.equal(await page.getByRole('textbox', { name: 'Message' }).inputValue(), 'Call 555')
    assert.deepEqual(await look(page), [])
    await page.getByLabel(t('order.reason')).fill('Found on a bench')
    await send.click()
    const dialog = page.getByRole('dialog')
    const go = dialog.getByRole('button', { name: t('apple.send', { name: device.name }) })
    assert.equal(await go.isDisabled(), true)
    await dialog.getByRole('textbox').fill(device.serial)
    await go.click()
    await page.waitForURL('**/commands/cmd_*')
    await page
      .locator('.sentence')
      .getByText(`${t('command.state.done')}.`)
      .waitFor()
    const told = [...stage.machine(device.serial).ledger.executed.values()]
    assert.ok(told.some(one => one.requestType === 'DeviceLock'))
  },
)
