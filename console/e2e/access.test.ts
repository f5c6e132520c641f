import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { axe, overflow } from './axe.ts'
import { places } from './places.ts'
import { scene, t } from './scene.ts'
import { type Stage, until } from './stage.ts'
import { walk } from './walk.ts'

async function ready(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await until(
    async () => (await page.locator('main [aria-busy=true]').count()) === 0,
    8000,
    () => `${page.url()} keeps loading`,
  )
}

scene(
  'axe finds nothing on any page, wide and narrow, light and dark, and nothing sticks out',
  { expects: /status of 404/ },
  async ({ page, stage, note }) => {
    const found: string[] = []
    const from = Date.now()
    await page.goto('/')
    await ready(page)
    const all = await places(stage)
    let seen = 0
    const look = async ({ name }: { name: string }): Promise<void> => {
      seen += 1
      found.push(...(await axe(page, name)))
      found.push(...(await overflow(page)).map(text => `${name}: ${text}`))
      await page.emulateMedia({ colorScheme: 'dark' })
      found.push(...(await axe(page, `${name}, dark`, true)))
      await page.setViewportSize({ width: 375, height: 720 })
      found.push(...(await axe(page, `${name}, dark and narrow`)))
      found.push(...(await overflow(page)).map(text => `${name}, narrow: ${text}`))
      await page.emulateMedia({ colorScheme: 'light' })
      found.push(...(await axe(page, `${name}, narrow`, true)))
      await page.setViewportSize({ width: 1280, height: 800 })
    }
    found.push(...(await walk(page, all, look)))
    assert.equal(seen, all.length)
    note(`${((Date.now() - from) / 1000).toFixed(0)} s`)
    assert.deepEqual(found, [])
  },
)

for (const scheme of ['light', 'dark'] as const)
  scene(`axe finds nothing in what opens over a page, ${scheme}`, { scheme }, async ({ page, stage }) => {
    const found: string[] = []
    const check = async (name: string): Promise<void> => void found.push(...(await axe(page, name)))
    await page.goto('/devices')
    await ready(page)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('iPhone')
    await page.getByRole('option').first().waitFor()
    await check('search')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: t('nav.help') }).click()
    await page.getByRole('dialog').waitFor()
    await check('help')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: t('filter.add'), exact: true }).click()
    await page.getByLabel(t('filter.field')).waitFor()
    await check('filter')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: t('devices.columns') }).click()
    await check('columns')
    await page.keyboard.press('Escape')
    await page.goto(`/devices/${await company(stage)}`)
    await page.getByRole('button', { name: t('device.more') }).click()
    await page.getByRole('menuitem').first().waitFor()
    await check('menu')
    await page.getByRole('menuitem', { name: `${t('command.kind.wipe')}…` }).click()
    await page.getByRole('dialog').waitFor()
    await check('erase')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: `${t('command.kind.lock')}…` }).click()
    await page.getByRole('dialog').waitFor()
    await check('lock')
    assert.deepEqual(found, [])
  })

scene(
  'axe finds nothing on the pages in front of the sign-in',
  { as: null, expects: /status of (401|404)/ },
  async ({ page, stage }) => {
    const found: string[] = []
    const invitation = await stage.call('POST', '/invitations', {
      platform: 'apple',
      unit: stage.units.sv,
      ownership: 'personal',
      uses: 1,
      expiresInHours: 1,
    })
    for (const path of ['/sign-in', '/accept?token=x', String(invitation.url)])
      for (const width of [1280, 375]) {
        await page.setViewportSize({ width, height: 720 })
        await page.goto(path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        found.push(...(await axe(page, path)), ...(await overflow(page)))
      }
    assert.deepEqual(found, [])
  },
)

async function company({ call }: Stage): Promise<string> {
  const { items } = await call('GET', '/devices?limit=1&filter=platform:ios%20ownership:company%20state:active')
  return (items as { id: string }[])[0]?.id ?? ''
}

interface Stop {
  words: string
  visible: boolean
  ring: boolean
}

/** What has the focus: its name, whether it is in the window, and whether a ring shows it. */
const focused = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body
    const ringed = (one: Element | null): boolean => {
      if (!one) return false
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
    }
    const box = element.getBoundingClientRect()
    const words =
      (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40) ||
      element.id ||
      element.tagName
    return {
      words: `${element.tagName} ${words}`,
      visible: box.bottom > 0 && box.top < window.innerHeight && box.width > 0,
      ring: ringed(element) || ringed(element.parentElement) || ringed(element.closest('label, tr')),
    }
  })

for (const path of ['/', '/devices', '/enrollment', '/settings/certificates', '/me'])
  scene(`Tab reaches everything on ${path} and each stop is visible with a ring`, {}, async ({ page }) => {
    await page.goto(path)
    await ready(page)
    const wanted = await page.evaluate(() => {
      const all = document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea')
      return [...all].filter(
        // What is folded away is reached once it is unfolded.
        one =>
          one.tabIndex >= 0 &&
          !one.hasAttribute('disabled') &&
          one.getClientRects().length > 0 &&
          one.checkVisibility(),
      ).length
    })
    const seen = new Map<string, Stop>()
    let stops = 0
    for (let step = 0; step < 250; step += 1) {
      await page.keyboard.press('Tab')
      if (await page.evaluate(() => document.activeElement === document.body || document.activeElement === null)) break
      const stop = await focused(page)
      stops += 1
      if (!stop.visible || !stop.ring) seen.set(stop.words, stop)
    }
    assert.deepEqual([...seen.values()], [])
    assert.ok(stops >= wanted, `${stops} stops, ${wanted} things to reach`)
  })

scene(
  'a device can be found and locked by keyboard alone, and the focus comes back where it was',
  {},
  async ({ page, stage }) => {
    const id = await company(stage)
    const { serial, name } = (await stage.call('GET', `/devices/${id}`)) as { serial: string; name: string }
    await page.goto('/')
    await ready(page)
    await page.keyboard.press('Tab')
    assert.match((await focused(page)).words, new RegExp(t('nav.skip')))
    await page.keyboard.press('Control+k')
    await page.keyboard.type(serial, { delay: 15 })
    // What half of it found may stand there for a moment.
    await until(
      async () => (await page.getByRole('option').first().innerText()).includes(name),
      5000,
      () => `${name} is not the first`,
    )
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/devices/${id}`)
    await page.getByRole('button', { name: `${t('command.kind.lock')}…` }).waitFor()
    const words = async () => (await focused(page)).words
    for (let step = 0; step < 30 && !(await words()).includes(`${t('command.kind.lock')}…`); step += 1)
      await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await until(
      async () => (await words()).includes(`${t('command.kind.lock')}…`),
      3000,
      () => 'the focus is lost after the dialog',
    )
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    for (let step = 0; step < 10 && !/^BUTTON Lock$/.test(await words()); step += 1) await page.keyboard.press('Tab')
    const made = page.waitForResponse(
      answer => answer.request().method() === 'POST' && answer.url().endsWith('/commands'),
    )
    await page.keyboard.press('Enter')
    assert.equal((await made).status(), 201)
  },
)
