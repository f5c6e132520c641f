import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { says, scene, t } from './scene.ts'
import { type Stage, until } from './stage.ts'

const refusals = /status of (409|422)/

/** A profile as another tool writes it. */
const depot = `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>PayloadType</key><string>Configuration</string><key>PayloadVersion</key><integer>1</integer>
<key>PayloadIdentifier</key><string>example.depot</string><key>PayloadDisplayName</key><string>Depot network</string>
<key>PayloadUUID</key><string>6F9619FF-8B86-D011-B42D-00C04FC964FE</string>
<key>PayloadContent</key><array><dict>
<key>PayloadType</key><string>com.apple.wifi.managed</string><key>PayloadVersion</key><integer>1</integer>
<key>PayloadIdentifier</key><string>example.depot.wifi</string>
<key>PayloadUUID</key><string>6F9619FF-8B86-D011-B42D-00C04FC964FF</string>
<key>SSID_STR</key><string>Depot</string><key>EncryptionType</key><string>WPA2</string><key>AutoJoin</key><true/>
</dict></array></dict></plist>`

/** Makes a policy without the page. */
async function policy(stage: Stage, of: { kind: string; name: string; unit: string; value: object }): Promise<string> {
  const made = await stage.call('POST', '/policies', { ...of, unit: stage.units[of.unit] })
  return (made.policy as { id: string }).id
}

/** Makes a blueprint with these policies, assigned to its unit when `assigned`. */
async function blueprint(stage: Stage, name: string, unit: string, items: string[], assigned = true): Promise<string> {
  const made = await stage.call('POST', '/blueprints', { name, unit: stage.units[unit], items })
  const { id } = made.blueprint as { id: string }
  if (assigned) await stage.call('POST', `/blueprints/${id}/assignments`, { unit: stage.units[unit] })
  return id
}

/** How many devices a filter of the list finds. */
async function count(stage: Stage, filter: string): Promise<number> {
  return Number((await stage.call('GET', `/devices/counts?filter=${encodeURIComponent(filter)}`)).total)
}

const dialog = (page: Page) => page.getByRole('dialog')

scene('a policy is made from a setting that was searched for, and named before it is saved', {}, async ({ page }) => {
  await page.goto('/policies')
  await page
    .getByRole('link', { name: t('policies.new') })
    .first()
    .click()
  await page.getByRole('searchbox', { name: t('newPolicy.search') }).fill('screen capture')
  await page
    .getByRole('region', { name: t('newPolicy.settings') })
    .getByRole('link')
    .first()
    .click()
  await page.getByRole('tab', { name: t('policy.tab.form') }).waitFor()
  assert.equal(await page.getByRole('button', { name: t('newPolicy.save') }).isDisabled(), true, 'it has no name yet')
  await says(page, t('newPolicy.nameFirst'))
  await page.getByLabel(t('policies.col.name'), { exact: true }).fill('No pictures of screens')
  await page.getByRole('button', { name: t('newPolicy.save') }).click()
  await page.getByRole('heading', { level: 1, name: 'No pictures of screens' }).waitFor()
  await says(page, /In no blueprint, so on no device/)
  await page.goto('/policies?filter=name:pictures')
  await page.getByRole('link', { name: 'No pictures of screens' }).waitFor()
})

scene(
  'a profile from a file opens as a draft under its own name, and nothing is saved yet',
  {},
  async ({ page, stage }) => {
    const before = Number((await stage.call('GET', '/policies?limit=1')).total)
    await page.goto('/policies/new')
    await page.getByRole('button', { name: t('newPolicy.upload') }).click()
    await page.locator('input[type=file]').setInputFiles({
      name: 'depot.mobileconfig',
      mimeType: 'application/x-apple-aspen-config',
      buffer: Buffer.from(depot),
    })
    await dialog(page)
      .getByRole('button', { name: t('upload.go') })
      .click()
    await page.getByRole('tab', { name: t('policy.tab.form') }).waitFor()
    assert.equal(await page.getByLabel(t('policies.col.name'), { exact: true }).inputValue(), 'Depot network')
    await page.getByRole('tab', { name: t('policy.tab.raw') }).click()
    assert.match(await page.getByRole('textbox', { name: t('raw.label') }).inputValue(), /"SSID_STR": "Depot"/)
    assert.equal(Number((await stage.call('GET', '/policies?limit=1')).total), before)
  },
)

scene(
  'a blueprint is assigned with the number of devices in front of the eyes, and taken back with what that removes',
  {},
  async ({ page, stage }) => {
    const item = await policy(stage, {
      kind: 'passcode',
      name: 'Passcode, Lyon',
      unit: 'fr',
      value: { minLength: 6 },
    })
    const devices = await count(stage, 'unit:Lyon -state:ended')
    assert.ok(devices > 1, 'Lyon has devices')
    await page.goto('/policies/blueprints')
    await page
      .getByRole('button', { name: t('blueprints.add') })
      .first()
      .click()
    await dialog(page).getByLabel(t('policies.col.name'), { exact: true }).fill('Lyon, everyone')
    await dialog(page)
      .getByLabel(t('policies.unit'))
      .selectOption(stage.units.fr ?? '')
    await dialog(page)
      .getByRole('button', { name: t('blueprints.addGo') })
      .click()
    await page.getByRole('heading', { level: 1, name: 'Lyon, everyone' }).waitFor()
    await page.getByRole('combobox', { name: t('blueprint.addPolicy') }).fill('Passcode, Lyon')
    await page.getByRole('option', { name: /Passcode, Lyon/ }).click()
    await page.getByRole('button', { name: t('blueprint.saveItems') }).click()
    await page.getByRole('link', { name: 'Passcode, Lyon' }).waitFor()
    await page.getByRole('button', { name: t('assignment.add') }).click()
    await says(page, new RegExp(`^${devices} devices`))
    await says(page, new RegExp(`^${devices} of ${devices} devices change`))
    await page.getByRole('button', { name: t('preview.showDevices', { n: devices }) }).click()
    await page.getByRole('button', { name: t('assignment.addGo') }).click()
    await says(page, 'Lyon and everything below.')
    await says(page, t('assignment.is.on'))
    await page.goto(`/policies/${item}`)
    await says(page, new RegExp(`Meant for ${devices} devices`))
    await page.getByRole('row', { name: /iPhone/ }).waitFor()
    const used = (await stage.call('GET', `/policies/${item}`)).usedBy as { id: string }[]
    await page.goto(`/policies/blueprints/${used[0]?.id}`)
    await page.getByRole('button', { name: /Lyon and everything below/ }).click()
    await page.getByRole('menuitem', { name: t('assignment.remove') }).click()
    await dialog(page)
      .getByText(new RegExp(`${devices} of ${devices} devices change`))
      .waitFor()
    await dialog(page)
      .getByRole('button', { name: t('assignment.removeGo') })
      .click()
    await says(page, t('blueprint.noAssignments'))
  },
)

scene(
  'an app is forbidden by choosing it, and from then on a rule of its own watches for it',
  {},
  async ({ page, stage }) => {
    const item = await policy(stage, {
      kind: 'restrictions',
      name: 'No casino',
      unit: 'en',
      value: { blockedApps: ['com.example.casino'] },
    })
    await page.goto(`/policies/${item}`)
    const chosen = page.getByRole('list', { name: t('appUsage.chosen') })
    await chosen.getByText('com.example.casino', { exact: true }).waitFor()
    await page.getByRole('searchbox', { name: t('appUsage.find') }).fill('com.example.poker')
    await page.getByRole('button', { name: t('appUsage.byHand', { app: 'com.example.poker' }) }).click()
    await chosen.getByText('com.example.poker', { exact: true }).waitFor()
    await page.getByRole('button', { name: t('editor.save', { version: 2 }) }).click()
    await dialog(page)
      .getByRole('button', { name: t('save.go', { version: 2 }) })
      .click()
    await says(page, /Version 2\./)
    await page.goto('/reports/app-usage')
    await page.getByRole('link', { name: 'Apps that policies do not allow', exact: true }).click()
    await page.getByRole('button', { name: t('appUsage.list.policies'), pressed: true }).waitFor()
  },
)

scene(
  'a change shows what it would do before it is saved, is saved with a note, compared, and rolled back',
  {},
  async ({ page, stage }) => {
    const item = await policy(stage, {
      kind: 'restrictions',
      name: 'Manchester floor',
      unit: 'en',
      value: { camera: false, screenCapture: false },
    })
    const holder = await blueprint(stage, 'Manchester floor', 'en', [item])
    const devices = await count(stage, 'unit:Manchester -state:ended')
    try {
      await page.goto(`/policies/${item}`)
      await page.getByRole('switch').first().click()
      const plan = page.getByRole('group', { name: t('preview.title') })
      await plan.getByText(new RegExp(`${devices} of ${devices} devices? changes?`)).waitFor()
      await plan.getByText(t('preview.sign.change'), { exact: true }).waitFor()
      // A draft outlives a reload of the page.
      await page.reload()
      await says(page, /Draft of version 2/)
      await page.getByRole('button', { name: t('editor.save', { version: 2 }) }).click()
      await dialog(page).getByLabel(t('save.note')).fill('Cameras are allowed again')
      await dialog(page)
        .getByRole('button', { name: t('save.go', { version: 2 }) })
        .click()
      await says(page, /Version 2\./)
      await page.getByRole('tab', { name: t('policy.tab.versions') }).click()
      await says(page, 'Cameras are allowed again')
      await page
        .getByRole('region', { name: t('versions.diff') })
        .getByText(t('versions.sign.changed'))
        .waitFor()
      await page
        .getByRole('button', { name: t('versions.back') })
        .first()
        .click()
      await dialog(page)
        .getByText(new RegExp(`${devices} of ${devices} devices? changes?`))
        .waitFor()
      await dialog(page)
        .getByRole('button', { name: t('versions.backGo', { version: 1 }) })
        .click()
      await says(page, /Version 3\./)
      const now = await stage.call('GET', `/policies/${item}`)
      assert.deepEqual(now.value, { camera: false, screenCapture: false })
    } finally {
      await stage.call('DELETE', `/blueprints/${holder}?confirm=remove%20${devices}`).catch(() => undefined)
    }
  },
)

scene(
  'somebody else’s newer version is named, and the draft goes on from it',
  { expects: refusals },
  async ({ page, stage }) => {
    const item = await policy(stage, { kind: 'passcode', name: 'Two at once', unit: 'sv', value: { minLength: 6 } })
    await page.goto(`/policies/${item}`)
    await page.getByRole('spinbutton').first().fill('8')
    await says(page, /Draft of version 2/)
    await stage.call('POST', `/policies/${item}/versions`, { value: { minLength: 6, alphanumeric: true } })
    await page.getByRole('button', { name: /Save version/ }).click()
    await dialog(page).getByText(t('problem.policy.changed-meanwhile')).waitFor()
    await page.keyboard.press('Escape')
    await page.reload()
    await says(page, /Version 2 was saved while you were editing version 1/)
    await page.getByRole('button', { name: t('editor.rebase', { version: 2 }) }).click()
    await page.getByRole('button', { name: t('editor.save', { version: 3 }) }).click()
    await dialog(page)
      .getByRole('button', { name: t('save.go', { version: 3 }) })
      .click()
    await says(page, /Version 3\./)
  },
)

scene(
  'a test that a change would break stops it; who may gives a reason',
  { expects: refusals },
  async ({ page, stage }) => {
    const item = await policy(stage, {
      kind: 'passcode',
      name: 'Passcode, Stockholm',
      unit: 'sv',
      value: { minLength: 8 },
    })
    const holder = await blueprint(stage, 'Stockholm, everyone', 'sv', [item])
    await page.goto('/policies/tests')
    await page
      .getByRole('button', { name: t('tests.add') })
      .first()
      .click()
    await dialog(page).getByLabel(t('tests.name')).fill('Stockholm asks for eight')
    await dialog(page).getByLabel(t('tests.how'), { exact: true }).selectOption('atLeast')
    await dialog(page).getByLabel(t('tests.key')).selectOption('minLength')
    await dialog(page).getByLabel(t('filter.value')).fill('8')
    await dialog(page)
      .getByLabel(t('policies.unit'))
      .selectOption(stage.units.sv ?? '')
    await dialog(page)
      .getByRole('button', { name: t('kit.save') })
      .click()
    await page.getByRole('button', { name: t('tests.run') }).click()
    await says(page, t('tests.passes'))
    try {
      await page.goto(`/policies/${item}`)
      await page.getByRole('spinbutton').first().fill('6')
      await says(page, t('preview.testFails', { name: 'Stockholm asks for eight' }))
      await page.getByRole('button', { name: t('editor.save', { version: 2 }) }).click()
      const save = dialog(page).getByRole('button', { name: t('save.go', { version: 2 }) })
      await dialog(page).getByLabel(t('gate.reason')).waitFor()
      assert.equal(await save.isDisabled(), true, 'without a reason it cannot be saved')
      await dialog(page).getByLabel(t('gate.reason')).fill('Agreed with the works council')
      await save.click()
      await says(page, /Version 2\./)
    } finally {
      for (const one of (await stage.call('GET', '/policy-tests')).items as { id: string; name: string }[])
        if (one.name === 'Stockholm asks for eight') await stage.call('DELETE', `/policy-tests/${one.id}`)
      await stage.call('DELETE', `/blueprints/${holder}`).catch(() => undefined)
    }
  },
)

scene(
  'search finds policies and settings; a secret that was typed is not kept in the tab',
  {},
  async ({ page, stage }) => {
    await policy(stage, { kind: 'passcode', name: 'Warehouse passcode', unit: 'top', value: { minLength: 6 } })
    await page.goto('/policies/new/wifi')
    await page.getByLabel(t('policies.col.name'), { exact: true }).fill('Warehouse')
    await page
      .getByRole('button', { name: /^Add Password/i })
      .first()
      .click()
    await page.locator('input[type=password]').fill('correct horse battery staple')
    const kept = () => page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))
    await until(
      async () => (await kept()).includes('muster-draft.'),
      5000,
      () => 'no draft is kept',
    )
    assert.equal((await kept()).includes('correct horse'), false)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: t('nav.search') }).click()
    await page.getByRole('combobox', { name: t('nav.search') }).fill('warehouse')
    await page
      .getByRole('listbox')
      .getByRole('option', { name: /Warehouse passcode/ })
      .waitFor()
    await page.getByRole('combobox', { name: t('nav.search') }).fill('min length')
    await page.getByRole('listbox').getByRole('option').first().waitFor()
    await page.keyboard.press('Escape')
  },
)

scene(
  'a kiosk is put together by name and by arrows, its drawing follows, and what it lacks is said',
  {},
  async ({ page }) => {
    await page.goto('/policies/new/kiosk')
    await says(page, t('kiosk.empty'))
    const add = page.getByLabel(t('kiosk.add'))
    await add.fill('nonsense')
    await says(page, t('kiosk.notFound'))
    for (const app of ['org.example.tilly', 'com.android.settings']) {
      await add.fill(app)
      await add.press('Enter')
    }
    const order = page.locator('.kiosk-apps li')
    assert.deepEqual(await order.locator('code').allInnerTexts(), ['org.example.tilly', 'com.android.settings'])
    await page.getByRole('button', { name: t('kiosk.up', { name: 'settings' }) }).press('Enter')
    assert.deepEqual(await order.locator('code').allInnerTexts(), ['com.android.settings', 'org.example.tilly'])
    await order.first().dragTo(order.last())
    assert.deepEqual(await order.locator('code').allInnerTexts(), ['org.example.tilly', 'com.android.settings'])
    assert.equal(await page.locator('.kiosk-phone .kiosk-tile').count(), 2)
    await says(page, t('kiosk.noWayOutText'))
    await page.getByLabel(t('choice.kiosk.features.overview')).check()
    await says(page, t('finding.kiosk.needs-home'))
    await page.getByLabel(t('choice.kiosk.features.home')).check()
    assert.equal(await page.locator('.kiosk-phone .kiosk-recent').count(), 1)
    await page.getByRole('radio', { name: t('choice.kiosk.mode.single') }).check()
    assert.equal(await page.locator('.kiosk-phone .kiosk-tile').count(), 1)
    await says(page, t('finding.kiosk.one-app'))
  },
)
