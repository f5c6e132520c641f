import assert from 'node:assert/strict'
import { after } from 'node:test'
import type { Page } from 'playwright-core'
import { axe, overflow } from './axe.ts'
import { says, scene, t } from './scene.ts'
import { type House, owner, password, startHouse, until } from './stage.ts'

let started: Promise<House> | undefined // by the test that needs it
const own = (): Promise<House> => {
  started ??= startHouse({ setUp: true })
  return started
}
after(async () => (await started)?.stop())

const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['PICTURES']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

for (const scheme of ['light', 'dark'] as const)
  for (const width of [1280, 375])
    scene(`the charter reads as tables, ${scheme}, ${width} wide`, { scheme, width }, async ({ page }) => {
      await page.goto('/settings/privacy')
      const collected = page.getByRole('table', { name: t('privacy.collected') })
      await collected.getByText(t('privacy.type.location')).waitFor()
      await page.getByRole('heading', { name: t('privacy.check') }).waitFor()
      assert.deepEqual(await axe(page, `privacy ${scheme} ${width}`), [])
      assert.deepEqual(await overflow(page), [])
      await picture(page, `privacy-${scheme}-${width}`)
      await page.getByRole('button', { name: t('privacy.change') }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(t('privacy.from')).selectOption('strict')
      await dialog.getByText(t('privacy.tightensText')).waitFor()
      await dialog.getByText(t('privacy.tightens'), { exact: true }).first().waitFor()
      assert.deepEqual(await axe(page, `change ${scheme} ${width}`), [])
      await picture(page, `privacy-change-${scheme}-${width}`)
    })

scene('the apps of somebody open with a purpose, and the log of looks says so', {}, async ({ page, stage }) => {
  const { items } = (await stage.call('GET', '/devices?limit=1&sort=-serial&filter=platform:ios%20state:active')) as {
    items: { id: string; name: string }[]
  }
  const [device] = items
  assert.ok(device)
  await page.goto(`/devices/${device.id}?tab=apps`)
  await page.getByText(t('privacy.gated', { what: t('privacy.type.apps') })).waitFor()
  await picture(page, 'gate')
  await page.getByRole('button', { name: t('privacy.look'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('privacy.purpose')).selectOption('own')
  await dialog.getByLabel(t('privacy.ownWords'), { exact: true }).fill('The person asked which apps are old')
  assert.deepEqual(await axe(page, 'gate'), [])
  await picture(page, 'gate-dialog')
  await dialog.getByRole('button', { name: t('privacy.look'), exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await until(
    async () => (await page.getByText(t('privacy.gated', { what: t('privacy.type.apps') })).count()) === 0,
    5000,
    () => 'the gate stays',
  )
  await page.goto('/settings/privacy')
  await page
    .getByRole('table', { name: t('privacy.looks') })
    .getByText('The person asked which apps are old')
    .waitFor()
})

scene(
  'a tighter charter asks who is there and holds at once; a looser one waits and can be taken back',
  { house: own, as: { email: owner.email, password }, expects: /status of (401|403)/ },
  async ({ page }) => {
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.goto('/me')
    await page.getByRole('button', { name: t('passkeys.add') }).click()
    const adding = page.getByRole('dialog')
    await adding.getByLabel(t('admins.name')).fill('Laptop')
    await adding.getByLabel(t('account.current')).fill(password)
    await adding.getByRole('button', { name: t('passkeys.addGo') }).click()
    await adding.waitFor({ state: 'hidden' })
    const wish = async (from: string, why: string): Promise<void> => {
      await page.goto('/settings/privacy')
      await page.getByRole('button', { name: t('privacy.change') }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(t('privacy.from')).selectOption(from)
      await dialog.getByLabel(t('privacy.why')).fill(why)
      await dialog.getByRole('button', { name: t(from === 'strict' ? 'privacy.toApply' : 'privacy.toAgree') }).click()
    }
    await wish('strict', 'as agreed with the council')
    const proof = page.getByRole('button', { name: t('stepUp.byPasskey') })
    await until(
      async () => {
        if (await proof.isVisible()) await proof.click({ timeout: 2000 }).catch(() => undefined)
        return (await page.getByText(t('privacy.inForce', { version: 1 })).count()) > 0
      },
      40_000,
      () => 'version 1 is not in force',
    )
    await says(page, 'as agreed with the council')
    await wish('dedicated', 'for the kiosks')
    await page.getByText(t('privacy.pending'), { exact: true }).waitFor()
    await picture(page, 'pending')
    await page.getByRole('button', { name: t('privacy.refuse') }).click()
    const refusing = page.getByRole('dialog')
    await refusing.getByLabel(t('privacy.reason')).fill('not yet')
    await refusing.getByRole('button', { name: t('privacy.refuseDo') }).click()
    await page.getByText(t('privacy.pending'), { exact: true }).waitFor({ state: 'hidden' })
  },
)
