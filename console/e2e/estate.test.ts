import assert from 'node:assert/strict'
import { axe, overflow } from './axe.ts'
import { says, scene, t } from './scene.ts'
import { until } from './stage.ts'

scene(
  'an API key of the portal is added, devices are assigned there, and a release waits for somebody else',
  { expects: /status of (403|409)/ },
  async ({ page, stage }) => {
    const { business } = stage
    const server = business.addServer('E2E Muster')
    business.hold(['E2EPORTAL1', 'E2EPORTAL2'])
    const account = business.account()
    await page.goto('/enrollment/automated')
    await page
      .getByRole('region', { name: t('portal.title'), exact: true })
      .getByRole('button', { name: t('portalKey.add'), exact: true })
      .click()
    const dialog = page.getByRole('dialog', { name: t('portalKey.add') })
    await dialog.getByRole('textbox', { name: t('programs.name'), exact: true }).fill('E2E portal')
    await dialog.getByRole('textbox', { name: t('portalKey.client'), exact: true }).fill(account.clientId)
    await dialog.getByRole('textbox', { name: t('portalKey.keyId'), exact: true }).fill(account.keyId)
    await dialog.getByRole('textbox', { name: t('portalKey.key'), exact: true }).fill(account.key)
    assert.deepEqual(await axe(page, 'an API key'), [])
    await dialog.getByRole('button', { name: t('portalKey.addGo'), exact: true }).click()
    const card = page.getByRole('region', { name: 'E2E portal', exact: true })
    await card.getByText(t('programs.state.good')).waitFor()
    await card.getByRole('link', { name: t('portal.open'), exact: true }).click()
    await page.getByRole('textbox', { name: t('portal.find'), exact: true }).fill('E2EPORTAL')
    const row = page.getByRole('row', { name: /E2EPORTAL1/ })
    await row.getByRole('checkbox').check()
    await page.getByRole('button', { name: t('portalAct.begin'), exact: true }).click()
    const act = page.getByRole('dialog', { name: t('portalAct.title', { n: 1 }) })
    await act.getByRole('combobox', { name: t('portalAct.server'), exact: true }).selectOption(server)
    assert.deepEqual(await axe(page, 'an act'), [])
    await act.getByRole('button', { name: t('portalAct.go.assign', { n: 1 }), exact: true }).click()
    await act.getByText(t('portalAct.orderedText')).waitFor()
    await act
      .getByRole('button', { name: t('kit.close'), exact: true })
      .last()
      .click()
    await until(
      () => business.devices.get('E2EPORTAL1')?.server === server,
      20_000,
      () => 'it was not assigned',
    )
    const acts = page.getByRole('region', { name: t('portalAct.history'), exact: true })
    await acts.getByText(t('portalAct.state.done'), { exact: true }).waitFor()
    assert.deepEqual(await axe(page, 'a portal'), [])
    assert.deepEqual(await overflow(page), [])
    await row.getByRole('checkbox').check()
    await page.getByRole('button', { name: t('portalAct.begin'), exact: true }).click()
    await act.getByRole('combobox', { name: t('portalAct.what'), exact: true }).selectOption('release')
    const go = act.getByRole('button', { name: t('portalAct.go.release', { n: 1 }), exact: true })
    assert.equal(await go.isDisabled(), true, 'not before the number is typed')
    await act.getByRole('textbox', { name: t('portalAct.typeNumber', { n: 1 }), exact: true }).fill('1')
    await go.click()
    await page
      .getByRole('dialog')
      .filter({ hasText: t('stepUp.title') })
      .waitFor()
    assert.equal(business.devices.get('E2EPORTAL1')?.released, false)
  },
)

scene(
  'a rule for secrets is added, and who lacks one is found, also on a phone',
  { width: 375 },
  async ({ page, stage }) => {
    await page.goto('/policies/secrets')
    await page
      .getByRole('button', { name: t('escrowRule.add'), exact: true })
      .first()
      .click()
    const dialog = page.getByRole('dialog', { name: t('escrowRule.add') })
    await dialog
      .getByRole('combobox', { name: t('escrowRule.unit'), exact: true })
      .selectOption(stage.units['fr'] ?? '')
    await dialog.getByRole('combobox', { name: t('escrow.kind.recovery-lock'), exact: true }).selectOption('90')
    assert.deepEqual(await axe(page, 'a rule for secrets'), [])
    await dialog.getByRole('button', { name: t('kit.save'), exact: true }).click()
    await says(page, t('escrowRule.every', { days: 90 }))
    assert.deepEqual(await axe(page, 'rules for secrets'), [])
    assert.deepEqual(await overflow(page), [])
    await page.getByRole('button', { name: t('escrowRule.removeNamed', { name: 'Lyon' }), exact: true }).click()
    await page
      .getByRole('dialog', { name: t('escrowRule.removeNamed', { name: 'Lyon' }) })
      .getByRole('button', { name: t('escrowRule.remove'), exact: true })
      .click()
    const gone = async () => ((await stage.call('GET', '/escrow-rules')).items as unknown[]).length === 0
    await until(gone, 10_000, () => 'the rule stayed')
  },
)

scene(
  'a device says how its Activation Lock is lifted, and whether it comes back by itself when it is erased',
  { expects: /status of (403|409)/ },
  async ({ page, stage }) => {
    const filter = encodeURIComponent('platform:ios state:active ownership:company')
    const listed = await stage.call('GET', `/devices?filter=${filter}&limit=1&sort=-serial`)
    const [phone] = listed.items as { id: string }[]
    assert.ok(phone, 'an iPhone of the company')
    await page.goto(`/devices/${phone.id}?tab=security`)
    const part = page.getByRole('region', { name: t('unlock.section'), exact: true })
    await part.waitFor()
    const begin = part.getByRole('button', { name: t('unlock.begin'), exact: true })
    const kept = async () => {
      const { items } = (await stage.call('GET', `/devices/${phone.id}/secrets`)) as {
        items: { kind: string; state: string }[]
      }
      return items.some(i => i.kind === 'activation-lock' && i.state === 'current')
    }
    if (await kept()) {
      await begin.click()
      await page
        .getByRole('dialog')
        .filter({ hasText: t('unlock.text') })
        .waitFor()
      assert.deepEqual(await axe(page, 'lifting a lock'), [])
      await page.keyboard.press('Escape')
    } else await part.getByText(t('unlock.without.portal')).waitFor()
    assert.deepEqual(await axe(page, 'security'), [])
    await page.getByRole('button', { name: t('device.more'), exact: true }).click()
    await page.getByRole('menuitem', { name: `${t('command.kind.wipe')}…` }).click()
    const wipe = page.getByRole('dialog').filter({ hasText: t('wipe.data') })
    await wipe.getByText(t('wipe.returnCannot')).waitFor()
    await wipe.getByText(t('problem.wipe.return-unpromised')).waitFor()
    assert.deepEqual(await axe(page, 'an erasure'), [])
    await page.keyboard.press('Escape')
  },
)
