import assert from 'node:assert/strict'
import { device as unpack, enroll, unenroll } from '../../simulator/apple/index.ts'
import { markDocument, says, scene, t } from './scene.ts'
import { until } from './stage.ts'

scene(
  'an invitation shows its link and code once, and each step of a device that uses it',
  {},
  async ({ page, stage, context, house }) => {
    await page.goto('/enrollment')
    await page.getByLabel(t('enroll.name')).fill('iPads, autumn')
    await page.getByLabel(t('enroll.unit')).selectOption(stage.units.sv ?? '')
    await page.getByLabel(t('enroll.uses')).selectOption('5')
    await page.getByRole('button', { name: t('enroll.make') }).click()
    await page.waitForURL(/\/enrollment\/inv_/)
    await page.getByRole('img', { name: t('enroll.qrLabel') }).waitFor()
    const link = (await page.locator('.link-line .mono').first().innerText()).trim()
    assert.match(link, new RegExp(`^${house.url}/enroll/\\S{20,}$`))
    const profileUrl = (await page.getByRole('link', { name: t('enroll.profile') }).getAttribute('href')) ?? ''
    await says(page, t('enroll.waiting'))
    const same = await markDocument(page)
    const opened = await context.newPage()
    await opened.goto(link)
    await opened.getByRole('heading', { level: 1 }).waitFor()
    await opened.close()
    const phone = unpack({ model: 'iPhone 17', careless: true, apns: stage.apns, name: 'Åsas nya iPhone', seed: 4711 })
    await enroll(phone, { profileUrl })
    for (const step of ['downloaded', 'certificate', 'authenticate', 'token-update', 'ready'] as const) {
      const line = page.locator('.arrival-steps li.done', { hasText: t(`enroll.step.${step}`) })
      await line.first().waitFor()
      assert.match(await line.first().innerText(), /\d\d:\d\d/, `${step} has its time`)
    }
    await page.getByRole('link', { name: 'Åsas nya iPhone' }).waitFor()
    await says(page, /Used 1 of 5 times/)
    await same()
    await page.getByRole('link', { name: 'Åsas nya iPhone' }).click()
    await page.getByRole('heading', { level: 1, name: 'Åsas nya iPhone' }).waitFor()
    await page.goBack()
    await page.reload()
    await says(page, t('enroll.gone'))
    assert.equal((await page.locator('main').innerText()).includes(link), false, 'the link is not shown again')
    await unenroll(phone)
  },
)

scene(
  'an invitation that was taken back is refused, and says so',
  { expects: /status of (403|404|409|410)/ },
  async ({ page, stage, context }) => {
    const made = (await stage.call('POST', '/invitations', {
      platform: 'apple',
      unit: stage.units.fr,
      ownership: 'company',
      uses: 1,
      expiresInHours: 1,
      name: 'Mistake',
    })) as { id: string; url: string }
    await page.goto(`/enrollment/${made.id}`)
    await page.getByRole('button', { name: t('enroll.revoke') }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('enroll.revokeGo') })
      .click()
    await page
      .locator('.sentence')
      .getByText(`${t('enroll.state.revoked')}.`)
      .waitFor()
    const visitor = await context.newPage()
    const answer = await visitor.goto(made.url)
    assert.ok((answer?.status() ?? 0) >= 400)
  },
)

scene('a device that is removed by its person is shown as ended, without a reload', {}, async ({ page, stage }) => {
  const made = await stage.call('POST', '/invitations', {
    platform: 'apple',
    unit: stage.units.en,
    ownership: 'company',
    uses: 1,
    expiresInHours: 1,
  })
  const pad = unpack({ model: 'iPad16,3', careless: true, apns: stage.apns, name: 'Loan iPad 3', seed: 4712 })
  await enroll(pad, { profileUrl: String(made.profileUrl) })
  const found = async () =>
    ((await stage.call('GET', '/devices?filter=%22Loan%20iPad%203%22')).items as { id: string }[])[0]?.id
  await until(
    async () => (await found()) !== undefined,
    10_000,
    () => 'the iPad is not in the list',
  )
  await page.goto(`/devices/${await found()}`)
  await page.locator('.sentence').getByText(t('device.state.active')).waitFor()
  const same = await markDocument(page)
  await unenroll(pad)
  await page
    .locator('.sentence')
    .getByText(/ended|no longer managed|removed/i)
    .waitFor()
  await same()
})
