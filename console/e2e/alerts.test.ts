import assert from 'node:assert/strict'
import { axe, overflow } from './axe.ts'
import { someAlert } from './places.ts'
import { scene, says, t } from './scene.ts'
import { owner, until } from './stage.ts'
import { walk } from './walk.ts'

const rule = 'No forbidden apps'

scene(
  'an alert rings the bell, is taken in hand by a key, given, rested, written beside and ended; the device and Home show it',
  {},
  async ({ page, stage }) => {
    await page.goto('/')
    const bell = page.getByRole('link', { name: /^Alerts: / })
    await bell.waitFor()
    const id = await someAlert(stage, rule)
    await page.getByRole('link', { name: /^Alerts: (one|\d+) new/ }).waitFor()
    await says(page, new RegExp(`^${t('alertType.violation')}: \\d`))

    await bell.click()
    const row = page.getByRole('link', { name: new RegExp(rule) }).first()
    await row.waitFor()
    assert.deepEqual(await axe(page, 'alerts'), [])
    await row.focus()
    await page.keyboard.press('e')
    await row.waitFor({ state: 'detached' })
    assert.equal((await stage.call('GET', `/alerts/${id}`)).state, 'acknowledged')
    await page.getByRole('link', { name: /^Alerts: nothing new/ }).waitFor()

    await page.goto(`/alerts/${id}`)
    await says(page, t('alert.next.violation'))
    await page.getByRole('button', { name: t('alerts.assign') }).click()
    await page.getByRole('menuitem', { name: t('alerts.assign.me') }).click()
    await says(page, t('alerts.step.assigned', { name: owner.name }))
    await page.getByRole('button', { name: t('alerts.snooze') }).click()
    await page.getByRole('menuitem', { name: t('alerts.snooze.hour') }).click()
    await says(page, /^Rests until/)
    await page.getByLabel(t('alerts.comment')).fill('Called; it goes today.')
    await page.getByRole('button', { name: t('alerts.commentGo') }).click()
    await says(page, 'Called; it goes today.')
    assert.deepEqual(await axe(page, 'an alert'), [])

    const { device } = (await stage.call('GET', `/alerts/${id}`)) as { device: { id: string } }
    await page.goto(`/devices/${device.id}`)
    await page.locator('main').getByRole('link', { name: /alert/ }).first().waitFor()

    await page.goto(`/alerts/${id}`)
    await page.getByRole('button', { name: t('alerts.resolve'), exact: true }).click()
    await page.getByRole('dialog').getByLabel(t('alerts.note')).fill('Gone')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('alerts.resolve'), exact: true })
      .click()
    await says(page, /^Ended by hand/)
    await page.getByRole('button', { name: t('alerts.reopen') }).click()
    await page.getByRole('button', { name: t('alerts.acknowledge') }).waitFor()
  },
)

scene(
  'a person chooses how they hear of alerts, and what guards the fleet cannot be switched off',
  {},
  async ({ page, stage }) => {
    await someAlert(stage, rule)
    await page.goto('/settings/notifications')
    const row = page
      .getByRole('list', { name: t('notifications.mine') })
      .getByRole('listitem')
      .filter({ hasText: t('alertType.no-contact') })
    await row.getByRole('button', { name: t('notifications.now') }).click()
    await row.getByRole('button', { name: t('notifications.now'), pressed: true }).waitFor()
    const fixed = page
      .getByRole('list', { name: t('notifications.mine') })
      .getByRole('listitem')
      .filter({ hasText: t('alertType.guard-frozen') })
    assert.equal(await fixed.getByRole('button').count(), 0)
    await page.getByLabel(t('notifications.hour')).selectOption('7')
    await page.getByLabel(t('notifications.zone')).selectOption('Asia/Tokyo')
    await says(page, /open — /)
    assert.deepEqual(await axe(page, 'notifications'), [])
    await row.getByRole('button', { name: t('notifications.digest') }).click()
    await row.getByRole('button', { name: t('notifications.digest'), pressed: true }).waitFor()
  },
)

scene('a test mail arrives, and the outbox says so', {}, async ({ page, stage }) => {
  await page.goto('/settings/mail')
  await page.getByRole('button', { name: t('mail.test') }).click()
  await says(page, t('mail.tested', { to: owner.email }))
  const arrived = (): boolean => stage.smtp.boxOf(owner.email).some(r => r.mail.subject === 'A test mail from Muster')
  await until(arrived, 10_000, () => 'the test mail did not arrive')
  await page.reload()
  await says(page, 'A test mail from Muster')
  await says(page, /^Mail works/)
  assert.deepEqual(await axe(page, 'mail'), [])
})

for (const scheme of ['light', 'dark'] as const)
  scene(`alerts fit on a phone, ${scheme}`, { width: 375, scheme }, async ({ page, stage }) => {
    const id = await someAlert(stage, rule)
    await page.goto('/')
    const paths = ['/alerts', `/alerts/${id}`, '/settings/notifications', '/settings/mail']
    const found: string[] = []
    const look = async ({ path }: { path: string }): Promise<void> =>
      void found.push(...(await axe(page, path)), ...(await overflow(page)).map(text => `${path}: ${text}`))
    const all = paths.map(path => ({ name: path, path }))
    assert.deepEqual([...(await walk(page, all, look)), ...found], [])
  })
