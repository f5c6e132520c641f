import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { readCatalog } from '../../wire/apple/catalog/testing/open.ts'
import { scene, t } from './scene.ts'

/** What one artifact looked like. */
interface Seen {
  name: string
  lines: number
  controls: number
  faults: string
}

/*
 * Every artifact of the catalog is drawn in the browser: the page is moved by its own router from one to the next, every key is shown, and what is
 * drawn is counted. It happens inside the page, as a round trip for each step would take longer than the drawing.
 */
scene('every artifact of the catalog is drawn as a form, key by key', {}, async ({ page, note }) => {
  const catalog = readCatalog()
  const all = [...catalog.all()]
  const started = Date.now()
  await page.goto('/policies/catalog')
  await page.getByRole('heading', { level: 1, name: t('catalog.title') }).waitFor()
  const missed: string[] = []
  let controls = 0
  for (let from = 0; from < all.length; from += 60) {
    const some = all.slice(from, from + 60)
    const seen = await visit(
      page,
      some.map(a => ({ family: a.family, id: a.id })),
    )
    some.forEach((artifact, i) => {
      const { lines, controls: drawn, faults } = seen[i] ?? { lines: 0, controls: 0, faults: 'not seen' }
      const keys = artifact.variants ? (artifact.variants[0]?.fields ?? []) : (artifact.fields ?? [])
      // A status item is a bare value; what has no keys says that nothing is set.
      const wanted = artifact.family === 'status' ? 0 : keys.length
      if (faults !== '' || lines < wanted || (wanted > 0 && drawn === 0))
        missed.push(`${artifact.family} ${artifact.id}: ${lines} of ${wanted} lines, ${drawn} controls ${faults}`)
      controls += drawn
    })
  }
  assert.deepEqual(missed, [])
  note(`${all.length} artifacts, ${controls} controls in ${((Date.now() - started) / 1000).toFixed(1)} s`)
})

function visit(page: Page, artifacts: { family: string; id: string }[]): Promise<Seen[]> {
  const words = { all: t('catalog.all'), form: t('catalog.form') }
  return page.evaluate(
    async ({ artifacts, words }) => {
      const until = async (so: () => boolean): Promise<boolean> => {
        for (let i = 0; i < 4000; i++) {
          if (so()) return true
          await new Promise(resolve => setTimeout(resolve, 5))
        }
        return false
      }
      const button = (name: string): HTMLElement | undefined =>
        [...document.querySelectorAll<HTMLElement>('main button')].find(b => b.textContent === name)
      const seen: Seen[] = []
      for (const { family, id } of artifacts) {
        const path = `/policies/catalog/${encodeURIComponent(family)}/${encodeURIComponent(id)}`
        history.pushState({}, '', path)
        dispatchEvent(new PopStateEvent('popstate', { state: {} }))
        const there = await until(
          () => document.querySelector('main .lede')?.textContent === id && document.querySelector('.cf') !== null,
        )
        button(words.all)?.click()
        await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, 0)))
        const form = document.querySelector('main .cf')
        seen.push({
          name: document.querySelector('main h1')?.textContent ?? '',
          lines: form?.querySelectorAll('.cf-lines > section > ul > .cf-set').length ?? 0,
          controls: form?.querySelectorAll('.cf-lines :is(input, select, textarea)').length ?? 0,
          faults: there ? (document.querySelector('.fault')?.textContent ?? '') : 'the page did not come',
        })
      }
      return seen
    },
    { artifacts, words },
  )
}

scene('a search finds a key, and leads to it in its form', {}, async ({ page }) => {
  await page.goto('/policies/catalog')
  await page.getByRole('searchbox', { name: t('catalog.search') }).fill('allowScreenShot')
  await page.getByRole('link', { name: 'Allow screen shot' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Restrictions' }).waitFor()
  await page.getByRole('searchbox', { name: /Search \d+ settings/ }).fill('screen shot')
  await page.getByRole('button', { name: t('form.add', { name: 'Allow screen shot' }) }).click()
  const line = page.getByRole('switch', { name: 'Allow screen shot' })
  assert.equal(await line.isChecked(), true, 'the default of the device is shown first')
  await line.click()
  await page.getByRole('tab', { name: t('catalog.raw') }).click()
  assert.deepEqual(JSON.parse(await page.getByRole('textbox', { name: t('form.rawName') }).inputValue()), {
    allowScreenShot: false,
  })
})

scene(
  'a form that holds itself opens as deep as one wants, and wrong values are named where they are',
  {},
  async ({ page }) => {
    await page.goto('/policies/catalog/payload/com.apple.homescreenlayout')
    await page.getByRole('button', { name: t('form.fillIn', { name: 'Pages' }) }).click()
    const add = (name: string) =>
      page.getByRole('button', { name: t('form.addEntryTo', { name }), exact: true }).click()
    await add('Pages')
    await add('Pages, entry 1')
    const icon = 'Pages, entry 1, entry 1'
    await page.getByRole('combobox', { name: t('form.addKeyTo', { name: icon }), exact: true }).selectOption('Pages')
    await page
      .getByRole('group', { name: icon })
      .getByRole('button', { name: t('form.addEntryTo', { name: 'Pages' }) })
      .click()
    await page.getByRole('tab', { name: t('catalog.raw') }).click()
    const raw = page.getByRole('textbox', { name: t('form.rawName') })
    assert.deepEqual(JSON.parse(await raw.inputValue()), { Pages: [[{ Type: 'App', Pages: [[]] }]] })
    await raw.fill('{"Pages": [[{"Type": "Song"}]], "Dock": 7}')
    await page.getByRole('tab', { name: t('catalog.form') }).click()
    await page.getByText('Song is not one of the values that are allowed').waitFor()
    await page.getByText('This should be array, but it is integer.').waitFor()
  },
)

scene('variables, secrets and bytes are entered as what they are', {}, async ({ page }) => {
  await page.goto('/policies/catalog/payload/com.apple.wifi.managed')
  await page.getByRole('searchbox', { name: /Search \d+ settings/ }).fill('SSID')
  await page.getByRole('button', { name: t('form.add', { name: 'SSID' }) }).click()
  await page.getByRole('textbox', { name: 'SSID' }).fill('Corp-{unit.name}')
  await page.getByRole('searchbox', { name: /Search \d+ settings/ }).fill('Password')
  await page.getByRole('button', { name: t('form.add', { name: 'Password' }), exact: true }).click()
  await page.getByLabel('Password', { exact: true }).fill('open sesame')
  await page.getByRole('tab', { name: t('catalog.raw') }).click()
  const value = JSON.parse(await page.getByRole('textbox', { name: t('form.rawName') }).inputValue())
  assert.deepEqual(value.SSID_STR, { $text: ['Corp-', { $var: 'unit.name' }] })
  assert.deepEqual(value.Password, { $newSecret: 'open sesame' })
  assert.equal(await page.getByText('open sesame', { exact: true }).count(), 0)
})
