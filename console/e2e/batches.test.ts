import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { axe } from './axe.ts'
import { says, scene, t } from './scene.ts'

async function clean(page: Page): Promise<void> {
  assert.deepEqual(await axe(page, page.url()), [])
}

const serial = (n: number): string => `DMPE2E${String(n).padStart(4, '0')}`

scene(
  '200 devices become a batch in at most twelve clicks, and every faulty line is shown before',
  {},
  async ({ page, stage }) => {
    let clicks = 0
    const press = async (name: string): Promise<void> => {
      clicks += 1
      await page.getByRole('button', { name, exact: true }).click()
    }
    await page.goto('/enrollment/batches')
    clicks += 1
    await page
      .getByRole('link', { name: t('batch.new'), exact: true })
      .first()
      .click()
    await press(t('batch.source.paste'))
    const lines = Array.from({ length: 200 }, (_, i) => serial(i))
    clicks += 1
    await page
      .getByLabel(t('batch.paste'))
      .fill(['serial;asset;user', ...lines, `;A-9;`, `${serial(3)};A-10;`].join('\n'))
    await press(t('batch.readList'))
    await says(page, t('batch.fault.serial-missing'))
    await says(page, t('batch.fault.serial-twice', { serial: serial(3), line: 5 }))
    await clean(page)
    clicks += 1
    await page.getByLabel(t('batch.col.name')).fill('April e2e')
    await press(t('batch.plan'))
    await page.getByRole('heading', { name: 'April e2e', level: 1 }).waitFor()
    assert.ok(clicks <= 12, `${clicks} clicks`)
    await page.locator('[data-check="lines"]').waitFor()
    await page.locator('[data-check="push"]').waitFor()
    await clean(page)
    await page.getByRole('button', { name: new RegExp(t('batch.line.blocked')) }).click()
    await page
      .getByRole('button', { name: t('batch.mend') })
      .first()
      .click()
    const dialog = page.getByRole('dialog', { name: t('batch.mendTitle') })
    await dialog.getByLabel(t('batch.col.serial')).fill(serial(900))
    await clean(page)
    await dialog.getByRole('button', { name: t('batch.save'), exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    const [made] = (await stage.call('GET', '/intakes?filter=name:e2e')).items as {
      counts: { total: number; blocked: number }
    }[]
    assert.deepEqual([made?.counts.total, made?.counts.blocked], [201, 1])
  },
)

scene('a batch is opened and closed on a phone, with its papers', { width: 375 }, async ({ page, stage }) => {
  const [unit] = (await stage.call('GET', '/units')).items as { id: string }[]
  const source = { kind: 'list', lines: [{ serial: 'DMPPHONE0001' }] }
  const made = await stage.call('POST', '/intakes', { name: 'Phone e2e', day: '2031-05-01', unit: unit?.id, source })
  await page.goto(`/enrollment/batches/${made.id}`)
  await page.locator('[data-check="lines"]').waitFor()
  await page.getByRole('button', { name: t('batch.start'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('button[type="submit"]').click()
  await page.getByRole('button', { name: t('batch.close'), exact: true }).waitFor()
  await clean(page)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.ok(wide <= 0, `${wide} px too wide`)
  await page.getByRole('button', { name: t('batch.papers') }).click()
  const item = page.getByRole('menuitem', { name: t('batch.sheet', { language: 'Français' }) })
  const [download] = await Promise.all([page.waitForEvent('download'), item.click()])
  assert.match(download.suggestedFilename(), /^batch-2031-05-01-sheets\.pdf$/)
  await page.getByRole('button', { name: t('batch.close'), exact: true }).click()
  await dialog.getByRole('button', { name: t('batch.close'), exact: true }).click()
  await says(page, t('batch.state.closed'))
})
