import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { mintPushCertificate } from '../../simulator/outside/apns/certificates.ts'
import { caller } from '../../tools/call.ts'
import { says, scene, t } from './scene.ts'
import { password } from './stage.ts'

const refusals = /status of (401|403|404|409|422)/

/** Opens the push certificate's panel and gives it these files. */
async function bring(page: Page, files: { name: string; text: string }[]): Promise<void> {
  await page.goto('/settings/certificates')
  await page
    .getByRole('button', { name: t('certificates.renewLabel', { what: t('certificates.purpose.apns') }) })
    .click()
  await page.getByText(t('push.haveBoth'), { exact: true }).first().click()
  await page
    .getByLabel(t('push.files'))
    .setInputFiles(
      files.map(({ name, text }) => ({ name, mimeType: 'application/x-pem-file', buffer: Buffer.from(text) })),
    )
  await page.getByRole('button', { name: t('push.send') }).click()
}

scene('custody lists every credential with what stops when it lapses', {}, async ({ page, stage }) => {
  await page.goto('/settings/certificates')
  const { items } = (await stage.call('GET', '/certificates')) as { items: { purpose: string }[] }
  for (const purpose of ['apns', 'tls', 'ca-tls', 'ca-scep', 'profile-signing'] as const) {
    assert.ok(
      items.some(one => one.purpose === purpose),
      `${purpose} is in custody`,
    )
    await page
      .getByRole('button', { name: t(`certificates.purpose.${purpose}`), exact: true })
      .first()
      .waitFor()
  }
  await page.getByRole('button', { name: t('certificates.purpose.apns'), exact: true }).click()
  await says(page, stage.push.topic.slice(-12))
  await page.getByRole('button', { name: t('certificates.edit') }).click()
  await page.getByRole('dialog').getByLabel(t('certificates.owner'), { exact: true }).fill('Client platforms')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('kit.save') })
    .click()
  await says(page, 'Client platforms')
})

scene(
  'a push certificate of another topic is refused with the number of devices that would be lost',
  { expects: refusals },
  async ({ page, stage }) => {
    const other = mintPushCertificate()
    await bring(page, [{ name: 'MDM_other.pem', text: other.certificate + other.key }])
    await says(page, t('push.differs'))
    const kept = (await stage.call('GET', '/custody')).items as { what: string; breaks: { devices: number } }[]
    const active = kept.find(one => one.what === 'push')?.breaks.devices ?? 0
    assert.ok(active >= 13)
    await says(page, new RegExp(`With it, ${active} devices would have to enroll again`))
    await says(page, other.topic.slice(-4))
    await page.getByRole('button', { name: t('push.replace') }).click()
    const dialog = page.getByRole('dialog')
    assert.equal(await dialog.getByRole('button', { name: t('push.replaceGo', { n: active }) }).isDisabled(), true)
    await dialog.getByRole('button', { name: t('kit.keepIt') }).click()
    assert.equal((await stage.call('GET', '/push/apple')).topic, stage.push.topic, 'the present one still counts')
  },
)

scene(
  'a key that does not fit is refused, and a renewal of the same topic is taken',
  { expects: refusals },
  async ({ page, stage }) => {
    const renewal = mintPushCertificate({ topic: stage.push.topic })
    await bring(page, [
      { name: 'MDM_new.pem', text: renewal.certificate },
      { name: 'wrong.key', text: mintPushCertificate().key },
    ])
    await says(page, t('problem.push.key-mismatch'))
    await bring(page, [
      { name: 'MDM_new.pem', text: renewal.certificate },
      { name: 'right.key', text: renewal.key },
    ])
    await says(page, t('push.taken'))
  },
)

scene(
  'an API key is shown once, works against the API as its role may, and not after it is revoked',
  {},
  async ({ page, house }) => {
    await page.goto('/settings/keys')
    await page
      .getByRole('button', { name: t('keys.make') })
      .first()
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(t('keys.name')).fill('inventory export')
    await dialog.getByLabel(t('admins.role')).selectOption('read-only')
    await dialog.getByRole('button', { name: t('keys.makeGo') }).click()
    await dialog.getByText(t('keys.once')).waitFor()
    const key = (await dialog.locator('.once').innerText()).trim()
    await dialog.getByRole('button', { name: t('keys.kept') }).click()
    const call = caller(house.url, key)
    assert.ok(((await call('GET', '/devices')).items as unknown[]).length > 10)
    await assert.rejects(call('POST', '/units', { name: 'Not allowed', parent: null }), /403/)
    await page.reload()
    await page.getByRole('rowheader', { name: 'inventory export' }).waitFor()
    assert.equal((await page.content()).includes(key), false, 'the key is not told again')
    await page.getByRole('button', { name: t('keys.revokeLabel', { name: 'inventory export' }) }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('keys.revokeGo') })
      .click()
    await page.getByRole('rowheader', { name: 'inventory export' }).waitFor({ state: 'detached' })
    await assert.rejects(call('GET', '/devices'), /401/)
  },
)

scene(
  'an invited help-desk person sees and may do only what the role holds on the unit',
  { expects: refusals },
  async ({ page, stage, context, house }) => {
    await page.goto('/settings/admins')
    await page.getByRole('button', { name: t('admins.invite') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(t('admins.name')).fill('Maya Okonkwo')
    await dialog.getByLabel(t('signIn.email')).fill('maya@havsten.example')
    await dialog.getByLabel(t('admins.role')).selectOption('help-desk')
    await dialog.getByLabel(t('admins.onUnit')).selectOption(stage.units.en ?? '')
    await dialog.getByRole('button', { name: t('admins.inviteGo') }).click()
    const link = (
      await page
        .getByRole('dialog', { name: t('admins.linkTitle') })
        .locator('.once')
        .innerText()
    ).trim()
    const hers = await context.browser()?.newContext({ baseURL: house.url, ignoreHTTPSErrors: true, locale: 'en-GB' })
    assert.ok(hers)
    try {
      hers.setDefaultTimeout(90_000)
      const maya = await hers.newPage()
      await maya.goto(link)
      await maya.getByLabel(t('accept.password')).fill(password)
      await maya.getByRole('button', { name: t('accept.go') }).click()
      await maya.getByRole('navigation', { name: t('nav.main') }).waitFor()
      await maya.goto('/devices')
      const mine = (await stage.call('GET', '/devices?limit=200&filter=unit:Manchester')).items as {
        id: string
        name: string
      }[]
      await maya.locator('tbody .row-link').first().waitFor()
      assert.deepEqual(
        (await maya.locator('tbody .row-link').allInnerTexts()).toSorted(),
        mine.map(row => row.name).toSorted(),
      )
      assert.equal(
        await maya.getByRole('link', { name: t('devices.enroll') }).count(),
        0,
        'she is not offered to enroll',
      )
      const foreign = ((await stage.call('GET', '/devices?filter=unit:Tokyo')).items as { id: string }[])[0]
      await maya.goto(`/devices/${foreign?.id}`)
      await says(maya, t('problem.id.unknown'))
      const company = (
        (await stage.call('GET', '/devices?filter=unit:Manchester%20ownership:company%20state:active')).items as {
          id: string
        }[]
      )[0]
      await maya.goto(`/devices/${company?.id}`)
      await maya.getByRole('button', { name: `${t('command.kind.lock')}…` }).waitFor()
      await maya.getByRole('button', { name: t('device.more') }).click()
      await maya.getByRole('menuitem').first().waitFor()
      const erase = maya.getByRole('menuitem', { name: t('command.kind.wipe') })
      if ((await erase.count()) > 0) assert.equal(await erase.isDisabled(), true)
      await maya.goto('/settings')
      for (const name of [t('admins.title'), t('keys.title'), t('certificates.title')])
        assert.equal(await maya.locator('main').getByRole('link', { name }).count(), 0, `she is not offered ${name}`)
      await maya.goto('/settings/admins')
      await says(maya, t('problem.permission.missing'))
    } finally {
      await hers.close()
    }
  },
)
