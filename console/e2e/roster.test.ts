import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { axe } from './axe.ts'
import { scene, t } from './scene.ts'

async function clean(page: Page): Promise<void> {
  assert.deepEqual(await axe(page, page.url()), [])
}

scene(
  'a program is added from certificate to token, and its devices are given a setup',
  {},
  async ({ page, stage }) => {
    const { ade } = stage
    await page.goto('/enrollment/setups/new')
    await page.getByRole('textbox', { name: t('setups.name'), exact: true }).fill('E2E reading tablets')
    await page.getByRole('checkbox', { name: t('step.Siri'), exact: true }).check()
    await page.getByRole('checkbox', { name: t('setups.signIn'), exact: true }).check()
    await page.getByText(t('meaning.signIn')).waitFor()
    await clean(page)
    await page.getByRole('button', { name: t('setups.make'), exact: true }).click()
    await page.getByRole('heading', { name: 'E2E reading tablets', exact: true }).waitFor()

    await page.goto('/enrollment/automated')
    await page.getByRole('button', { name: t('programs.add'), exact: true }).click()
    const dialog = page.getByRole('dialog', { name: t('programs.add') })
    const [answer] = await Promise.all([
      page.waitForResponse(/programs\/devices\/keys/),
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: t('programs.certificate') }).click(),
    ])
    const { certificate } = (await answer.json()) as { certificate: string }
    const server = ade.register({ name: 'E2E', certificate })
    ade.buy([{ serial: 'E2EROSTER1' }, { serial: 'E2EROSTER2' }])
    ade.assign(['E2EROSTER1', 'E2EROSTER2'], server)
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'token.p7m',
      mimeType: 'application/pkcs7-mime',
      buffer: Buffer.from(ade.download(server)),
    })
    await dialog.getByRole('textbox', { name: t('programs.name') }).fill('E2E program')
    await dialog.getByRole('combobox', { name: t('programs.setup') }).selectOption({ label: 'E2E reading tablets' })
    await clean(page)
    await dialog.getByRole('button', { name: t('programs.addGo') }).click()
    const card = page.getByRole('region', { name: 'E2E program', exact: true })
    await card.getByText(t('programs.state.good')).waitFor()
    await clean(page)
    await card.getByRole('link', { name: t('programs.devices', { n: 2 }), exact: true }).click()
    const row = page.getByRole('row', { name: /E2EROSTER1/ })
    await row.getByText(t('roster.assigned.assigned')).waitFor()
    await row.getByRole('checkbox').check()
    await clean(page)
    await page.getByRole('button', { name: t('roster.change'), exact: true }).click()
    const change = page.getByRole('dialog', { name: t('roster.changeTitle', { n: 1 }) })
    await change.getByRole('combobox', { name: t('roster.setup') }).selectOption({ label: t('roster.noSetup') })
    await clean(page)
    await change.getByRole('button', { name: t('kit.save') }).click()
    await row.getByText(t('roster.assigned.none'), { exact: true }).waitFor()
    assert.equal(ade.vendor.devices.get('E2EROSTER1')?.status, 'removed')
    // The same for all that match: how many is said before, and how it ended after.
    await page.getByRole('button', { name: t('roster.changeAll'), exact: true }).click()
    const all = page.getByRole('dialog', { name: t('roster.allTitle') })
    await all.getByRole('combobox', { name: t('roster.setup') }).selectOption({ label: 'E2E reading tablets' })
    await all.getByRole('button', { name: t('roster.allGo', { n: 2 }), exact: true }).click()
    await all.getByText(t('roster.allDone', { n: 2 }), { exact: true }).waitFor()
    await clean(page)
    await all
      .getByRole('button', { name: t('kit.close') })
      .last()
      .click()
    await all.waitFor({ state: 'detached' })
  },
)

scene('terms that nobody accepted are said with what to do, on a phone', { width: 375 }, async ({ page, stage }) => {
  const { ade, call } = stage
  const { certificate } = (await call('POST', '/programs/devices/keys')) as { certificate: string }
  const server = ade.register({ name: 'E2E terms', certificate })
  ade.terms(false)
  await call('POST', '/programs/devices', { name: 'E2E terms', token: ade.download(server) })
  await page.goto('/enrollment/automated')
  const card = page.getByRole('region', { name: 'E2E terms', exact: true })
  await card.getByText(t('trouble.terms.next')).waitFor()
  await clean(page)
  ade.terms(true)
  await card.getByRole('button', { name: t('programs.sync') }).click()
  await card.getByText(t('programs.state.good')).waitFor()
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
  // From the list of what can expire to exactly its token.
  await page.goto('/settings/certificates')
  const what = t('certificates.named', { what: t('certificates.purpose.devices'), name: 'E2E terms' })
  await page.getByRole('link', { name: t('certificates.renewLabel', { what }), exact: true }).click()
  const dialog = page.getByRole('dialog', { name: t('programs.renewTitle', { name: 'E2E terms' }) })
  await dialog.getByRole('button', { name: t('kit.cancel') }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.equal(new URL(page.url()).search, '')
})

scene(
  'a setup decides the accounts of a Mac, how an iPad is shared and the way back, and never tells the password',
  {},
  async ({ page, stage }) => {
    const { call } = stage
    const name = 'E2E museum desks'
    const { id } = await call('POST', '/setups', { name, unit: stage.units.top })
    const address = `/enrollment/setups/${String(id)}`
    const box = (label: string) => page.getByRole('textbox', { name: label, exact: true })
    const tick = (label: string) => page.getByRole('checkbox', { name: label, exact: true })
    const save = () => page.getByRole('button', { name: t('kit.save'), exact: true }).click()
    await page.goto(address)
    const primary = page.getByRole('combobox', { name: t('setups.primary'), exact: true })
    await primary.selectOption('none')
    await save()
    await page.getByText(t('setups.fault.account')).waitFor()
    await tick(t('setups.admin')).check()
    await box(t('setups.admin.shortName')).fill('Desk Admin')
    await page.getByText(t('setups.fault.shortName')).waitFor()
    await box(t('setups.admin.shortName')).fill('deskadmin')
    await page.getByText(t('meaning.admin', { name: 'deskadmin' })).waitFor()
    await tick(t('setups.sharedDevice')).check()
    await page.getByRole('combobox', { name: t('setups.shared.space'), exact: true }).selectOption('users')
    await box(t('setups.shared.users')).fill('4')
    await box(t('setups.shared.domains')).fill('havsten.example')
    await page.getByRole('combobox', { name: t('setups.network.way'), exact: true }).selectOption('named')
    await box(t('setups.network.name')).fill('Havsten hall')
    const password = page.getByLabel(t('setups.network.password'), { exact: true })
    await password.fill('short')
    await save()
    await page.getByText(t('setups.fault.password')).waitFor()
    await clean(page)
    await password.fill('not for every ear')
    await save()
    await page.getByText(t('setups.saved')).waitFor()
    const kept = (await call('GET', `/setups/${String(id)}/apple`)) as Record<string, unknown>
    assert.partialDeepStrictEqual(kept, {
      primary: 'none',
      admin: { shortName: 'deskadmin' },
      shared: { users: 4, quotaMb: null, domains: ['havsten.example'] },
      wifi: true,
      network: 'Havsten hall',
    })
    assert.ok(!JSON.stringify(kept).includes('every ear'))
    await page.goto(address)
    const way = page.getByRole('combobox', { name: t('setups.network.way'), exact: true })
    await page.getByText(t('setups.network.keep.hint')).waitFor()
    assert.equal(await password.count(), 0)
    await clean(page)
    await way.selectOption('none')
    await save()
    await page.getByText(t('setups.saved')).waitFor()
    assert.equal((await call('GET', `/setups/${String(id)}/apple`)).wifi, false)
  },
)
