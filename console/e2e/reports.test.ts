import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { axe } from './axe.ts'
import { says, scene, t } from './scene.ts'

async function clean(page: Page): Promise<void> {
  assert.deepEqual(await axe(page, page.url()), [])
}

scene('a report becomes a file, and a saved one waits for its hour', {}, async ({ page, stage }) => {
  await page.goto('/reports')
  const title = 'Inventory'
  await page.getByRole('button', { name: t('reports.makeOne', { name: title }) }).click()
  const dialog = page.getByRole('dialog', { name: title })
  await dialog.getByRole('button', { name: 'CSV' }).click()
  await clean(page)
  await dialog.getByRole('button', { name: t('reports.makeFile') }).click()
  await dialog.waitFor({ state: 'hidden' })
  const fetch = page.getByRole('link', { name: t('reports.fetch', { format: 'CSV' }) }).first()
  const [download] = await Promise.all([page.waitForEvent('download'), fetch.click()])
  const text = readFileSync(await download.path(), 'utf8')
  const counts = (await stage.call('GET', '/devices/counts')) as { total: number }
  assert.equal(text.trim().split('\r\n').length, counts.total + 1)
  await page.getByRole('button', { name: t('reports.planOne', { name: title }) }).click()
  await dialog.getByRole('textbox', { name: t('reports.name') }).fill('Monday inventory')
  await dialog.getByRole('button', { name: t('reports.every.week') }).click()
  await clean(page)
  await dialog.getByRole('button', { name: t('reports.save') }).click()
  await page.getByRole('cell', { name: 'Monday inventory' }).waitFor()
  await page.getByRole('button', { name: t('reports.menu', { name: 'Monday inventory' }) }).click()
  await page.getByRole('menuitem', { name: t('reports.remove') }).click()
  await page.getByRole('cell', { name: 'Monday inventory' }).waitFor({ state: 'detached' })
})

scene('a signed pack is made from the page', {}, async ({ page }) => {
  await page.goto('/reports')
  await page.getByRole('button', { name: t('reports.evidence') }).click()
  const dialog = page.getByRole('dialog', { name: t('reports.evidence') })
  await clean(page)
  await dialog.getByRole('button', { name: t('reports.evidenceMake') }).click()
  await page
    .getByRole('link', { name: t('reports.fetch', { format: 'ZIP' }) })
    .first()
    .waitFor()
})

scene('a device is shown as it was, with a banner and nothing to press', { width: 375 }, async ({ page, stage }) => {
  const [row] = (await stage.call('GET', '/devices?limit=1&sort=serial&filter=state:active')).items as {
    id: string
    name: string
  }[]
  await page.goto(`/devices/${row?.id}`)
  await page.getByRole('link', { name: t('past.open') }).click()
  await page
    .getByRole('status')
    .filter({ hasText: t('past.back') })
    .waitFor()
  await says(page, t('past.items'))
  assert.equal(await page.getByRole('button', { name: t('device.more') }).count(), 0)
  const day = await page.getByLabel(t('past.at')).inputValue()
  await page.getByLabel(t('past.since')).fill(day)
  await says(page, t('past.same'))
  await clean(page)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.ok(wide <= 0, `${wide} px too wide`)
  await page.getByRole('link', { name: t('past.back') }).click()
  await page.waitForURL(new RegExp(`/devices/${row?.id}$`))
})
