import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after } from 'node:test'
import type { Page } from 'playwright-core'
import { says, scene, t } from './scene.ts'
import { type House, owner, password, startHouse } from './stage.ts'

/** A server of its own: setting up happens once, and wrong passwords would hold up the other tests. */
let house: Promise<House> | undefined // started by the first test
const own = (): Promise<House> => {
  house ??= startHouse({ setUp: false })
  return house
}
after(async () => (await house)?.stop())

/** Refusals are the point here; the browser notes each as a failed resource. */
const refusals = /status of (401|403|409|410|422|429)/
const gate = { house: own, as: null, expects: refusals } as const
const setupLink = async (): Promise<string> =>
  /https:\S+\/setup\S*/.exec((await own()).said())?.[0] ?? assert.fail('no link was printed')

async function signIn(page: Page, secret = password): Promise<void> {
  await page.getByLabel(t('signIn.email')).fill(owner.email)
  await page.getByLabel(t('signIn.password')).fill(secret)
  await page.getByRole('button', { name: t('signIn.go') }).click()
}

/** Where only the signed-in are. */
const inside = (page: Page): Promise<void> => page.getByRole('navigation', { name: t('nav.main') }).waitFor()

scene('the printed link leads from the organization over the admin to a signed-in owner', gate, async ({ page }) => {
  await page.goto('/')
  await page.waitForURL(/\/setup/)
  await says(page, t('setup.noToken').slice(0, 40))
  await page.goto(await setupLink())
  await page.getByLabel(t('setup.orgName')).fill(owner.org)
  await page.getByRole('button', { name: t('setup.next') }).click()
  await page.getByLabel(t('setup.name')).fill(owner.name)
  await page.getByLabel(t('signIn.email')).fill(owner.email)
  const make = page.getByRole('button', { name: t('setup.make') })
  await page.getByLabel(t('signIn.password')).fill('too short')
  await says(page, t('password.short'))
  assert.equal(await make.isDisabled(), true)
  await page.getByLabel(t('signIn.password')).fill(password)
  await make.click()
  await says(page, t('setup.done', { org: owner.org }))
  await says(page, t('setup.check.push'))
  await page.getByRole('button', { name: t('setup.toHome') }).click()
  await inside(page)
  assert.equal(new URL(page.url()).pathname, '/')
})

scene('a used set-up link says that this server is set up', gate, async ({ page }) => {
  await page.goto(await setupLink())
  await says(page, t('setup.over'))
  await page.getByRole('link', { name: t('signIn.title') }).click()
  await page.waitForURL(/\/sign-in/)
})

scene('a one-time sign-in link works once', gate, async ({ page, context, house: { local } }) => {
  const link = local(['setup', '--email', owner.email, '--link'])
  await page.goto(link)
  await inside(page)
  await context.clearCookies()
  await page.goto(link)
  await says(page, t('problem.link.unknown'))
})

scene(
  'a session revoked elsewhere leads by itself to the sign-in, and that back to the page',
  gate,
  async ({ page, context, house: { url } }) => {
    await page.goto('/settings/keys')
    await page.waitForURL(/\/sign-in\?/)
    await signIn(page)
    await page.waitForURL(/\/settings\/keys$/)
    const headers = { origin: url, 'sec-fetch-site': 'same-origin' }
    const { items } = (await (await context.request.get('/api/v1/me/sessions')).json()) as {
      items: { id: string; current: boolean }[]
    }
    const mine = items.find(session => session.current)
    await context.request.delete(`/api/v1/me/sessions/${mine?.id}`, { headers })
    await page.waitForURL(/\/sign-in\?/)
    await says(page, t('signIn.ended'))
    await signIn(page)
    await page.waitForURL(/\/settings\/keys$/)
  },
)

scene(
  'with an authenticator app, signing in asks for its code, and a recovery code works once',
  gate,
  async ({ page }) => {
    await page.goto('/me')
    await signIn(page)
    await page.getByLabel(t('totp.password')).fill(password)
    await page.getByRole('button', { name: t('totp.begin') }).click()
    await page.getByRole('img', { name: t('totp.qr') }).waitFor()
    const secret = (await page.locator('.once').innerText()).trim()
    await page.getByLabel(t('signIn.code')).fill('000000')
    await page.getByRole('button', { name: t('totp.confirm') }).click()
    await says(page, t('problem.totp.code-wrong'))
    await page.getByLabel(t('signIn.code')).fill(totp(secret))
    await page.getByRole('button', { name: t('totp.confirm') }).click()
    await says(page, t('totp.codesOnce'))
    const [recovery = ''] = await page
      .getByRole('list', { name: t('totp.codes') })
      .getByRole('listitem')
      .allInnerTexts()
    await signOut(page)
    await signIn(page)
    await says(page, t('signIn.codeAsk'))
    await page.getByLabel(t('signIn.code')).fill(totp(secret, 1))
    await page.getByRole('button', { name: t('signIn.confirm') }).click()
    await inside(page)
    await signOut(page)
    await signIn(page)
    await page.getByLabel(t('signIn.code')).fill(recovery)
    await page.getByRole('button', { name: t('signIn.confirm') }).click()
    await inside(page)
    await signOut(page)
    await signIn(page)
    await page.getByLabel(t('signIn.code')).fill(recovery)
    await page.getByRole('button', { name: t('signIn.confirm') }).click()
    await says(page, t('problem.sign-in.refused'))
  },
)

scene(
  'a wrong password is told without saying what was wrong, and many of them make it wait',
  gate,
  async ({ page }) => {
    await page.goto('/sign-in')
    await signIn(page, 'not the passphrase at all')
    await says(page, t('problem.sign-in.refused'))
    const wait = page.getByText(t('signIn.wait'))
    for (let tries = 0; tries < 20 && !(await wait.isVisible()); tries += 1) {
      const answered = page.waitForResponse(/\/api\/v1\/sign-in$/)
      await page.getByRole('button', { name: t('signIn.go') }).click()
      // From here on the button is not for pressing.
      if ((await answered).status() === 429) break
    }
    await says(page, t('signIn.wait'))
    await says(page, /Try again in \d+ second/)
    assert.equal(await page.getByRole('button', { name: t('signIn.go') }).isDisabled(), true)
  },
)

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: t('nav.person', { name: owner.name }) }).click()
  await page.getByRole('menuitem', { name: t('nav.signOut') }).click()
  await page.waitForURL(/\/sign-in/)
}

/** The code of RFC 6238 that an app with this secret shows, some steps of 30 seconds ahead. */
function totp(secret: string, ahead = 0): string {
  const bits = [...secret.replaceAll(/\s|=/g, '')]
    .map(sign => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
