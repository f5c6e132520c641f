import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import type { BrowserContext, Page } from 'playwright-core'
import { axe, overflow } from './axe.ts'
import { languages, looks, says, scene, t } from './scene.ts'
import { type House, password, type Stage, until as wait } from './stage.ts'

const height = 720

/** Writes as the signed-in owner does, without the page. */
async function write(context: BrowserContext, house: House, method: 'POST' | 'DELETE', path: string, data?: object) {
  const headers = { origin: house.url, 'sec-fetch-site': 'same-origin' }
  const answer = await context.request.fetch(`/api/v1${path}`, { method, headers, ...(data ? { data } : {}) })
  assert.ok(answer.ok(), `${path} ${await answer.text()}`)
  return answer.status() === 204 ? {} : ((await answer.json()) as Record<string, string>)
}

/** The owner has an authenticator app for the time of a test: where a device is asks again who is there. */
async function withCodes(context: BrowserContext, house: House, work: (code: () => string) => Promise<void>) {
  const { secret = '' } = await write(context, house, 'POST', '/me/totp', { password })
  await write(context, house, 'POST', '/me/totp/confirm', { code: codeOf(secret) })
  try {
    // The code that switched it on is used up; the next is taken early, as clocks may differ by one step.
    await work(() => codeOf(secret, 1))
  } finally {
    await write(context, house, 'DELETE', '/me/totp', { password })
  }
}

/** The code of RFC 6238 that an app with this secret shows, some steps of 30 seconds ahead. */
function codeOf(secret: string, ahead = 0): string {
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

interface Row {
  id: string
  name: string
  serial: string
}

/** A company iPhone or iPad of the stage that is not missing. */
async function handheld({ call }: Stage, nth = 0): Promise<Row> {
  const filter = encodeURIComponent('platform:ios,ipados ownership:company state:active supervised:yes')
  const row = ((await call('GET', `/devices?filter=${filter}&sort=serial&limit=20`)).items as Row[])[nth]
  assert.ok(row, 'the stage has a supervised company iPhone or iPad')
  return row
}

/** What axe finds on the page itself; the bar above it is tried elsewhere. */
const faults = async (page: Page, where: string): Promise<string[]> =>
  (await axe(page, where)).filter(line => !line.includes(' .bell '))

/** Waits for what devices and the server do by themselves. */
const until = (done: () => boolean | Promise<boolean>, what: string): Promise<void> => wait(done, 30_000, () => what)

/** The lock of a device as a program sees it. */
async function lockOf({ call }: Stage, device: string): Promise<{ state: string; createdAt: number } | undefined> {
  const { items } = (await call('GET', `/devices/${device}/commands`)) as {
    items: { kind: string; state: string; createdAt: number }[]
  }
  return items.find(c => c.kind === 'lost-mode.enable')
}

scene(
  'S3-9: a lost phone is locked in three taps at 375 px; where it is opens inside the incident only, and the record is closed',
  { width: 375, expects: /status of (401|403|409)/ },
  async ({ page, context, house, stage, note }) => {
    const row = await handheld(stage)
    let taps = 0
    const tap = async (what: ReturnType<Page['locator']>): Promise<void> => {
      taps += 1
      await what.click()
    }
    await page.goto(`/devices?filter=${encodeURIComponent(`"${row.serial}"`)}`)
    const began = Date.now()
    await tap(page.locator('.row-link').first())
    await tap(page.getByRole('button', { name: t('incident.report') }))
    await tap(page.getByRole('button', { name: t('incident.reportGo', { action: 'lost-mode' }) }))
    await page.waitForURL(/\/incidents\/inc_/)
    const lock = await lockOf(stage, row.id)
    assert.ok(lock, 'the lock is queued')
    assert.ok(lock.createdAt - began < 30_000 && taps <= 3, `${taps} taps, ${lock.createdAt - began} ms`)
    note(`${taps} taps; lock queued ${lock.createdAt - began} ms after the first`)
    await until(() => stage.machine(row.serial).interior.lostMode !== undefined, 'the phone did not lock')
    // The page follows by itself.
    await says(page, t('incident.is.locked', { at: '' }).replace('.', '').trim())
    await until(
      async () => Number((await stage.call('GET', `/incidents/${page.url().split('/').at(-1)}`)).fixes) > 0,
      'it did not say where it is',
    )
    const gate = page.getByRole('button', { name: t('incident.look') })
    await gate.waitFor()
    assert.equal(await page.getByRole('img', { name: /45\.|51\.|57\.|34\./ }).count(), 0, 'sealed until somebody looks')
    await withCodes(context, house, async code => {
      await gate.click()
      const dialog = page.getByRole('dialog')
      const map = page.locator('.fixmap svg[role=img]')
      await dialog.getByRole('textbox').or(map).first().waitFor()
      // Switching codes on may have proven the session already.
      if (await dialog.isVisible()) {
        await dialog.getByRole('textbox').fill(code())
        await dialog.getByRole('button', { name: t('stepUp.byCode') }).click()
      }
      await map.waitFor()
    })
    await says(page, t('incident.asList'))
    assert.match(await page.locator('.fixes tbody tr').first().innerText(), /\d+\.\d{5}, -?\d+\.\d{5}/)
    assert.deepEqual(await overflow(page), [])
    const bar = await page.getByRole('navigation', { name: t('incident.acts') }).boundingBox()
    assert.ok(bar && bar.y + bar.height <= height + 1 && bar.y > height / 2, 'the commands are under the thumb')
    assert.deepEqual(await faults(page, 'incident'), [])
    await page.emulateMedia({ colorScheme: 'dark' })
    assert.deepEqual(await axe(page, 'incident, dark', true), [])
    await page.getByRole('button', { name: t('incident.act.sound') }).click()
    await until(() => stage.machine(row.serial).interior.soundsPlayed > 0, 'it made no sound')
    await page.getByRole('button', { name: t('incident.found'), exact: true }).click()
    await page.getByLabel(t('incident.noteField')).fill('In the tram depot')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('incident.foundTitle') })
      .click()
    await says(page, t('incident.whereOver'))
    assert.equal(await page.locator('.fixmap').count(), 0, 'where it is, is closed with it')
    await until(() => stage.machine(row.serial).interior.lostMode === undefined, 'lost mode did not end')
    await page.getByRole('button', { name: t('incident.close'), exact: true }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('incident.closeTitle') })
      .click()
    await says(page, t('incident.is.closed', { outcome: 'found' }))
    const record = page.locator('.record')
    await record
      .getByText(t('incident.entry.looked', { what: 'location' }))
      .first()
      .waitFor()
    const [file] = await Promise.all([page.waitForEvent('download'), record.getByRole('link', { name: 'PDF' }).click()])
    assert.match(file.suggestedFilename(), /^incident-\d{4}\.pdf$/)
  },
)

scene(
  'a standing order is set, changed and taken back, and erasing asks for the name of the device',
  {},
  async ({ page, stage }) => {
    const row = await handheld(stage, 1)
    const made = await stage.call('POST', `/devices/${row.id}/incidents`, { kind: 'stolen' })
    await page.goto(`/incidents/${made.id}`)
    const order = page.getByRole('region', { name: t('incident.order') })
    await order.getByText(t('incident.order.forever')).waitFor()
    await order.getByRole('button', { name: t('incident.order.change') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(t('incident.order.untilField')).selectOption('48')
    await dialog.getByLabel(t('incident.order.after')).selectOption('erase')
    const save = dialog.getByRole('button', { name: t('incident.order.save') })
    assert.equal(await save.isDisabled(), true)
    await dialog.getByRole('textbox').fill(row.serial)
    await save.click()
    await order.getByText(t('incident.order.then.erase')).waitFor()
    await page.getByRole('button', { name: t('incident.act.erase') }).click()
    assert.equal(await page.getByRole('button', { name: t('incident.eraseGo', { scope: 'all' }) }).isDisabled(), true)
    await page.getByRole('button', { name: t('kit.keepIt') }).click()
    await order.getByRole('button', { name: t('incident.order.takeBack') }).click()
    await order.getByText(t('incident.order.none')).waitFor()
    await page.goto('/incidents?filter=state:open')
    await says(page, row.name)
    assert.deepEqual(await faults(page, 'incidents'), [])
    await stage.call('POST', `/incidents/${made.id}/found`, {})
    await until(() => stage.machine(row.serial).interior.lostMode === undefined, 'lost mode did not end')
  },
)

scene(
  'the palette reports what it finds, and the page of an incident speaks four languages',
  { expects: /status of 409/ },
  async ({ page, context, house, stage }) => {
    const row = await handheld(stage, 2)
    await page.goto('/')
    await page.getByRole('navigation', { name: t('nav.main') }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').locator('input').fill(row.serial)
    await page.getByRole('option', { name: t('incident.report') }).click()
    await page.getByRole('dialog').getByText(t('incident.why.lost-mode')).waitFor()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('kit.cancel') })
      .click()
    const made = await stage.call('POST', `/devices/${row.id}/incidents`, { kind: 'lost' })
    for (const { id } of languages) {
      await looks(context, house, { locale: id })
      await page.setViewportSize({ width: 375, height })
      await page.goto(`/incidents/${made.id}`)
      await page.locator('article.incident .thumb').waitFor()
      assert.deepEqual(await overflow(page), [], id)
    }
    await stage.call('POST', `/incidents/${made.id}/found`, {})
    await until(() => stage.machine(row.serial).interior.lostMode === undefined, 'lost mode did not end')
  },
)
