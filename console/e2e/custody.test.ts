import assert from 'node:assert/strict'
import { portalIssue } from '../../simulator/outside/apns/portal.ts'
import { mintVendor } from '../../simulator/outside/signer/signer.ts'
import { says, scene, t } from './scene.ts'
import { until } from './stage.ts'

const refusals = /status of (404|409|422)/
const pem = (name: string, text: string) => ({ name, mimeType: 'application/x-pem-file', buffer: Buffer.from(text) })

scene(
  'from the request to the switch: signed, compared, tried on one device, taken; a wrong one is refused on the way',
  { expects: refusals },
  async ({ page, stage }) => {
    await page.goto('/settings/certificates')
    await page
      .getByRole('button', { name: t('certificates.renewLabel', { what: t('certificates.purpose.apns') }) })
      .click()
    await page.getByLabel(t('renewal.email'), { exact: true }).fill('mdm@havsten.example')
    await page.getByRole('button', { name: t('renewal.make') }).click()
    await page.getByLabel(t('renewal.way'), { exact: true }).selectOption('vendor')
    const vendor = mintVendor()
    const file = pem('vendor.pem', vendor.certificate + vendor.chain + vendor.key)
    await page.getByLabel(t('renewal.bringVendor'), { exact: true }).setInputFiles(file)
    await page.getByRole('button', { name: t('renewal.keepAndSign') }).click()
    const link = page.getByRole('link', { name: t('renewal.downloadSigned') })
    await link.waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    const parts: Buffer[] = []
    for await (const part of await download.createReadStream()) parts.push(part as Buffer)
    const signed = Buffer.concat(parts).toString('utf8')
    const choose = page.getByLabel(t('renewal.choose'), { exact: true })
    await choose.setInputFiles(pem('MDM_created.pem', portalIssue(signed).certificate))
    await says(page, t('push.differs'))
    const { topic } = stage.push
    await choose.setInputFiles(pem('MDM_renewed.pem', portalIssue(signed, { renew: topic }).certificate))
    await page.getByRole('button', { name: t('renewal.tryNow') }).click()
    const answered = async () => {
      const { trial } = (await stage.call('GET', '/push/apple/renewal')) as { trial: { state: string } | null }
      return trial?.state === 'answered'
    }
    await until(answered, 150_000, () => 'the device did not answer')
    // How many it is depends on what other tests did to their devices.
    const switching = new RegExp(`^${t('renewal.switch', { n: 99 }).replace('99', '\\d+').replace(/s$/, 's?')}$`)
    await page.getByRole('button', { name: switching }).click()
    await says(page, t('renewal.past'))
    assert.equal((await stage.call('GET', '/push/apple')).topic, topic)
    assert.equal((await stage.call('GET', '/push/apple/renewal')).state, 'none')
  },
)

scene(
  'an account is written down, a free address is marked, and it is asked by mail whether it is read',
  { expects: refusals },
  async ({ page, stage }) => {
    await page.goto('/settings/accounts')
    await page.getByRole('button', { name: t('accounts.add') }).click()
    const dialog = page.getByRole('dialog')
    const address = 'havsten.school@gmail.com'
    await dialog.getByLabel(t('accounts.address'), { exact: true }).fill(address)
    await dialog.getByLabel(t('accounts.service'), { exact: true }).selectOption('school')
    await dialog.getByRole('button', { name: t('kit.save') }).click()
    await says(page, address)
    const line = page.getByRole('row').filter({ hasText: address })
    await line.getByText(t('custody.address.free')).waitFor()
    await line.getByRole('button', { name: t('accounts.actLabel', { what: t('accounts.verify'), address }) }).click()
    const asked = () => stage.smtp.boxOf(address).length > 0
    await until(asked, 20_000, () => 'no mail was sent')
  },
)

scene('the set-up is checked at the first look, and each check says what was found', {}, async ({ page, stage }) => {
  await page.goto('/settings/setup-check')
  await until(
    async () => ((await stage.call('GET', '/setup-check')) as { endedAt: number | null }).endedAt !== null,
    60_000,
    () => 'the check did not end',
  )
  await says(page, t('setupCheck.push.good'))
  await says(page, t('setupCheck.backup.none'))
  await page.getByRole('button', { name: t('setupCheck.run') }).waitFor()
})
