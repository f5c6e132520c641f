import assert from 'node:assert/strict'
import { scene, t } from './scene.ts'
import { until } from './stage.ts'

const shots = process.env['PICTURES']

scene(
  'a web app is added, put into a blueprint with its effect shown first, and stands on the page of a device',
  {},
  async ({ page, stage }) => {
    const { call, units } = stage
    const { blueprint } = await call('POST', '/blueprints', { name: 'Kiosk øvre', unit: units.top, items: [] })
    const { id } = blueprint as { id: string }
    await page.goto('/apps')
    await page.getByRole('button', { name: t('appsPage.addWeb'), exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(t('apps.name'), { exact: true }).fill('Lunch Ärtan')
    await dialog.getByLabel(t('appsPage.address'), { exact: true }).fill('https://lunch.havsten.example/')
    await dialog.getByRole('button', { name: t('appsPage.addGo'), exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Lunch Ärtan' }).waitFor()
    if (shots) await page.screenshot({ path: `${shots}/app.png`, fullPage: true })
    await page.getByRole('button', { name: t('appsPage.addToBlueprint'), exact: true }).click()
    await page.getByRole('dialog').getByLabel(t('used.which')).selectOption(id)
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('appsPage.showEffect'), exact: true })
      .click()
    const go = page.getByRole('dialog').getByRole('button', { name: t('appsPage.addGo'), exact: true })
    await go.waitFor()
    await until(
      () => go.isEnabled(),
      15_000,
      () => 'the effect was not shown',
    )
    if (shots) await page.screenshot({ path: `${shots}/effect.png` })
    await go.click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const items = (await call('GET', `/blueprints/${id}`)).items as { kind: string }[]
    assert.deepEqual(
      items.map(one => one.kind),
      ['app'],
    )
    await page.goto('/apps?words=lunch')
    await page.getByRole('link', { name: 'Lunch Ärtan' }).waitFor()
    if (shots) await page.screenshot({ path: `${shots}/list.png` })
  },
)

scene('a file that is no app is refused with what to do', {}, async ({ page }) => {
  await page.goto('/apps')
  await page.getByRole('button', { name: t('appsPage.upload'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('appsPage.file'), { exact: true }).setInputFiles({
    name: 'notes.ipa',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('these are notes'),
  })
  await dialog.getByRole('button', { name: t('appsPage.send'), exact: true }).click()
  await dialog.getByText(t('problem.app.file-malformed')).waitFor()
})

scene('on a phone the catalog stands in the width of the page', { width: 375 }, async ({ page, stage }) => {
  const { call, units } = stage
  const wish = { kind: 'web', name: 'Phøne list', address: 'https://a.havsten.example', unit: units.top }
  await call('POST', '/apps', wish)
  await page.goto('/apps?words=Ph%C3%B8ne')
  await page.getByRole('link', { name: 'Phøne list' }).waitFor()
  if (shots) await page.screenshot({ path: `${shots}/phone.png`, fullPage: true })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= 375, `${wide} px`)
})
