import assert from 'node:assert/strict'
import { newAgent, type VirtualAgent } from '../../simulator/agent/agent.ts'
import { newPhone } from '../../simulator/agent/phone.ts'
import { signedApk, testSigner } from '../../wire/android/testing/apk.ts'
import { axe } from './axe.ts'
import { markDocument, says, scene, t } from './scene.ts'
import { sending } from './sending.ts'
import { until } from './stage.ts'

/*
 * The last of these files by its name: the device that comes here stays in the house, and the scenes before count and name those of one maker.
 */

/** An Android device that enrolls by this secret and calls home. */
async function enrolled(url: string, secret: string, serial: string, mode?: VirtualAgent['state']['mode']) {
  const phone = newPhone({ serial })
  const agent = newAgent(phone, sending(url), mode)
  assert.equal((await agent.enroll(secret)).action, 'none')
  await agent.contact()
  return agent
}

scene(
  'an invitation for Android gives a code with a network in it, and a device that uses it comes step by step',
  {},
  async ({ page, house, stage }) => {
    await page.goto('/enrollment')
    await page.getByRole('radio', { name: 'Android' }).check()
    await page.getByLabel(t('enroll.name')).fill('Tablets at the till')
    await page.getByLabel(t('enroll.unit')).selectOption(stage.units['fr'] ?? '')
    await page.getByRole('radio', { name: t('enrollment.kind.dedicated') }).check()
    await page.getByRole('button', { name: t('enroll.make') }).click()
    await page.waitForURL(/\/enrollment\/inv_/)
    const code = page.getByRole('img', { name: t('android.qrLabel') })
    await code.waitFor()
    assert.equal(await page.getByRole('radio', { name: t('enrollment.kind.dedicated') }).isChecked(), true)
    assert.equal(await page.getByRole('radio', { name: t('enrollment.kind.work-profile') }).count(), 0)
    const before = await code.getAttribute('src')
    await page.getByText(t('android.wifi')).click()
    await page.getByLabel(t('android.ssid')).fill('Gäste')
    await page.getByLabel(t('android.wifiPassword')).fill('not a real one')
    await page.getByRole('button', { name: t('android.wifiPut') }).click()
    await page.getByText(t('android.wifiIn', { name: 'Gäste' })).waitFor()
    await code.waitFor()
    assert.notEqual(await code.getAttribute('src'), before, 'the network is in the code')
    await says(page, t('enroll.waiting'))
    const same = await markDocument(page)
    const link = (await page.locator('.link-line .mono').first().innerText()).trim()
    const secret = /\/enroll\/([\w-]+)\?how=dedicated$/.exec(link)?.[1] ?? ''
    await enrolled(house.url, secret, 'E2ETILL0001', 'dedicated')
    for (const step of ['downloaded', 'certificate', 'ready'] as const)
      await page
        .locator('.arrival-steps li.done', { hasText: t(`android.step.${step}`) })
        .first()
        .waitFor()
    await same()
    await page.locator('.arrival h3 a').click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await says(page, t('enrollment.kind.dedicated'))
  },
)

scene(
  'somebody’s own phone gets a page that says what stays private, in their language',
  { locale: 'fr' },
  async ({ page, stage, context, house }) => {
    const made = (await stage.call('POST', '/invitations', {
      platform: 'agent',
      unit: stage.units['fr'],
      ownership: 'personal',
      uses: 1,
      expiresInHours: 1,
    })) as { url: string }
    await page.goto(`${made.url}?how=work-profile`)
    await page.getByRole('heading', { level: 1, name: /profil professionnel/ }).waitFor()
    assert.equal(await page.locator('a[href^="muster:"]').count(), 0, 'this screen is no phone')
    const phone = await context.browser()?.newContext({
      userAgent: 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36',
      locale: 'ja-JP',
      viewport: { width: 375, height: 740 },
      ignoreHTTPSErrors: true,
    })
    assert.ok(phone)
    const there = await phone.newPage()
    await there.goto(`${made.url}?how=work-profile`)
    await there.getByRole('link', { name: 'エージェントで開く' }).waitFor()
    const href = (await there.locator('a[href^="muster:"]').getAttribute('href')) ?? ''
    assert.equal(new URL(href).searchParams.get('u'), house.url)
    assert.equal(await there.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true)
    await phone.close()
  },
)

scene(
  'ways to wake agents are set up and tried with one device, and a rhythm is set with what it costs',
  {},
  async ({ page, house, stage }) => {
    const made = (await stage.call('POST', '/invitations', {
      platform: 'agent',
      unit: stage.units['fr'],
      ownership: 'company',
      uses: 1,
      expiresInHours: 1,
    })) as { secret?: string; url: string }
    const secret = made.secret ?? /\/enroll\/([\w-]+)/.exec(made.url)?.[1] ?? ''
    const agent = await enrolled(house.url, secret, 'E2EWAKE0001')
    await agent.contact()
    await page.goto('/settings/waking')
    const row = (channel: 'sms' | 'webpush' | 'wait') =>
      page.getByRole('row').filter({ hasText: t(`waking.name.${channel}`) })
    const acts = (channel: 'sms' | 'webpush' | 'wait') =>
      row(channel)
        .getByRole('button', { name: t('waking.actsOf', { channel: t(`waking.name.${channel}`) }) })
        .click()
    await acts('sms')
    await page.getByRole('menuitem', { name: t('waking.setUp') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: t('waking.way.center') }).click()
    await dialog.getByLabel(t('waking.field.host'), { exact: true }).fill('smsc.havsten.example')
    await dialog.getByLabel(t('waking.field.systemId'), { exact: true }).fill('muster')
    await dialog.getByLabel(t('waking.field.password'), { exact: true }).fill('secret08')
    await dialog.getByRole('button', { name: t('kit.save') }).click()
    await row('sms').getByText(t('waking.state.ready'), { exact: true }).waitFor()
    await acts('webpush')
    await page.getByRole('menuitem', { name: t('waking.setUp') }).click()
    await dialog.getByLabel(t('waking.field.contact'), { exact: true }).fill('mailto:it@havsten.example')
    await dialog.getByRole('button', { name: t('kit.save') }).click()
    await row('webpush').getByText(t('waking.state.ready'), { exact: true }).waitFor()
    // What it is called for already it fetches first: only a device that nobody calls can be tried.
    const called = async (): Promise<boolean> =>
      (await stage.call('GET', `/devices/${agent.state.enrolled?.device}/channels`)).pending !== null
    const quiet = async (): Promise<boolean> => {
      if (!(await called())) return true
      await agent.contact()
      return false
    }
    await until(quiet, 10_000, () => 'it is called again and again')
    // The device waits at the server, is called by that way alone, and calls back.
    const waits = agent.wait(60_000)
    await acts('wait')
    await page.getByRole('menuitem', { name: t('waking.try') }).click()
    const nonce = await waits
    assert.ok(nonce)
    await agent.contact({ channel: 'wait', nonce })
    await row('wait')
      .getByText(/^Answered after/)
      .waitFor()
    await page.getByLabel(t('waking.unit'), { exact: true }).selectOption(stage.units['fr'] ?? '')
    await page.getByLabel(t('waking.every'), { exact: true }).selectOption(String(3_600_000))
    await page.getByRole('button', { name: t('kit.save') }).click()
    await says(page, t('waking.rhythm.own'))
    // The first contact brings the document that says so.
    await agent.contact()
    assert.equal((await agent.contact()).next.afterMs, 3_600_000)
    // A phone that can be texted and does not know its own number.
    agent.state.reach = { wait: true, sms: { number: null, token: 'elevenSigns', expiresAt: null } }
    await agent.contact()
    await page.goto(`/devices/${agent.state.enrolled?.device}`)
    await page.getByRole('heading', { name: t('waking.device') }).waitFor()
    await says(page, t('waking.active', { channel: t('waking.name.wait') }))
    await says(page, t('waking.number.none'))
    await page.getByRole('button', { name: t('waking.number.set') }).click()
    await dialog.getByLabel(t('waking.number.label'), { exact: true }).fill('+46 70-123 45 67')
    assert.deepEqual(await axe(page, 'the number for texts'), [])
    await dialog.getByRole('button', { name: t('kit.save') }).click()
    await says(page, t('waking.number.admin', { ends: '67' }))
    for (const channel of ['sms', 'webpush']) await stage.call('DELETE', `/wake-channels/${channel}`)
    await stage.call('DELETE', `/units/${stage.units['fr']}/wake-rhythm`)
  },
)

scene(
  'a package that is uploaded says what is in it, comes to an Android device, and stands there with who signed it',
  {},
  async ({ page, stage, house }) => {
    const unit = stage.units['fr']
    const url = async (): Promise<string> => {
      const asked = { platform: 'agent', unit, ownership: 'company', uses: 1, expiresInHours: 1 }
      return String((await stage.call('POST', '/invitations', asked)).url)
    }
    const secret = /\/enroll\/([\w-]+)/.exec(await url())?.[1] ?? ''
    const agent = await enrolled(house.url, secret, 'E2EAPPS0001')
    await page.goto('/apps')
    await page.getByRole('button', { name: t('appsPage.upload') }).click()
    const names = [
      'CAMERA',
      'INTERNET',
      'RECORD_AUDIO',
      'READ_CONTACTS',
      'NFC',
      'VIBRATE',
      'WAKE_LOCK',
      'BLUETOOTH',
      'SEND_SMS',
    ]
    const permissions = names.map(name => `android.permission.${name}`)
    const said = { package: 'org.havsten.till', label: 'Kassa', versionName: '3.2', versionCode: 32, permissions }
    const buffer = signedApk({ ...said, flags: ['debuggable'] }, testSigner('Havsten Appar'))
    const file = { name: 'kassa.apk', mimeType: 'application/octet-stream', buffer }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('button', { name: t('appsPage.send') }).click()
    await page.waitForURL(/\/apps\/app_/)
    await page.getByRole('heading', { name: t('apkPage.title') }).waitFor()
    await says(page, t('apkPage.numbered', { name: '3.2', code: '32' }))
    await says(page, t('apkPage.debuggable'))
    await page.getByLabel(t('apkPage.search')).fill('record')
    assert.deepEqual(await page.locator('.apk-names li').allInnerTexts(), ['RECORD_AUDIO'])
    assert.deepEqual(await axe(page, 'a package'), [])

    const app = /app_[0-9a-f]+/.exec(page.url())?.[0] ?? ''
    const value = { app, presence: 'required' }
    const { policy } = await stage.call('POST', '/policies', { kind: 'app', name: 'Kassa', unit, value })
    const items = [(policy as { id: string }).id]
    const { blueprint } = await stage.call('POST', '/blueprints', { name: 'Kassa', unit, items })
    await stage.call('POST', `/blueprints/${(blueprint as { id: string }).id}/assignments`, { unit })
    const has = async (): Promise<boolean> => {
      await agent.contact()
      return agent.phone.apps.some(a => a.package === said.package)
    }
    await until(has, 15_000, () => 'the package does not come')
    await page
      .locator('tr', { hasText: t('appState.installed') })
      .first()
      .waitFor()
    const device = agent.state.enrolled?.device ?? ''
    await page.goto(`/devices/${device}?tab=apps`)
    // What the org put there is shown without a purpose.
    const row = page.getByRole('row').filter({ hasText: said.package })
    await row.getByText('(32)').waitFor()
    await row.getByText(t('apps.managed'), { exact: true }).waitFor()
    assert.deepEqual(await axe(page, 'the apps of a device'), [])
  },
)
