import assert from 'node:assert/strict'
import { axe, overflow } from './axe.ts'
import { says, scene, t } from './scene.ts'
import { type Stage, until } from './stage.ts'
import { walk } from './walk.ts'

async function someDevice(stage: Stage, at: number): Promise<{ id: string; name: string }> {
  const { items } = await stage.call('GET', '/devices?limit=8&sort=serial&filter=platform:ios%20state:active')
  const found = (items as { id: string; name: string }[])[at]
  assert.ok(found)
  return found
}

const ruleOf = (stage: Stage, name: string, minimum: string) =>
  stage.call('POST', '/rules', {
    name,
    kind: 'os-age',
    params: { minimum: { ios: minimum, ipados: minimum, macos: minimum }, maxDaysBehind: null },
    severity: 'high',
    fix: 'Open Settings and install the update.',
    unit: stage.units.top,
  })

const judged = async (stage: Stage, id: string): Promise<void> =>
  until(
    async () => (await stage.call('GET', `/rules/${id}`)).looked === null,
    20_000,
    () => 'the fleet is not judged',
  )

scene(
  'a rule says whom it would flag before it is saved, flags them, and a device says why and can be excepted',
  {},
  async ({ page, stage }) => {
    await page.goto('/reports/rules/new')
    await page.getByLabel(t('people.name'), { exact: true }).fill('Newest system only')
    await page.getByLabel(t('rules.kind'), { exact: true }).selectOption('os-age')
    await page.getByLabel(t('rules.daysBehind')).fill('')
    await page.getByRole('textbox', { name: 'iOS', exact: true }).fill('99')
    const flagged = page.getByRole('status').filter({ hasText: /Would flag \d+ devices/ })
    await flagged.waitFor()
    const n = Number(/Would flag (\d+)/.exec((await flagged.textContent()) ?? '')?.[1])
    assert.ok(n > 0)
    await page.getByRole('button', { name: t('rules.save') }).click()
    await page.getByRole('heading', { level: 1, name: t('rules.title') }).waitFor()
    const row = page.getByRole('row').filter({ hasText: 'Newest system only' })
    await row.getByRole('link', { name: String(n), exact: true }).click()
    await page.waitForURL(/\/devices\?/)
    assert.match(decodeURIComponent(page.url()), /rule:rul_/)

    const device = await someDevice(stage, 0)
    await page.goto(`/devices/${device.id}?tab=compliance`)
    const line = page.getByRole('listitem').filter({ hasText: 'Newest system only' }).first()
    await line.getByText(t('compliance.is.violating'), { exact: true }).waitFor()
    await says(page, 'at least 99 is demanded')
    await line.getByRole('button', { name: t('deviceRules.wrong') }).click()
    await page.getByRole('dialog').getByLabel(t('ruleExceptions.reason')).fill('There is no such system yet')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('ruleExceptions.grant') })
      .click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await until(
      async () => {
        const { rules } = await stage.call('GET', `/devices/${device.id}/compliance`)
        return (rules as { verdict: string }[]).some(r => r.verdict === 'excepted')
      },
      15_000,
      () => 'the exception does not count',
    )
    await page.goto('/reports/exceptions')
    await says(page, 'There is no such system yet')
    await says(page, t('ruleExceptions.wrong'))
  },
)

scene('apps are chosen from what devices have, by name, and taken away as chips', {}, async ({ page, stage }) => {
  const { items } = await stage.call('GET', '/inventory/apps')
  const [first] = items as { app: string; name: string }[]
  await page.goto('/reports/app-usage')
  await page
    .getByRole('link', { name: t('appUsage.add') })
    .first()
    .click()
  await page.getByLabel(t('people.name'), { exact: true }).fill('Forbidden apps')
  const search = page.getByRole('searchbox', { name: t('appUsage.find') })
  const chosen = page.getByRole('list', { name: t('appUsage.chosen') })
  await search.fill('com.example.by-hand')
  await page.getByRole('button', { name: t('appUsage.byHand', { app: 'com.example.by-hand' }) }).click()
  await chosen.getByText('com.example.by-hand', { exact: true }).waitFor()
  if (first) {
    await search.fill(first.app)
    await page
      .getByRole('list', { name: t('appUsage.found') })
      .getByRole('button')
      .first()
      .click()
    await page.getByText(/Would flag \d+ devices?/).waitFor()
    await chosen.getByRole('button', { name: t('appUsage.take', { name: first.name }) }).click()
  }
  await page.getByText(t('rules.wouldFlag', { n: 0 })).waitFor()
  await page.getByRole('button', { name: t('rules.save') }).click()
  await page.getByRole('heading', { level: 1, name: t('appUsage.title') }).waitFor()
  await page.getByRole('link', { name: 'Forbidden apps', exact: true }).waitFor()
})

scene(
  'what makes an app malware is said in tests, by keyboard alone, and no sum that is none is taken',
  {},
  async ({ page, stage }) => {
    await page.goto('/reports/rules/new?kind=malware')
    await page.getByLabel(t('people.name'), { exact: true }).fill('Known malware')
    const save = page.getByRole('button', { name: t('rules.save') })
    const signer = page.getByLabel(t('malware.signer'), { exact: true })
    await page.getByLabel(t('malware.name'), { exact: true }).fill('A known signer')
    await signer.fill('ab:cd')
    await says(page, t('malware.notSum'))
    assert.equal(await save.isDisabled(), true)
    await signer.fill('AB:'.repeat(32).slice(0, -1))

    // A second test is added, filled and a third one taken away without a mouse.
    await page.getByRole('button', { name: t('malware.add') }).focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.closest('[data-test="1"]') !== null)
    await page.keyboard.type('Reads texts, from a file')
    assert.equal(await save.isDisabled(), true, 'a test that says nothing')
    const second = page.locator('[data-test="1"]')
    await second.getByLabel(t('malware.permissions'), { exact: true }).focus()
    await page.keyboard.type('android.permission.READ_SMS android.permission.RECEIVE_SMS')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await second.getByLabel(t('malware.installers'), { exact: true }).waitFor()
    await page.getByRole('button', { name: t('malware.add') }).focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.closest('[data-test="2"]') !== null)
    await page.getByRole('button', { name: t('malware.remove', { name: t('malware.test', { n: 3 }) }) }).focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.closest('[data-test="1"]') !== null)
    await save.click()
    await page.getByRole('heading', { level: 1, name: t('rules.title') }).waitFor()
    const { items } = await stage.call('GET', '/rules')
    const made = (items as { name: string; params: unknown }[]).find(r => r.name === 'Known malware')
    assert.deepEqual(made?.params, {
      any: [
        { name: 'A known signer', signer: 'AB'.repeat(32) },
        {
          name: 'Reads texts, from a file',
          installers: ['com.android.vending'],
          permissions: ['android.permission.READ_SMS', 'android.permission.RECEIVE_SMS'],
        },
      ],
      except: [],
    })
  },
)

scene('gaps of a framework are adopted at once, and are gaps no more', {}, async ({ page }) => {
  await page.goto('/reports/frameworks')
  await page.getByRole('button', { name: 'macOS', exact: true }).click()
  await page.getByRole('checkbox', { name: 'The firewall is on' }).check()
  await page.getByRole('checkbox', { name: 'The disk is encrypted' }).check()
  await page.getByText(/Would flag/).waitFor()
  await page.getByRole('button', { name: t('frameworks.adopt', { n: 2 }) }).click()
  await page.getByRole('button', { name: t('frameworks.show.adopted') }).click()
  const row = page.getByRole('row').filter({ hasText: 'The firewall is on' })
  await row.getByText('2.2.1').waitFor()
  await row.getByRole('link', { name: t('frameworks.adopted') }).waitFor()
})

scene(
  'axe finds nothing on the pages of compliance, wide and narrow, light and dark, and nothing sticks out',
  {},
  async ({ page, stage }) => {
    const rule = await ruleOf(stage, 'Axe looks at this', '98')
    await judged(stage, String(rule.id))
    const device = await someDevice(stage, 1)
    const paths = [
      '/reports/compliance',
      '/reports/rules',
      `/reports/rules/${String(rule.id)}`,
      '/reports/rules/new?kind=apps',
      '/reports/rules/new?kind=malware',
      '/reports/app-usage',
      '/reports/exceptions',
      '/reports/frameworks',
      `/devices/${device.id}?tab=compliance`,
    ]
    const found: string[] = []
    let seen = 0
    await page.goto('/')
    const look = async ({ path }: { path: string }): Promise<void> => {
      seen += 1
      found.push(...(await axe(page, path)), ...(await overflow(page)).map(text => `${path}: ${text}`))
      await page.emulateMedia({ colorScheme: 'dark' })
      found.push(...(await axe(page, `${path}, dark`, true)))
      await page.setViewportSize({ width: 375, height: 720 })
      found.push(...(await axe(page, `${path}, narrow`)))
      found.push(...(await overflow(page)).map(text => `${path}, narrow: ${text}`))
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.emulateMedia({ colorScheme: 'light' })
    }
    const all = paths.map(path => ({ name: path, path }))
    found.push(...(await walk(page, all, look)))
    assert.equal(seen, paths.length)
    assert.deepEqual(found, [])
  },
)
