import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { says, scene, t } from './scene.ts'
import { type Stage, until } from './stage.ts'

const dialog = (page: Page) => page.getByRole('dialog')

interface Named {
  id: string
  name: string
}

interface Effective {
  state: string
  generation: number
  items: { item: string; status: { state: string } | null; settings: { key: string; value: unknown }[] }[]
}

/** A policy in a blueprint of its own on a unit. */
async function give(stage: Stage, of: { kind: string; name: string; unit: string; value: object }): Promise<string> {
  const unit = stage.units[of.unit]
  const { policy } = (await stage.call('POST', '/policies', { ...of, unit })) as { policy: Named }
  const { blueprint } = (await stage.call('POST', '/blueprints', { name: of.name, unit, items: [policy.id] })) as {
    blueprint: Named
  }
  await stage.call('POST', `/blueprints/${blueprint.id}/assignments`, { unit })
  return policy.id
}

/** Two policies about the camera, and one that never leaves Lyon; made once for the run. */
let given: Promise<void> | undefined
function policies(stage: Stage): Promise<void> {
  given ??= (async () => {
    await give(stage, { kind: 'restrictions', name: 'Company base', unit: 'top', value: { camera: true } })
    await give(stage, { kind: 'restrictions', name: 'Tokyo floor', unit: 'ja', value: { camera: false } })
    await give(stage, { kind: 'wifi', name: 'Lyon air', unit: 'fr', value: { ssid: 'Lyon air', security: 'open' } })
  })()
  return given
}

/** A supervised iPhone or iPad of a unit with whom it belongs to. */
async function deviceOf(stage: Stage, unit: string): Promise<Named & { user: { id: string; displayName: string } }> {
  const { items } = (await stage.call(
    'GET',
    `/devices?filter=${encodeURIComponent(`unit:${unit} platform:ios,ipados state:active ownership:company`)}`,
  )) as { items: (Named & { user: { id: string; displayName: string } })[] }
  const [device] = items
  assert.ok(device, `${unit} has a device`)
  return device
}

const effective = async (stage: Stage, device: string): Promise<Effective> =>
  (await stage.call('GET', `/devices/${device}/policy`)) as unknown as Effective

/** Waits until a device has everything it should. */
const settled = (stage: Stage, device: string): Promise<void> =>
  until(
    async () => (await effective(stage, device)).state === 'reached',
    20_000,
    () => 'the device does not get there',
  )

scene(
  'the device page says what the device should have, why from near to far, and how far each item is',
  {},
  async ({ page, stage }) => {
    await policies(stage)
    const device = await deviceOf(stage, 'Tokyo')
    await settled(stage, device.id)
    await page.goto(`/devices/${device.id}?tab=policy`)
    await says(page, 'Has everything it should have')
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Camera', exact: true }) })
    await row.getByText(t('value.notAllowed')).waitFor()
    await row.getByText(t('because.nearest')).waitFor()
    await row.getByText(t('itemState.installed')).waitFor()
    await row.getByRole('button').click()
    const why = dialog(page)
    await why.getByText(t('why.decided.nearest', { n: 2, level: 'unit' })).waitFor()
    const lines = why.locator('.chain li')
    assert.match((await lines.nth(0).innerText()).replaceAll('\n', ' '), /Tokyo .*Tokyo floor.* Not allowed/)
    assert.match((await lines.nth(1).innerText()).replaceAll('\n', ' '), /Havsten .*Company base.* Allowed/)
    assert.equal(await lines.nth(1).locator('s').innerText(), t('value.allowed'))
    await page.keyboard.press('Escape')
    await why.waitFor({ state: 'detached' })
  },
)

scene('a policy that is missed is looked up: the page names the condition that fails', {}, async ({ page, stage }) => {
  await policies(stage)
  const device = await deviceOf(stage, 'Tokyo')
  await page.goto(`/devices/${device.id}?tab=policy`)
  await page.getByRole('combobox', { name: t('whyNot.pick') }).fill('Lyon air')
  await page.getByRole('option', { name: 'Lyon air' }).click()
  await says(page, t('miss.outside-anchor', { asked: 'Lyon', is: '', named: 'yes' }))
})

scene('a change is tried on one device and ended before its time', {}, async ({ page, stage }) => {
  await policies(stage)
  const device = await deviceOf(stage, 'Tokyo')
  await settled(stage, device.id)
  await page.goto(`/devices/${device.id}?tab=policy`)
  await page.getByRole('button', { name: t('trial.try') }).click()
  await dialog(page)
    .getByRole('combobox', { name: t('trial.policy') })
    .fill('Company base')
  await page.getByRole('option', { name: 'Company base' }).click()
  await dialog(page)
    .getByRole('button', { name: t('trial.go') })
    .click()
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Camera', exact: true }) })
  await row.getByText(t('because.trial'), { exact: true }).waitFor()
  await row.getByText(t('value.allowed'), { exact: true }).waitFor()
  await page.getByRole('button', { name: t('trial.end') }).click()
  await row.getByText(t('value.notAllowed')).waitFor()
  await page.getByRole('button', { name: t('trial.end') }).waitFor({ state: 'detached' })
})

scene('a tag that somebody gives a device shows what it does before it is saved', {}, async ({ page, stage }) => {
  const device = await deviceOf(stage, 'Lyon')
  await page.goto(`/devices/${device.id}`)
  await page
    .getByRole('button', { name: t('device.edit'), exact: true })
    .first()
    .click()
  // Whoever it may be given to is there to be chosen.
  const person = dialog(page).getByRole('combobox', { name: t('device.col.user') })
  await person.fill(device.user.displayName)
  // Others may have the same name.
  const { email } = (await stage.call('GET', `/users/${device.user.id}`)) as { email: string }
  await dialog(page).getByRole('option').filter({ hasText: email }).click()
  await dialog(page).getByText(device.user.displayName, { exact: true }).waitFor()
  await dialog(page).getByLabel(t('device.col.tags')).fill('Fair stand')
  await dialog(page)
    .getByRole('heading', { name: t('preview.effect') })
    .waitFor()
  await dialog(page)
    .getByRole('button', { name: t('kit.save') })
    .click()
  await dialog(page).waitFor({ state: 'detached' })
  await says(page, 'Fair stand')
})

scene('a group is made, people are put in by typing, and taken out again', {}, async ({ page, stage }) => {
  const device = await deviceOf(stage, 'Lyon')
  await page.goto('/people/groups')
  await page
    .getByRole('button', { name: t('groups.add') })
    .first()
    .click()
  await dialog(page).getByLabel(t('people.name'), { exact: true }).fill('On call')
  await dialog(page)
    .getByRole('button', { name: t('people.addGo') })
    .click()
  await page.getByRole('link', { name: 'On call' }).click()
  await page.getByRole('combobox', { name: t('groups.addPerson') }).fill(device.user.displayName)
  await page.getByRole('option', { name: device.user.displayName }).first().click()
  // What it does to their devices is shown before it is done.
  await dialog(page)
    .getByRole('heading', { name: t('preview.effect') })
    .waitFor()
  await dialog(page)
    .getByRole('button', { name: t('people.addGo'), disabled: false })
    .waitFor()
  await dialog(page)
    .getByRole('button', { name: t('people.addGo') })
    .click()
  await page.getByRole('link', { name: device.user.displayName }).waitFor()
  await page.getByRole('link', { name: device.user.displayName }).click()
  await says(page, 'On call')
  await page.goBack()
  await page
    .getByRole('button', { name: t('groups.takeOutOf', { name: device.user.displayName, group: 'On call' }) })
    .click()
  await dialog(page)
    .getByRole('button', { name: t('groups.takeOut') })
    .click()
  await says(page, t('groups.empty'))
})

scene(
  'S4-17: a person is moved on the screen: what it does to each device is shown first, then it is done, followed to the end, and undone to the bit',
  {},
  async ({ page, stage }) => {
    await policies(stage)
    const device = await deviceOf(stage, 'Tokyo')
    await settled(stage, device.id)
    const before = await effective(stage, device.id)
    await page.goto(`/people/${device.user.id}`)
    await page.getByRole('button', { name: t('move.open') }).click()
    await dialog(page)
      .getByLabel(t('move.to'), { exact: true })
      .selectOption(stage.units.fr ?? '')
    await dialog(page)
      .getByRole('button', { name: t('move.go') })
      .click()
    // What it does, before anything happens.
    await page.getByText('Lyon air').first().waitFor()
    await says(page, 'Waits for approval')
    const plan = page.locator('.in-g').first()
    await plan.getByText(t('preview.sign.change')).first().waitFor()
    await plan.getByText(t('preview.sign.add')).first().waitFor()
    assert.deepEqual(contents(await effective(stage, device.id)), contents(before), 'nothing has happened')
    await page.getByRole('button', { name: t('plan.moveNow', { n: 1 }) }).click()
    // Done, and followed until the device has it.
    await says(page, t('plan.devicesReached'))
    await page
      .locator('.progress-line')
      .filter({ hasText: t('plan.devicesReached') })
      .getByText('100%', { exact: false })
      .or(
        page
          .locator('.progress-line')
          .filter({ hasText: t('plan.devicesReached') })
          .getByText('100%'),
      )
      .waitFor()
    await settled(stage, device.id)
    const moved = await effective(stage, device.id)
    assert.ok(moved.items.some(item => item.item.startsWith('wifi#')))
    assert.notDeepEqual(contents(moved), contents(before))
    // Undone: the same to the bit.
    await page.getByRole('button', { name: t('undo.open') }).click()
    await dialog(page)
      .getByRole('button', { name: t('undo.go') })
      .click()
    await says(page, 'Undone.')
    await until(
      async () => JSON.stringify(contents(await effective(stage, device.id))) === JSON.stringify(contents(before)),
      20_000,
      () => 'the device does not get back what it had',
    )
  },
)

/** What a device should have, without how far it is. */
const contents = ({ items }: Effective) =>
  items
    .filter(item => item.settings.length > 0)
    .map(({ item, settings }) => ({ item, settings }))
    .sort((a, b) => a.item.localeCompare(b.item))

/** `社員番号,氏名,部署,メール` and two people, one of them with an address that is none, as Excel in Japan writes it (Shift_JIS). */
const staff = Buffer.from(
  '8ed088f594d48d862c8e8196bc2c95948f902c8381815b838b0d0a452d3930312c97e996d82090b02c546f6b796f2c0d' +
    '0a452d3930322c9363928620e3c42c546f6b796f2c74616e616b610d0a',
  'hex',
)

scene(
  'a file in Shift_JIS is brought in: wrong lines are named, nothing is applied by looking, then it is applied and undone',
  {},
  async ({ page, stage }) => {
    await page.goto('/people/import')
    await page.locator('input[type=file]').setInputFiles({ name: 'staff.csv', mimeType: 'text/csv', buffer: staff })
    await says(page, '1 line would be applied.')
    await says(page, t('mapping.encoding.shift_jis'))
    const row = page.getByRole('row').filter({ hasText: '田中' })
    await row
      .getByText(/“tanaka” is not an e-mail address/)
      .last()
      .waitFor()
    const people = async (): Promise<number> =>
      Number((await stage.call('GET', `/users?limit=1&filter=${encodeURIComponent('number:E-901')}`)).total)
    assert.equal(await people(), 0, 'nothing is applied by looking')
    await page.getByLabel(t('imports.skip', { n: 1 })).check()
    await page.getByRole('button', { name: t('imports.applyGo', { n: 1 }) }).click()
    const undo = page.getByRole('button', { name: t('undo.open') })
    await undo.waitFor()
    await says(page, 'Applied.')
    assert.equal(await people(), 1)
    await undo.click()
    await dialog(page)
      .getByRole('button', { name: t('undo.go') })
      .click()
    await says(page, 'Undone.')
    assert.equal(await people(), 0)
  },
)
