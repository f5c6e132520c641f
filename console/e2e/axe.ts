import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds, one line per element; only contrast can differ between light and dark. */
export async function axe(page: Page, where: string, contrastOnly = false): Promise<string[]> {
  // A page that is still on its way has neither; every page of ours has both once it is there, also behind a dialog.
  await page.locator('main h1').first().waitFor({ state: 'attached' })
  // Given through the browser's own protocol, which the page's policy does not bind; the page itself could not load it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const options: RunOptions = {
    resultTypes: ['violations'],
    runOnly: contrastOnly ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: rules },
  }
  const violations = await page.evaluate(
    async chosen =>
      ((await Reflect.get(window, 'axe').run(document, chosen)) as AxeResults).violations.map(({ id, nodes }) => ({
        id,
        nodes: nodes.map(({ target, any, all, none }) => ({
          target: target.join(' '),
          why: [...any, ...all, ...none][0]?.message ?? '',
        })),
      })),
    options,
  )
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, why }) => `${where}: ${id} ${target} ${why}`))
}

/** What sticks out of the window on the right. */
export const overflow = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth
    if (wide <= window.innerWidth) return []
    const out = [...document.querySelectorAll('main *')].filter(
      element => element.getBoundingClientRect().right > window.innerWidth + 1,
    )
    return [
      `${wide} px wide: ${out
        .slice(0, 3)
        .map(element => `${element.tagName}.${element.className}`)
        .join(', ')}`,
    ]
  })
