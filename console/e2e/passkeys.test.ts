import assert from 'node:assert/strict'
import { after } from 'node:test'
import type { Page } from 'playwright-core'
import { says, scene, t } from './scene.ts'
import { type House, owner, password, startHouse } from './stage.ts'

/** A server of its own, whose owner gets a passkey. */
let started: Promise<House> | undefined // by the first test
const own = (): Promise<House> => {
  started ??= startHouse({ setUp: true })
  return started
}
after(async () => (await started)?.stop())

const refusals = /status of (401|403|409)/

/** Chromium's own authenticator, with its screen lock always open. (DevTools protocol, WebAuthn) */
async function authenticator(
  page: Page,
): Promise<{ verify(yes: boolean): Promise<void>; credentials: () => Promise<number> }> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    verify: async isUserVerified => {
      await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
    credentials: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  }
}

const inside = (page: Page): Promise<void> => page.getByRole('navigation', { name: t('nav.main') }).waitFor()

async function signIn(page: Page): Promise<void> {
  await page.getByLabel(t('signIn.email')).fill(owner.email)
  await page.getByLabel(t('signIn.password')).fill(password)
  await page.getByRole('button', { name: t('signIn.go'), exact: true }).click()
}

async function signOut(page: Page): Promise<void> {
  await page.context().clearCookies()
  await page.goto('/sign-in')
}

scene(
  'a passkey is added, signs in alone and beside the password, and what takes a fresh proof asks for it and then happens by itself',
  { house: own, as: null, expects: refusals },
  async ({ page, house }) => {
    const held = await authenticator(page)
    await page.goto('/me')
    await page.waitForURL(/\/sign-in/)
    await signIn(page)
    await page.waitForURL(/\/me$/)
    await page.getByRole('button', { name: t('passkeys.add') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(t('admins.name')).fill('Laptop')
    await dialog.getByLabel(t('account.current')).fill('not it')
    await dialog.getByRole('button', { name: t('passkeys.addGo') }).click()
    await dialog.getByText(t('problem.password.wrong')).waitFor()
    await dialog.getByLabel(t('account.current')).fill(password)
    await dialog.getByRole('button', { name: t('passkeys.addGo') }).click()
    await says(page, t('totp.codesOnce'))
    assert.equal(await held.credentials(), 1)
    assert.equal(
      await page
        .getByRole('list', { name: t('totp.codes') })
        .getByRole('listitem')
        .count(),
      10,
    )

    await signOut(page)
    await page.getByRole('button', { name: t('signIn.passkey') }).click()
    await inside(page)

    await signOut(page)
    await signIn(page)
    await says(page, t('signIn.codeAsk'))
    await page.getByRole('button', { name: t('stepUp.byPasskey') }).click()
    await inside(page)

    // A session opened by a link has proved nothing: it is asked, and only then does what was asked for happen.
    await page.goto(house.local(['setup', '--email', owner.email, '--link']))
    await inside(page)
    await page.goto('/me')
    const remove = async (): Promise<void> => {
      await page
        .getByRole('dialog')
        .getByRole('button', { name: t('passkeys.remove'), exact: true })
        .click()
    }
    await page.getByRole('button', { name: t('passkeys.removeLabel', { name: 'Laptop' }) }).click()
    await remove()
    const question = page.getByRole('dialog', { name: t('stepUp.title') })
    await question.getByRole('button', { name: t('kit.cancel') }).click()
    await page.getByRole('dialog').getByText(t('problem.step-up.needed')).waitFor()
    await remove()
    await question.getByLabel(t('stepUp.orCode')).fill('00000-00000-00000-00000')
    await question.getByRole('button', { name: t('stepUp.byCode') }).click()
    await question.getByText(t('problem.step-up.refused')).waitFor()
    await held.verify(false)
    await question.getByRole('button', { name: t('stepUp.byPasskey') }).click()
    await question.getByText(t('problem.passkey.canceled')).waitFor()
    await held.verify(true)
    await question.getByRole('button', { name: t('stepUp.byPasskey') }).click()
    await page
      .getByRole('button', { name: t('passkeys.removeLabel', { name: 'Laptop' }) })
      .waitFor({ state: 'detached' })
    await signOut(page)
    await signIn(page)
    await inside(page)
  },
)
