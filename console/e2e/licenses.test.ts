import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { axe } from './axe.ts'
import { scene, t } from './scene.ts'

async function clean(page: Page): Promise<void> {
  assert.deepEqual(await axe(page, page.url()), [])
}

scene(
  'a content token is added, refused where it is none, and shows what is owned, what is missing and who has what',
  { expects: /status of 422/ },
  async ({ page, stage }) => {
    const { at, token } = stage.content.location('Havsten Malmö')
    stage.content.buy(at, { adamId: '9911001', totalCount: 7 })
    at.assignments.set('9911001 STDQ E2ESTRAY01 ', {
      adamId: '9911001',
      pricingParam: 'STDQ',
      serialNumber: 'E2ESTRAY01',
    })
    await page.goto('/apps/licenses')
    await page.getByRole('button', { name: t('licenses.addToken'), exact: true }).click()
    const dialog = page.getByRole('dialog', { name: t('licenses.addToken') })
    const paste = dialog.getByRole('textbox', { name: t('licenses.tokenPaste') })
    await paste.fill('this is no token at all')
    await dialog.getByRole('button', { name: t('licenses.add'), exact: true }).click()
    await dialog.getByText(t('problem.content.not-a-token')).waitFor()
    await paste.fill(token)
    await clean(page)
    await dialog.getByRole('button', { name: t('licenses.add'), exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    const tokens = page.getByRole('table', { name: t('licenses.tokens') })
    await tokens.getByRole('row', { name: 'Havsten Malmö' }).getByText(t('licenses.program.good')).waitFor()
    await page.getByRole('link', { name: '9911001' }).waitFor()
    await clean(page)
    await page.getByRole('link', { name: '9911001' }).click()
    await page.getByRole('heading', { name: '9911001' }).waitFor()
    await page.getByText('E2ESTRAY01').waitFor()
    await page.getByRole('button', { name: t('licenses.reclaim', { n: 1 }) }).click()
    await page.getByText('E2ESTRAY01').waitFor({ state: 'detached' })
    await clean(page)
  },
)

scene('the pages fit a phone and the dark', { width: 375, scheme: 'dark' }, async ({ page }) => {
  await page.goto('/apps/licenses')
  await page.getByRole('heading', { name: t('licenses.title'), exact: true }).waitFor()
  await clean(page)
  assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'))
})
