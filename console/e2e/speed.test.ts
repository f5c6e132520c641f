import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { scene, t } from './scene.ts'

scene('the first page weighs less than 250 KB of script on the wire', {}, async ({ page, note }) => {
  await page.goto('/', { waitUntil: 'load' })
  await page.getByRole('heading', { level: 1 }).waitFor()
  const scripts = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      // The words of everything else come after the first paint, when something on the page asks for them.
      .filter(entry => entry.name.endsWith('.js') && !/\.rest-/.test(entry.name))
      .map(entry => ({
        name: entry.name.split('/').at(-1),
        wire: entry.encodedBodySize,
        whole: entry.decodedBodySize,
      })),
  )
  const wire = scripts.reduce((sum, script) => sum + script.wire, 0)
  note(
    `${scripts.length} scripts, ${(wire / 1000).toFixed(1)} kB on the wire, ${(scripts.reduce((sum, script) => sum + script.whole, 0) / 1000).toFixed(1)} kB unpacked`,
  )
  assert.ok(wire > 0 && wire < 250_000, `${wire} bytes`)
})

/** Milliseconds from the click until the page of that title is drawn. */
async function timeTo(page: Page, name: string, heading: string): Promise<number> {
  return page.evaluate(
    ([link, title]) =>
      new Promise<number>((resolve, reject) => {
        const target = [...document.querySelectorAll<HTMLElement>('nav.nav a')].find(
          one => one.textContent?.trim() === link,
        )
        if (!target) return reject(new Error(`no link ${link}`))
        const at = performance.now()
        const look = (): void => {
          if (document.querySelector('main h1')?.textContent?.trim() === title) resolve(performance.now() - at)
          else if (performance.now() - at > 5000) reject(new Error(`${title} did not come`))
          else requestAnimationFrame(look)
        }
        target.click()
        requestAnimationFrame(look)
      }),
    [name, heading] as const,
  )
}

scene('going from page to page is quick', {}, async ({ page, note }) => {
  await page.goto('/')
  await page.getByRole('heading', { level: 1 }).waitFor()
  const times: Record<string, number[]> = {}
  for (let round = 0; round < 3; round += 1)
    for (const key of ['nav.devices', 'nav.people', 'nav.activity', 'nav.settings'] as const) {
      const took = await timeTo(page, t(key), t(key))
      times[t(key)] = [...(times[t(key)] ?? []), took]
      await page.waitForTimeout(300)
    }
  const said = Object.entries(times).map(([name, list]) => `${name} ${list.map(ms => ms.toFixed(0)).join(', ')} ms`)
  note(said.join('; '))
  const again = Object.values(times)
    .flatMap(list => list.slice(1))
    .toSorted((a, b) => a - b)
  const median = again[Math.floor(again.length / 2)] ?? Number.POSITIVE_INFINITY
  assert.ok(median < 250, `the median of a second visit is ${median.toFixed(0)} ms`)
})
