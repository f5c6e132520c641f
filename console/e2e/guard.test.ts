import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after } from 'node:test'
import type { Page } from 'playwright-core'
import { axe } from './axe.ts'
import { says, scene, t } from './scene.ts'
import { type House, owner, password, type Stage, startHouse, until } from './stage.ts'

const approver = { email: 'bo.berg@havsten.example', name: 'Bo Berg' }
const dayMs = 86_400_000

/** What only days could otherwise bring about, written into the database of the running server. */
function write(house: House, ...statements: string[]): void {
  const db = new DatabaseSync(join(house.data, 'muster.db'))
  db.exec('PRAGMA busy_timeout = 5000')
  for (const statement of statements) db.exec(statement)
  db.close()
}

/** Limits that let nothing through by itself, not even what was approved. */
const strict = {
  perPersonHour: 0,
  perDay: { least: 0, percent: 0 },
  perUnitDay: { least: 0, percent: 0 },
  approvedPerHour: { least: 0, percent: 0 },
  disruptivePerQuarter: { least: 25, percent: 10 },
  twoApprovers: { least: 10, percent: 1, most: 100 },
  coolingFrom: 25,
  coolingMinutes: 15,
  heldHours: 72,
  breakerMinute: 5,
  breakerTenMinutes: { least: 5, percent: 0.5 },
}

async function clean(page: Page): Promise<void> {
  assert.deepEqual(await axe(page, page.url()), [])
}

async function authenticator(page: Page): Promise<void> {
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
}

/** An admin who has long been one: invited, let in by the machine itself, with a password of their own. */
async function letIn({ call, house, units }: Stage, page: Page): Promise<void> {
  const invited = await call('POST', '/admins', { ...approver, role: 'admin', unit: units.top })
  if (typeof invited.held === 'string') house.local(['guard', 'release', invited.held])
  await page.goto(String(invited.url))
  await page.getByLabel(t('accept.password')).fill(password)
  await page.getByRole('button', { name: t('accept.go') }).click()
  await page.getByRole('navigation', { name: t('nav.main') }).waitFor()
}

async function addPasskey(page: Page): Promise<void> {
  await page.goto('/me')
  await page.getByRole('button', { name: t('passkeys.add') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('admins.name')).fill('Laptop')
  await dialog.getByLabel(t('account.current')).fill(password)
  await dialog.getByRole('button', { name: t('passkeys.addGo') }).click()
  await says(page, t('totp.codesOnce'))
}

scene(
  'a device that one person may not erase alone is held; another agrees with a passkey to exactly that, and it can be withdrawn until it has left',
  { as: null, expects: /status of (401|403|409)/ },
  async ({ page, stage }) => {
    const { call, house } = stage
    const { items } = (await call('GET', '/devices?limit=1&sort=-serial&filter=platform:macos')) as {
      items: { id: string; name: string; serial: string }[]
    }
    const [mac] = items
    assert.ok(mac)
    await authenticator(page)
    await letIn(stage, page)
    await addPasskey(page)
    write(
      house,
      `UPDATE grants SET created_at = created_at - ${10 * dayMs}`,
      `UPDATE passkeys SET created_at = created_at - ${10 * dayMs}`,
      `INSERT INTO guard_limits SELECT org, 99, '${JSON.stringify(strict)}', 'system', 'test', 0 FROM orgs`,
    )
    try {
      const wiped = await call('POST', `/devices/${mac.id}/commands`, {
        kind: 'wipe',
        args: { confirm: mac.serial },
        reason: 'Handed in',
      })
      assert.equal(wiped.state, 'held')
      await page.goto(`/devices/${mac.id}`)
      await page
        .getByRole('link', { name: t('held.see') })
        .first()
        .waitFor()
      await page.goto(`/commands/${wiped.id}`)
      await says(page, t('command.state.held'))
      await page.goto('/activity/held')
      await clean(page)
      await page.getByRole('link', { name: t('command.kind.wipe') }).click()
      await says(page, mac.name)
      await says(page, 'Handed in')
      await clean(page)
      await page.getByRole('button', { name: t('held.approve') }).click()
      await page.getByText(t('held.sentence.released', { sent: 0, devices: 1 })).waitFor()
      await says(page, approver.name)
      await page.getByRole('button', { name: t('held.cancel') }).click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: t('held.cancel') })
        .click()
      await says(page, t('held.state.canceled'))
      const after = await call('GET', `/commands/${wiped.id}`)
      assert.equal(after.state, 'canceled')
    } finally {
      house.local(['guard', 'reset'])
    }
  },
)

let started: Promise<House> | undefined // by the first test
const own = (): Promise<House> => {
  started ??= startHouse({ setUp: true })
  return started
}
after(async () => (await started)?.stop())

scene(
  'the button stops everything after a phrase typed by hand, every page says so, and the machine lifts it',
  {
    house: own,
    as: { email: owner.email, password },
    expects: /status of (401|409|423)/,

    width: 375,
  },
  async ({ page, house }) => {
    await page.goto('/settings/guard')
    await says(page, t('guard.quiet'))
    await clean(page)
    await page.getByRole('button', { name: t('guard.panic') }).click()
    const dialog = page.getByRole('dialog')
    const stop = dialog.getByRole('button', { name: t('guard.panic') })
    assert.equal(await stop.isDisabled(), true)
    await dialog.getByLabel(t('guard.panicReason')).fill('Somebody is in')
    await dialog.getByRole('textbox').last().fill(t('guard.panicPhrase'))
    await stop.click()
    await says(page, t('guard.frozen'))
    await says(page, 'Somebody is in')
    await page.goto('/devices')
    await page.getByRole('alert').getByText(t('guard.frozen')).waitFor()
    assert.equal(house.local(['guard', 'status']).includes('Somebody is in'), true)
    house.local(['guard', 'unfreeze'])
    const lifted = async (): Promise<boolean> => {
      const told = page.waitForResponse(/\/api\/v1\/guard$/)
      await page.reload()
      await (await told).finished()
      await page.getByRole('heading', { level: 1 }).waitFor()
      return (await page.getByText(t('guard.frozen')).count()) === 0
    }
    await until(lifted, 10_000, () => 'the page still says that all is stopped')
  },
)

scene(
  'whom devices ask is told once and only when enough people could agree, and a change of it waits for them',
  { house: own, as: { email: owner.email, password }, expects: /status of (401|403|409)/ },
  async ({ page, house }) => {
    await page.goto('/settings/guard')
    await page.getByRole('link', { name: t('approvers.see') }).click()
    await says(page, t('approvers.none'))
    await clean(page)
    await authenticator(page)
    await addPasskey(page)
    const copied = 'name, public_key, counter, transports, synced, created_at, last_used_at, suspect_at'
    write(
      house,
      `UPDATE grants SET created_at = created_at - ${10 * dayMs}`,
      `UPDATE passkeys SET created_at = created_at - ${10 * dayMs}`,
      `INSERT INTO admins SELECT org, 'adm_${'7'.repeat(32)}', 'Bo Berg', 'bo@havsten.example', 'bo@havsten.example', 'active', password, totp, totp_pending, totp_step, locale, theme, contrast, last_sign_in_at, created_at, zone FROM admins LIMIT 1`,
      `INSERT INTO grants SELECT org, 'gra_${'7'.repeat(32)}', 'adm_${'7'.repeat(32)}', role, unit, created_at FROM grants LIMIT 1`,
    )
    await page.goto('/settings/guard/approvers')
    const many = page.getByLabel(t('approvers.select'))
    await many.selectOption('1')
    // One person alone cannot agree to what they asked for.
    await says(page, t('approvers.tooFew', { need: 2, people: 1 }))
    assert.equal(await page.getByRole('button', { name: t('approvers.save') }).isDisabled(), true)
    write(
      house,
      `INSERT INTO passkeys (org, id, admin, credential, ${copied}) SELECT org, 'psk_${'7'.repeat(32)}', 'adm_${'7'.repeat(32)}', 'b3RoZXI', ${copied} FROM passkeys LIMIT 1`,
    )
    await page.reload()
    await many.selectOption('1')
    await says(page, t('approvers.edge'))
    await page.getByRole('button', { name: t('approvers.save') }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('approvers.save') })
      .click()
    await proveIfAsked(page)
    await says(page, t('approvers.on', { need: 1, people: 2 }))
    await clean(page)
    // From now on nobody changes it alone.
    await many.selectOption('0')
    await page.getByRole('button', { name: t('approvers.propose') }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('approvers.propose') })
      .click()
    await says(page, t('approvers.waiting'))
    await says(page, t('approvers.on', { need: 1, people: 2 }))
    assert.equal(await many.isDisabled(), true)
    await page.getByRole('link', { name: t('approvers.waitingSee') }).click()
    await page.waitForURL(/\/activity\/held\/int_/)
  },
)

/** A fresh proof, where the server wants one. */
async function proveIfAsked(page: Page): Promise<void> {
  const proof = page.getByRole('button', { name: t('stepUp.byPasskey') })
  // The question itself says the same sentence, outside the page's own part.
  const told = page.locator('main').getByText(t('approvers.on', { need: 1, people: 2 }))
  await told.or(proof).first().waitFor()
  if (await proof.isVisible()) await proof.click()
}
