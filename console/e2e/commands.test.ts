import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { AppleDevice } from '../../simulator/apple/device.ts'
import { comeOnline, goOffline, misbehave, unlock } from '../../simulator/apple/index.ts'
import { languages, markDocument, says, scene, t, wordsOf } from './scene.ts'
import type { Stage } from './stage.ts'

interface Row {
  id: string
  name: string
  serial: string
  ownership: string
}

/** The n-th iPhone or iPad of an ownership, with the virtual device behind it. Each test takes one of its own. */
async function pick({ call, machine }: Stage, filter: string, nth: number): Promise<Row & { machine: AppleDevice }> {
  const { items } = (await call('GET', `/devices?limit=50&sort=serial&filter=${encodeURIComponent(filter)}`)) as {
    items: Row[]
  }
  const row = items[nth] ?? assert.fail(`there is no device ${nth} of ${filter}`)
  return { ...row, machine: machine(row.serial) }
}

const handheld = 'platform:ios,ipados ownership:company'

/** How often the device was erased by command. */
const erasures = ({ ledger }: AppleDevice): number =>
  [...ledger.executed.values()]
    .filter(one => one.requestType === 'EraseDevice')
    .reduce((sum, one) => sum + one.effects, 0)

/** Orders a lock from the device's page; answers the id of the command. */
async function lock(page: Page, device: string, reason: string): Promise<string> {
  await page.goto(`/devices/${device}?tab=timeline`)
  await page.getByRole('button', { name: `${t('command.kind.lock')}…` }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('order.reason')).fill(reason)
  const ordered = page.waitForResponse(
    answer => answer.url().endsWith('/commands') && answer.request().method() === 'POST',
  )
  await dialog.getByRole('button', { name: t('command.kind.lock') }).click()
  const made = (await (await ordered).json()) as { id: string }
  await dialog.waitFor({ state: 'detached' })
  return made.id
}

/** The steps of the command page that have happened, with their times. */
const steps = (page: Page): Promise<{ name: string; time: string; ahead: boolean }[]> =>
  page
    .getByRole('region', { name: t('command.steps') })
    .locator('li.st')
    .evaluateAll(items =>
      items.map(item => ({
        name: item.querySelector('h3')?.textContent ?? '',
        time: item.querySelector('p.mono')?.textContent ?? '',
        ahead: item.classList.contains('ahead'),
      })),
    )

const happened = async (page: Page): Promise<string[]> =>
  (await steps(page)).filter(step => !step.ahead).map(step => step.name)
const straight = [
  t('command.step.queued'),
  t('command.step.pushed'),
  t('command.step.fetched'),
  t('command.step.acknowledged'),
]

scene(
  'locking an online device shows queued, pushed, fetched and acknowledged with times, without a reload',
  {},
  async ({ page, stage }) => {
    const device = await pick(stage, handheld, 0)
    const command = await lock(page, device.id, 'Ticket 4711')
    const same = await markDocument(page)
    const timeline = page.getByRole('list', { name: t('device.tab.timeline') })
    for (const state of ['queued', 'pushed', 'sent', 'done'] as const)
      await timeline
        .getByText(t(`event.command.${state}`, { kind: t('command.kind.lock') }))
        .first()
        .waitFor()
    await timeline.getByText('Ticket 4711').first().waitFor()
    await timeline
      .getByRole('link', { name: t('event.command.done', { kind: t('command.kind.lock') }) })
      .first()
      .click()
    await page.waitForURL(`**/commands/${command}`)
    await page
      .getByRole('region', { name: t('command.steps') })
      .getByText(t('command.step.acknowledged'))
      .waitFor()
    const seen = await steps(page)
    assert.deepEqual(
      seen.map(step => step.name),
      straight,
    )
    for (const step of seen) assert.match(step.time, /^\d\d:\d\d:\d\d[.,]\d{3}$/, `${step.name} has its time`)
    assert.deepEqual(
      seen.map(step => step.time),
      seen.map(step => step.time).toSorted(),
      'in this order',
    )
    await says(page, /did it, .+ after the order/)
    await same()
  },
)

scene(
  'an offline device is said to be waited for, and its command completes when it comes online',
  {},
  async ({ page, stage }) => {
    const device = await pick(stage, handheld, 1)
    goOffline(device.machine)
    const command = await lock(page, device.id, 'Lost on a train')
    await page.getByText(/One command waits for it/).waitFor()
    await page
      .getByRole('link', { name: t('event.command.queued', { kind: t('command.kind.lock') }) })
      .first()
      .click()
    await page.waitForURL(`**/commands/${command}`)
    const same = await markDocument(page)
    await page
      .locator('.sentence')
      .getByText(`${t('command.state.pushed')}.`)
      .waitFor()
    await says(page, /fetches the command when it calls home/)
    assert.deepEqual(await happened(page), straight.slice(0, 2))
    comeOnline(device.machine)
    await page
      .locator('.sentence')
      .getByText(`${t('command.state.done')}.`)
      .waitFor()
    assert.deepEqual(await happened(page), straight)
    await same()
  },
)

scene(
  'a device that answers NotNow is shown as waiting to be unlocked, and goes on when it is',
  {},
  async ({ page, stage }) => {
    const device = await pick(stage, handheld, 2)
    misbehave(device.machine, { does: 'not-now', on: 'DeviceLock', times: 1 })
    const command = await lock(page, device.id, '')
    await page.goto(`/commands/${command}`)
    const same = await markDocument(page)
    await page
      .locator('.sentence')
      .getByText(t('command.state.not-now', { n: 1 }))
      .waitFor()
    await says(page, /is locked or busy/)
    await says(page, t('command.next.unlock'))
    await says(page, /Back to queued after each “not now”/)
    unlock(device.machine)
    await page
      .locator('.sentence')
      .getByText(`${t('command.state.done')}.`)
      .waitFor()
    assert.ok((await happened(page)).includes(t('command.step.not-now', { n: 1 })), 'the refusal stays in the picture')
    await same()
  },
)

scene('a refusal of the device is explained in words, in each language', {}, async ({ page, stage }) => {
  const device = await pick(stage, handheld, 3)
  misbehave(device.machine, {
    does: 'error',
    code: 12021,
    domain: 'MCMDMErrorDomain',
    text: 'The profile "x" is not installed.',
  })
  const made = await stage.call('POST', `/devices/${device.id}/commands`, { kind: 'lock', args: {} })
  await page.goto(`/commands/${String(made.id)}`)
  await page
    .locator('.sentence')
    .getByText(`${t('command.state.failed')}.`)
    .waitFor()
  const same = await markDocument(page)
  const answer = (await stage.call('GET', `/commands/${String(made.id)}`)) as {
    error: { explained: string; code: number }
  }
  assert.equal(answer.error.code, 12021)
  for (const { id, name } of languages) {
    const say = await wordsOf(id)
    await page
      .locator('header')
      .getByRole('button', { name: /English|Français|Svenska|日本語/ })
      .click()
    await page.getByRole('menuitem', { name }).click()
    await says(page, say(`explained.${answer.error.explained}` as never))
    await says(page, 'MCMDMErrorDomain 12021')
  }
  await same()
  await page
    .locator('header')
    .getByRole('button', { name: /日本語/ })
    .click()
  await page.getByRole('menuitem', { name: 'English' }).click()
  await page.locator('html[lang=en]').waitFor()
})

scene('erasing names the device, starts on the way out, and wants the serial typed', {}, async ({ page, stage }) => {
  const device = await pick(stage, handheld, 4)
  await page.goto(`/devices/${device.id}`)
  await page.getByRole('button', { name: t('device.more') }).click()
  await page.getByRole('menuitem', { name: `${t('command.kind.wipe')}…` }).click()
  const dialog = page.getByRole('dialog', { name: /^Erase 1 company iP(hone|ad)\?$/ })
  await dialog.waitFor()
  const keep = dialog.getByRole('button', { name: t('kit.keepIt') })
  await page.waitForFunction(words => document.activeElement?.textContent === words, t('kit.keepIt'))
  const erase = dialog.getByRole('button', { name: /^Erase 1 company/ })
  assert.equal(await erase.isDisabled(), true)
  const typed = dialog.getByRole('textbox', { name: new RegExp(device.serial) })
  await typed.fill(device.serial.slice(0, -1))
  assert.equal(await erase.isDisabled(), true)
  await keep.click()
  await dialog.waitFor({ state: 'detached' })
  assert.equal(erasures(device.machine), 0)
  await page.getByRole('button', { name: t('device.more') }).click()
  await page.getByRole('menuitem', { name: `${t('command.kind.wipe')}…` }).click()
  await typed.fill(device.serial)
  await erase.click()
  await dialog.waitFor({ state: 'detached' })
  await page
    .locator('.sentence')
    .getByText(/^No longer managed/)
    .first()
    .waitFor()
  assert.equal(erasures(device.machine), 1)
})

scene('a personal device never offers to be erased', {}, async ({ page, stage }) => {
  const device = await pick(stage, 'ownership:personal', 0)
  await page.goto(`/devices/${device.id}`)
  await page.getByText(t('device.ownership.personal'), { exact: true }).first().waitFor()
  await page.getByRole('button', { name: t('device.more') }).click()
  await page.getByRole('menuitem').first().waitFor()
  const line = page.getByRole('menuitem', { name: t('command.kind.wipe') })
  if ((await line.count()) > 0) {
    assert.equal(await line.isDisabled(), true)
    await line.getByText(t('problem.command.personal-device')).waitFor()
  }
})
