import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { says, scene, t } from './scene.ts'
import type { Stage } from './stage.ts'

const dialog = (page: Page) => page.getByRole('dialog')
const grid = (page: Page) => page.getByRole('grid', { name: t('hours.grid') })
const cell = (page: Page, day: string, from: string) =>
  grid(page).locator(`[role=gridcell][aria-label^="${day} ${from}"]`)

async function someDevice(stage: Stage, at: number): Promise<{ id: string; name: string }> {
  const { items } = await stage.call('GET', '/devices?limit=5&sort=serial&filter=platform:ios%20state:active')
  const found = (items as { id: string; name: string }[])[at]
  assert.ok(found)
  return found
}

scene('working hours are painted with the keys, changed in the list, and say what they mean', {}, async ({ page }) => {
  await page.goto('/policies/new/work-time')
  await page.getByLabel(t('policies.col.name'), { exact: true }).fill('Desk hours')
  await says(page, t('hours.noWindows'))
  const start = cell(page, 'Monday', '09:00')
  await start.focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowDown')
  assert.equal(await cell(page, 'Tuesday', '09:30').getAttribute('aria-selected'), 'true')
  const windows = page.getByRole('group', { name: /to 10:00/ })
  assert.equal(await windows.count(), 2, 'an hour on Monday, half of it on Tuesday')
  await page.keyboard.press('Space')
  assert.equal(await cell(page, 'Tuesday', '09:30').getAttribute('aria-selected'), 'false')
  const monday = page.getByRole('group', { name: 'Mon, 09:00 to 10:00' })
  await monday.getByRole('checkbox', { name: 'Wednesday' }).check()
  await page.getByRole('group', { name: 'Mon, Wed, 09:00 to 10:00' }).getByLabel(t('hours.to')).fill('18:15')
  assert.equal(await cell(page, 'Wednesday', '17:30').getAttribute('aria-selected'), 'true')
  assert.equal(await cell(page, 'Wednesday', '18:00').getAttribute('aria-selected'), 'false', 'only the half of it')
  await page.getByLabel(t('setting.work-time.zone'), { exact: true }).selectOption('Asia/Tokyo')
  await says(page, t('hours.inZone', { zone: 'Asia/Tokyo' }))
  await says(page, '09:00–18:15')
  await page.getByRole('button', { name: t('newPolicy.save') }).click()
  await page.getByRole('heading', { level: 1, name: 'Desk hours' }).waitFor()
  await page.reload()
  await page.getByRole('group', { name: 'Mon, Wed, 09:00 to 18:15' }).waitFor()
})

scene('the week is painted with the mouse', {}, async ({ page }) => {
  await page.goto('/policies/new/work-time')
  await cell(page, 'Friday', '10:00').hover()
  await page.mouse.down()
  await cell(page, 'Friday', '11:30').hover()
  await page.mouse.up()
  await cell(page, 'Friday', '13:00').hover()
  assert.equal(await cell(page, 'Friday', '13:00').getAttribute('aria-selected'), 'false', 'the button is up')
  await page
    .getByRole('group', { name: /^Fri, 1\d:\d\d to 12:00$/ })
    .first()
    .waitFor()
})

scene(
  'a calendar is brought from a file, and one that a policy names stays',
  { expects: /status of (409|422)/ },
  async ({ page, stage }) => {
    await page.goto('/policies/calendars')
    await page
      .getByRole('button', { name: t('calendars.add') })
      .first()
      .click()
    await dialog(page).getByLabel(t('people.name')).fill('Helgdagar Malmö')
    const ics = [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'DTSTART;VALUE=DATE:20271224',
      'DTEND;VALUE=DATE:20271227',
      'SUMMARY:Jul',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n')
    await dialog(page)
      .locator('input[type=file]')
      .setInputFiles({ name: 'days.ics', mimeType: 'text/calendar', buffer: Buffer.from(ics) })
    await dialog(page)
      .getByText(t('calendars.brought', { n: 3, passed: 0 }))
      .waitFor()
    const text = dialog(page).getByLabel(t('calendars.dayList'))
    await text.fill(`${await text.inputValue()}\nsoon`)
    await dialog(page)
      .getByRole('button', { name: t('people.addGo') })
      .click()
    await dialog(page).getByText(t('problem.calendar.line-unread')).waitFor()
    await text.fill((await text.inputValue()).replace('\nsoon', '\n2028-01-06 Trettondedagen'))
    await dialog(page)
      .getByRole('button', { name: t('people.addGo') })
      .click()
    const row = page.getByRole('row', { name: /Helgdagar Malmö/ })
    await row.getByText('4', { exact: true }).waitFor()
    const { items } = await stage.call('GET', '/calendars')
    const made = (items as { id: string; name: string }[]).find(c => c.name === 'Helgdagar Malmö')
    const office = { days: ['mon'], from: '09:00', to: '17:00' }
    const value = { windows: [office], calendars: [made?.id], camera: false }
    await stage.call('POST', '/policies', { kind: 'work-time', name: 'Malmö hours', unit: stage.units['top'], value })
    await row.getByRole('button', { name: t('calendars.menu', { name: 'Helgdagar Malmö' }) }).click()
    await page.getByRole('menuitem', { name: t('calendars.remove') }).click()
    await dialog(page)
      .getByRole('button', { name: t('calendars.removeGo') })
      .click()
    await dialog(page).getByText(t('problem.calendar.in-use')).waitFor()
  },
)

scene('a device says what time it is for it, and is released and restricted again', {}, async ({ page, stage }) => {
  const device = await someDevice(stage, 1)
  // Never now.
  const day = new Date().getUTCDay() < 3 ? 'fri' : 'mon'
  const value = { windows: [{ days: [day], from: '00:00', to: '00:01' }], zone: 'Pacific/Kiritimati', camera: false }
  const unit = stage.units['top']
  const { policy } = await stage.call('POST', '/policies', { kind: 'work-time', name: 'One minute', unit, value })
  const items = [(policy as { id: string }).id]
  const { blueprint } = await stage.call('POST', '/blueprints', { name: 'One minute', unit, items })
  const { id } = blueprint as { id: string }
  const scope = { include: { devices: [device.id] } }
  const { assignment } = await stage.call('POST', `/blueprints/${id}/assignments`, { unit, scope })
  await page.goto(`/devices/${device.id}`)
  await page.getByText(t('hours.now.off')).waitFor()
  await says(page, /Restricted because it is outside working time, until/)
  await page.getByRole('button', { name: t('hours.grant') }).click()
  await dialog(page).getByLabel(t('hours.reason')).fill('Stocktaking')
  await dialog(page)
    .getByRole('button', { name: t('hours.grantGo') })
    .click()
  await dialog(page).waitFor({ state: 'detached' })
  await page.goto('/people/hours')
  const line = page.getByRole('listitem').filter({ hasText: 'Stocktaking' })
  await line.getByRole('button', { name: t('hours.end') }).click()
  await dialog(page)
    .getByRole('button', { name: t('hours.endGo') })
    .click()
  await page
    .getByRole('region', { name: t('hours.over') })
    .getByText('Stocktaking')
    .waitFor()
  await stage.call('DELETE', `/assignments/${(assignment as { id: string }).id}`)
})

scene('on a phone the hours are written as a list that fits', { width: 375 }, async ({ page }) => {
  await page.goto('/policies/new/work-time')
  await page.getByRole('button', { name: t('hours.addWindow') }).click()
  await page.getByRole('group', { name: 'Mon–Fri, 09:00 to 17:00' }).waitFor()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= 375, `${wide} px`)
})
