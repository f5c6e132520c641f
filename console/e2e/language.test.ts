import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { type Catalog, en, type Key } from '../src/i18n/en.ts'
import { places } from './places.ts'
import { languages, looks, markDocument, scene, t } from './scene.ts'
import { until } from './stage.ts'
import { walk } from './walk.ts'

/** English texts that must not be seen in another language: whole messages that are different there. */
async function foreignTo(locale: string): Promise<Set<string>> {
  const catalog = ((await import(`../src/i18n/${locale}.ts`)) as Record<string, Catalog>)[locale] ?? en
  const keys = Object.keys(en) as Key[]
  const different = keys.filter(key => catalog[key] !== en[key])
  assert.ok(
    different.length > keys.length * 0.9,
    `only ${different.length} of ${keys.length} texts differ in ${locale}`,
  )
  const allowed = new Set(Object.values(catalog))
  return new Set(
    different.map(key => en[key]).filter(text => !/[{<]/.test(text) && text.length > 2 && !allowed.has(text)),
  )
}

/** Every text of the page that people see or have read to them. */
const texts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const seen: string[] = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    // Names of apps are names: an app called Numbers is called so everywhere.
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      // What is marked as English is a vendor's name, and English everywhere.
      if (!node.parentElement?.closest('.reported tbody th, main [lang=en], [data-name]'))
        seen.push(node.textContent ?? '')
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]'))
      if (!element.closest('[data-vendor]'))
        for (const name of ['aria-label', 'placeholder', 'title']) seen.push(element.getAttribute(name) ?? '')
    return seen.map(text => text.trim()).filter(text => text !== '')
  })

for (const { id, name } of languages.filter(language => language.id !== 'en'))
  scene(
    `every page speaks ${name} once it is chosen, without a reload and without a word of English`,
    { expects: /status of 404/ },
    async ({ page, stage, context, house }) => {
      await looks(context, house, { locale: 'en' })
      await page.goto('/')
      await page.getByRole('heading', { level: 1 }).waitFor()
      const same = await markDocument(page)
      await page
        .locator('header')
        .getByRole('button', { name: t('nav.language', { name: 'English' }) })
        .click()
      await page.getByRole('menuitem', { name }).click()
      await page.locator(`html[lang=${id}]`).waitFor()
      await same()
      const foreign = await foreignTo(id)
      const found: string[] = []
      const all = await places(stage)
      let seen = 0
      const look = async (place: { name: string }): Promise<void> => {
        seen += 1
        assert.equal(await page.locator('html').getAttribute('lang'), id)
        for (const text of await texts(page)) if (foreign.has(text)) found.push(`${place.name}: ${text}`)
      }
      // One language opens every page by its address; the others follow links, which keeps the document they began with.
      const restless = await walk(page, all, look, id === 'fr' ? 'load' : 'link')
      if (id !== 'fr') await same()
      assert.deepEqual([...restless, ...new Set(found)], [])
      assert.equal(seen, all.length)
    },
  )

scene(
  'light, dark, as the system, and high contrast are kept with the person',
  { scheme: 'light' },
  async ({ page, context, house }) => {
    await looks(context, house, { locale: 'en', theme: 'system', contrast: null })
    await page.goto('/me')
    const root = page.locator('html')
    const surface = () =>
      page.evaluate(() => getComputedStyle(document.querySelector('main') ?? document.body).backgroundColor)
    const bright = async () => Number(/\d+/.exec(await surface())?.[0]) > 127
    await page.getByRole('button', { name: t('account.theme.dark') }).click()
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor()
    assert.equal(await bright(), false)
    const before = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--text-3'))
    await page.getByRole('switch', { name: t('account.contrast') }).click()
    await page.locator('html[data-contrast=more]').waitFor()
    assert.notEqual(
      await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--text-3')),
      before,
    )
    const again = await context.newPage()
    await again.goto('/devices')
    await again.locator('html[data-mantine-color-scheme=dark][data-contrast=more]').waitFor()
    await page.getByRole('switch', { name: t('account.contrast') }).click()
    await page.getByRole('button', { name: t('account.theme.light') }).click()
    await page.locator('html[data-mantine-color-scheme=light]:not([data-contrast=more])').waitFor()
    await until(bright, 3000, () => 'light is not bright')
    await page.getByRole('button', { name: t('account.theme.system') }).click()
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor()
    assert.equal(await root.getAttribute('lang'), 'en')
  },
)
