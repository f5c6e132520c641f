import assert from 'node:assert/strict'
import { says, scene, t } from './scene.ts'
import { until } from './stage.ts'

/*
 * After the scenes that count devices: what comes here stays in the house.
 */

const topic = 'projects/e2e-android/topics/muster'

scene(
  'an admin connects Google, signs up, has notices delivered, invites a device through it and reads what the device lacks',
  {},
  async ({ page, stage: { google, units } }) => {
    const clock = setInterval(() => void google.settle(), 300)
    try {
      await page.goto('/settings/android/google')
      const key = Buffer.from(JSON.stringify(google.key('e2e-android')))
      await page
        .getByLabel(t('google.key'))
        .setInputFiles({ name: 'key.json', mimeType: 'application/json', buffer: key })
      await page.getByRole('button', { name: t('google.connectGo') }).click()
      const signUp = page.getByRole('link', { name: t('google.signUp') })
      const back = await google.signUp(String(await signUp.getAttribute('href')))
      await page.goto(`${back.pathname}${back.search}`)
      await page.getByText(t('google.state.live')).waitFor()
      const code = await page.locator('section.code pre').innerText()
      const hook = /--push-endpoint=(\S+)/.exec(code)?.[1] ?? ''
      const account = await page.getByLabel(t('google.pusher')).inputValue()
      google.subscribe({ topic, endpoint: hook, audience: hook, email: account })
      await page.getByLabel(t('google.topic')).fill(topic)
      await page
        .getByRole('button', { name: t('kit.save') })
        .first()
        .click()
      await page.getByText(t('google.notices.coming')).waitFor()

      await page.goto('/enrollment')
      await page.getByRole('radio', { name: 'Android' }).check()
      await page.getByRole('radio', { name: t('google.byGoogle', { name: 'Google' }) }).check()
      await page.getByLabel(t('enroll.name')).fill('Drivers, through Google')
      await page.getByLabel(t('enroll.unit')).selectOption(units['fr'] ?? '')
      await page.getByRole('button', { name: t('enroll.make') }).click()
      await page.waitForURL(/\/enrollment\/inv_/)
      await page.getByRole('img', { name: t('android.qrLabel') }).waitFor()
      const typed = await page.locator('.link-line .mono').last().innerText()
      const phone = google.enroll({ token: typed.trim(), serial: 'E2EGOOGLE1', brand: 'Google', model: 'Pixel 9' })
      await page.locator('.arrival h3 a').click()
      await page.getByRole('heading', { level: 2, name: t('google.title') }).waitFor()
      phone.password = 'none'
      await says(page, t('google.device.policy'))

      await page.goto('/settings/android/google')
      await page.getByRole('link', { name: 'Drivers, through Google' }).click()
      await page.getByRole('button', { name: t('enroll.revoke') }).click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: t('enroll.revokeGo') })
        .click()
      await page.getByText(t('google.codeGone')).waitFor()
      const tokens = [...phone.enterprise.tokens.values()]
      await until(
        () => tokens.every(one => one.deleted),
        10_000,
        () => 'it is not deleted at Google',
      )
    } finally {
      clearInterval(clock)
    }
  },
)
