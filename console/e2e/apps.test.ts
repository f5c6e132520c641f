import assert from 'node:assert/strict'
import { scene, t } from './scene.ts'
import { type Stage, until } from './stage.ts'

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

const keys = `<managedAppConfiguration><dict>
  <string keyName="mode"><constraint nullable="false"/></string>
  <integer keyName="port"><constraint min="1" max="65535"/></integer>
  <string keyName="account"/>
</dict><presentation defaultLocale="en-US">
  <field keyName="mode" type="select"><label><language value="en-US">Kiosk mode</language></label><options>
    <option value="kiosk"><language value="en-US">Alone on the screen</language></option>
    <option value="free"><language value="en-US">Beside others</language></option>
  </options></field>
  <field keyName="account" type="input"><label><language value="en-US">Account name</language></label></field>
</presentation></managedAppConfiguration>`

/** Takes an app from wherever it was assigned to. */
async function takeBack({ call }: Stage, app: string): Promise<void> {
  for (const { id } of (await call('GET', `/apps/${app}`)).policies as { id: string }[])
    for (const used of (await call('GET', `/policies/${id}`)).usedBy as { id: string }[])
      await call('DELETE', `/blueprints/${used.id}?confirm=true`).catch(() => undefined)
}

scene(
  'what an app is told is a form of its vendor’s keys: on its page, when it is assigned to a unit, and in the editor of its policy, where a key that does not fit is refused',
  { expects: /status of (409|422)/ },
  async ({ page, stage }) => {
    const { call, units } = stage
    const wish = { kind: 'store', name: 'Räkneverk', unit: units.top, storeId: '777000111', bundle: 'se.example.rakna' }
    const { id } = (await call('POST', '/apps', { ...wish, needsSeat: false })) as { id: string }
    try {
      await page.goto(`/apps/${id}`)
      await page.getByLabel(t('appsPage.formFile'), { exact: true }).setInputFiles({
        name: 'appconfig.xml',
        mimeType: 'application/xml',
        buffer: Buffer.from(keys),
      })
      await page.getByRole('cell', { name: 'Kiosk mode' }).waitFor()
      await page.getByRole('button', { name: t('appsPage.addKey'), exact: true }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(t('appsPage.key'), { exact: true }).fill('greeting')
      await dialog.getByLabel(t('appsPage.keyTitle'), { exact: true }).fill('Greeting')
      if (shots) await page.screenshot({ path: `${shots}/key.png` })
      await dialog.getByRole('button', { name: t('appsPage.saveKey'), exact: true }).click()
      await page.getByRole('cell', { name: 'Greeting', exact: true }).waitFor()
      if (shots) await page.screenshot({ path: `${shots}/form.png`, fullPage: true })

      await page.getByRole('button', { name: t('appsPage.assign'), exact: true }).click()
      await dialog.getByLabel(t('appsPage.assignTo'), { exact: true }).selectOption(units.fr ?? '')
      await dialog.getByLabel('Kiosk mode', { exact: true }).selectOption({ label: 'Alone on the screen' })
      if (shots) await page.screenshot({ path: `${shots}/assign.png` })
      await dialog.getByRole('button', { name: t('appsPage.showEffect'), exact: true }).click()
      const go = dialog.getByRole('button', { name: t('appsPage.assignGo'), exact: true })
      await go.waitFor()
      await until(
        () => go.isEnabled(),
        20_000,
        () => 'the effect was not shown',
      )
      if (shots) await page.screenshot({ path: `${shots}/assign-effect.png` })
      await go.click()
      await dialog.waitFor({ state: 'detached' })
      const policies = (await call('GET', `/apps/${id}`)).policies as { id: string }[]
      const policy = policies[0]?.id ?? ''
      const made = (await call('GET', `/policies/${policy}`)) as { value: { config: object }; usedBy: object[] }
      assert.deepEqual([made.value.config, made.usedBy.length], [{ mode: 'kiosk' }, 1])

      await page.goto(`/policies/${policy}`)
      const group = page.getByRole('group', { name: t('setting.app.config'), exact: true })
      const chosen = page.getByLabel(t('setting.app.app'), { exact: true })
      await until(
        async () => (await chosen.inputValue()) === JSON.stringify(id),
        20_000,
        () => 'the app is not chosen',
      )
      const add = group.getByLabel(t('form.addKeyTo', { name: t('setting.app.config') }), { exact: true })
      await add.selectOption('account')
      await group.getByRole('textbox', { name: 'Account name', exact: true }).fill('{user.email}')
      await add.selectOption('port')
      await group.getByRole('spinbutton').fill('70000')
      await group.getByText(t('finding.value.too-big', { most: 65_535 })).waitFor()
      await group.getByRole('spinbutton').fill('443')
      await group.getByText(t('finding.value.too-big', { most: 65_535 })).waitFor({ state: 'detached' })
      if (shots) await page.screenshot({ path: `${shots}/editor.png`, fullPage: true })
      await page.getByRole('tab', { name: t('policy.tab.raw') }).click()
      const raw = await page.getByRole('textbox', { name: t('raw.label') }).inputValue()
      assert.deepEqual(JSON.parse(raw).config, { mode: 'kiosk', account: { $var: 'user.email' }, port: 443 })
    } finally {
      // Other scenes move people into this unit.
      await takeBack(stage, id)
    }
  },
)

if (shots)
  for (const scheme of ['light', 'dark'] as const)
    for (const width of [1280, 375])
      scene(`pictures of the catalog ${scheme} ${width}`, { scheme, width }, async ({ page, stage }) => {
        const all = (await stage.call('GET', '/apps?limit=50')).items as { id: string; counts: { required: number } }[]
        const one = all.find(a => a.counts.required > 0) ?? all[0]
        await page.goto('/apps')
        await page.getByRole('table').waitFor()
        await page.screenshot({ path: `${shots}/list-${scheme}-${width}.png`, fullPage: true })
        await page.goto(`/apps/${one?.id}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.waitForTimeout(800)
        await page.screenshot({ path: `${shots}/app-${scheme}-${width}.png`, fullPage: true })
      })
