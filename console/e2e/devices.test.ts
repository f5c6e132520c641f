import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { markDocument, says, scene, t } from './scene.ts'
import { type Stage, until } from './stage.ts'

/** The names in the rows now shown, in their order. */
const names = (page: Page): Promise<string[]> => page.locator('tbody th[scope=row] .row-link').allInnerTexts()

/** Waits until the list shows exactly these names, in any order. */
async function shows(page: Page, wanted: readonly string[]): Promise<void> {
  let seen: string[] = []
  await until(
    async () => {
      seen = await names(page)
      return JSON.stringify(seen.toSorted()) === JSON.stringify(wanted.toSorted())
    },
    8000,
    () => `the list shows ${seen.join(', ')} instead of ${wanted.join(', ')}`,
  )
}

async function list(page: Page, search = ''): Promise<void> {
  await page.goto(`/devices${search}`)
  await page.locator('tbody .row-link').first().waitFor()
}

interface Row {
  id: string
  name: string
  serial: string
  imei: string | null
  platform: string
  osVersion: string
  state: 'active' | 'ended'
  user: { displayName: string }
  unit: { name: string }
}

/** The rows the API gives for a filter. */
async function rows({ call }: Stage, filter = ''): Promise<Row[]> {
  return (await call('GET', `/devices?limit=200&filter=${encodeURIComponent(filter)}`)).items as Row[]
}

const filterText = (page: Page) => page.getByLabel(t('filter.text'), { exact: true })

scene('the list shows every device with its name, state, owner, unit and serial', {}, async ({ page, stage }) => {
  await list(page)
  const all = await rows(stage)
  await shows(
    page,
    all.map(row => row.name),
  )
  for (const row of all) {
    const line = page.getByRole('row').filter({ hasText: row.serial })
    await line
      .getByText(t(`device.state.${row.state}`))
      .first()
      .waitFor()
    await line.getByText(row.user.displayName, { exact: true }).waitFor()
    await line.getByText(row.unit.name, { exact: true }).waitFor()
  }
})

scene(
  'part of a serial, an IMEI, a Japanese or a Swedish name finds exactly the devices that hold it',
  {},
  async ({ page, stage }) => {
    await list(page)
    const all = await rows(stage)
    const people = stage.fleet.devices.map(device => device.owner)
    const japanese = people.find(one => one.language === 'ja') ?? assert.fail('nobody is Japanese')
    const swedish =
      people.find(one => one.language === 'sv' && /[åäöé]/i.test(one.fullName)) ?? assert.fail('nobody is Swedish')
    const phone = all.find(row => row.imei !== null) ?? assert.fail('no phone')
    const parts = [
      phone.serial.slice(2, 7),
      phone.imei?.slice(4, 12) ?? '',
      japanese.familyName,
      swedish.familyName.toLocaleUpperCase('sv'),
    ]
    for (const part of parts) {
      const wanted = await rows(stage, part)
      assert.ok(wanted.length > 0 && wanted.length < all.length, `“${part}” finds some and not all`)
      await filterText(page).fill(part)
      await filterText(page).press('Enter')
      await shows(
        page,
        wanted.map(row => row.name),
      )
    }
  },
)

scene('chips, text and address are the same filter', {}, async ({ page, stage }) => {
  const same = await (async () => {
    await list(page)
    return markDocument(page)
  })()
  await page.getByRole('button', { name: t('filter.add'), exact: true }).click()
  await page.getByLabel(t('filter.field')).selectOption('platform')
  await page.getByRole('checkbox', { name: 'macOS' }).check()
  await page.getByRole('button', { name: t('filter.apply') }).click()
  await shows(
    page,
    (await rows(stage, 'platform:macos')).map(row => row.name),
  )
  assert.equal(await filterText(page).inputValue(), 'platform:macos')
  assert.equal(new URL(page.url()).searchParams.get('filter'), 'platform:macos')
  await filterText(page).fill('platform:ios os<99 -unit:Lyon')
  await filterText(page).press('Enter')
  await page.getByRole('button', { name: /^Unit not Lyon$/ }).waitFor()
  await shows(
    page,
    (await rows(stage, 'platform:ios os<99 -unit:Lyon')).map(row => row.name),
  )
  assert.equal(new URL(page.url()).searchParams.get('filter'), 'platform:ios os<99 -unit:Lyon')
  await page.getByRole('button', { name: t('filter.remove', { name: 'Unit not Lyon' }) }).click()
  await shows(
    page,
    (await rows(stage, 'platform:ios os<99')).map(row => row.name),
  )
  await page.goBack()
  await page.getByRole('button', { name: /^Unit not Lyon$/ }).waitFor()
  await filterText(page).fill('unit:"Sales')
  await says(page, t('filter.fault.filter.quote-open', { at: 6 }))
  await same()
})

scene('sorting by a head is the API’s order, and the address keeps it', {}, async ({ page, stage }) => {
  await list(page)
  for (const sort of ['serial', '-serial']) {
    await page
      .getByRole('columnheader', { name: t('device.col.serial') })
      .getByRole('button')
      .click()
    await page.waitForURL(url => url.searchParams.get('sort') === sort)
    const wanted = ((await stage.call('GET', `/devices?limit=200&sort=${sort}`)).items as Row[]).map(row => row.serial)
    const shown = () => page.locator('tbody tr td:last-child').allInnerTexts()
    await until(
      async () => JSON.stringify(await shown()) === JSON.stringify(wanted),
      5000,
      () => `not in the order ${sort}`,
    )
  }
  assert.equal(
    await page.getByRole('columnheader', { name: t('device.col.serial') }).getAttribute('aria-sort'),
    'descending',
  )
})

scene(
  'the columns a person chooses stay chosen, and the file holds exactly what is shown',
  {},
  async ({ page, context, stage }) => {
    await list(page)
    await page.getByRole('button', { name: t('devices.columns') }).click()
    const saved = page.waitForResponse(/preferences\/devices\.columns$/)
    await page.getByRole('checkbox', { name: 'IMEI' }).click()
    await saved
    await page.keyboard.press('Escape')
    const again = await context.newPage()
    await list(again, '?filter=platform:ios&sort=serial')
    await again.getByRole('columnheader', { name: 'IMEI' }).waitFor()
    await shows(
      again,
      (await rows(stage, 'platform:ios')).map(row => row.name),
    )
    const cells = await again
      .locator('tbody tr')
      .evaluateAll(lines =>
        lines.map(line => [...line.querySelectorAll('th, td')].slice(1).map(cell => (cell.textContent ?? '').trim())),
      )
    await again.getByRole('button', { name: t('devices.csv') }).click()
    const [download] = await Promise.all([
      again.waitForEvent('download'),
      again.getByRole('menuitem', { name: new RegExp(t('devices.csvUtf8')) }).click(),
    ])
    const file = await readFile(await download.path())
    assert.deepEqual([...file.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'a byte order mark for spreadsheets')
    const [, ...lines] = csv(file.toString('utf8').slice(1))
    const head = await again.locator('thead th').allInnerTexts()
    const at = (name: string): number => head.indexOf(name) - 1
    for (const name of [t('device.col.name'), t('device.col.serial'), 'IMEI'])
      assert.deepEqual(
        lines.map(line => line[at(name)]).toSorted(),
        cells.map(line => line[at(name)]?.replace(/^–$/, '')).toSorted(),
        name,
      )
    const shiftJis = again.waitForEvent('download')
    await again.getByRole('button', { name: t('devices.csv') }).click()
    await again.getByRole('menuitem', { name: new RegExp(t('devices.csvSjis')) }).click()
    const text = new TextDecoder('shift_jis').decode(await readFile(await (await shiftJis).path()))
    assert.equal(csv(text).length, lines.length + 1)
    await again.getByRole('button', { name: t('devices.columns') }).click()
    await again.getByRole('button', { name: t('devices.usualColumns') }).click()
  },
)

scene('a filter saved as a view is a tab with its count, until it is removed', {}, async ({ page, stage }) => {
  await list(page, '?filter=platform:macos')
  await page.getByRole('button', { name: t('devices.saveView') }).click()
  await page.getByLabel(t('devices.viewName')).fill('All Macs')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('kit.save') })
    .click()
  const macs = (await rows(stage, 'platform:macos')).length
  const tab = page.getByRole('button', { name: `All Macs ${macs}` })
  await tab.waitFor()
  await page.getByRole('button', { name: t('devices.allView'), exact: true }).click()
  await page.waitForURL(url => !url.searchParams.has('filter'))
  await tab.click()
  await page.waitForURL(url => url.searchParams.get('filter') === 'platform:macos')
  assert.equal(await tab.getAttribute('aria-current'), 'page')
  await page.getByRole('button', { name: t('devices.removeView') }).click()
  await tab.waitFor({ state: 'detached' })
})

scene('j and k move, x selects, Shift a range, Enter opens, all by keyboard', {}, async ({ page }) => {
  await list(page)
  const order = await names(page)
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  const at = (index: number) =>
    until(
      async () => (await focused()) === order[index],
      3000,
      () => `row ${index} was not focused`,
    )
  await page.keyboard.press('j')
  await at(0)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await at(2)
  await page.keyboard.press('k')
  await at(1)
  await page.keyboard.press('x')
  await page
    .getByRole('region', { name: t('devices.selection') })
    .getByText(t('devices.selected', { n: 1 }))
    .waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  await page.getByText(t('devices.selected', { n: 3 })).waitFor()
  await page.getByRole('checkbox', { name: t('kit.selectAll', { n: order.length }) }).click()
  await page.getByText(t('devices.selectedAll', { n: order.length })).waitFor()
  await page.getByRole('button', { name: t('devices.clear') }).click()
  await page.locator('main').focus()
  await page.keyboard.press('j')
  await at(3)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/devices\/dev_/)
  await page.getByRole('heading', { level: 1, name: order[3] ?? '' }).waitFor()
})

scene(
  'a batch for all but one counts who can take it, shows the plan, and leaves that one alone',
  {},
  async ({ page, stage }) => {
    await list(page, '?filter=state:active')
    const order = await names(page)
    const alone = (await rows(stage, 'state:active')).find(row => row.name === order[0]) ?? assert.fail('no row')
    await page.getByRole('checkbox', { name: t('kit.selectAll', { n: order.length }) }).click()
    await page.getByText(t('devices.selectedAll', { n: order.length })).waitFor()
    await page.getByRole('row').filter({ hasText: alone.serial }).getByRole('checkbox').click()
    const n = order.length - 1
    await page.getByLabel(t('batch.command')).selectOption('apps.query')
    await page.getByRole('button', { name: t('batch.preview', { n }) }).click()
    const dialog = page.getByRole('dialog', { name: t('batch.title', { command: t('command.kind.apps.query'), n }) })
    await dialog.getByLabel(t('order.reason')).fill('License count')
    await dialog.getByRole('button', { name: t('batch.go', { command: t('command.kind.apps.query'), n }) }).click()
    await page.getByRole('link', { name: t('batch.follow') }).click()
    await page.waitForURL(/\/commands\?filter=batch/)
    const batch = new URL(page.url()).searchParams.get('filter') ?? ''
    const sent = async () =>
      (await stage.call('GET', `/commands?limit=200&filter=${encodeURIComponent(batch)}`)).items as {
        device: { id: string }
        state: string
      }[]
    await until(
      async () => (await sent()).filter(one => one.state === 'done').length === n,
      20_000,
      () => 'the batch was not carried out',
    )
    assert.equal(
      (await sent()).some(one => one.device.id === alone.id),
      false,
    )
  },
)

/** Reads a CSV of RFC 4180. */
function csv(text: string): string[][] {
  const lines = text.trimEnd().split('\r\n')
  return lines.map(line =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    ),
  )
}
