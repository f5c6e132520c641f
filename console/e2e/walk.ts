import type { Page, Request, Response } from 'playwright-core'
import { until } from './stage.ts'

/** A page of the console. */
export interface Place {
  name: string
  path: string
}

/**
 * Visits pages one after the other and looks at each once nothing of it is on its way any more; answers what never came to rest. By default it
 * follows them as links do, within one document, which costs a fifth of loading each; `load` opens each by its address.
 */
export async function walk(
  page: Page,
  places: readonly Place[],
  look: (place: Place) => Promise<void>,
  by: 'link' | 'load' = 'link',
): Promise<string[]> {
  const open = new Set<Request>()
  const opened = (request: Request): void => void open.add(request)
  const failed = (request: Request): void => void open.delete(request)
  // Its head is enough: what tells of news never ends, and some bodies nobody reads.
  const answered = (response: Response): void => failed(response.request())
  page.on('request', opened).on('response', answered).on('requestfailed', failed)
  const restless: string[] = []
  try {
    for (const place of places) {
      if (by === 'load') open.clear()
      await (by === 'load' ? page.goto(place.path) : follow(page, place.path))
      await until(
        async () => open.size === 0 && (await stands(page)) && open.size === 0,
        20_000,
        () => `keeps loading ${[...open].map(request => request.url()).join(' ')}`,
      ).catch(error => restless.push(`${place.name}: ${String(error).split('\n')[0]}`))
      await look(place)
    }
  } finally {
    page.off('request', opened).off('response', answered).off('requestfailed', failed)
  }
  return restless
}

/** Goes to an address as a link does. */
async function follow(page: Page, path: string): Promise<void> {
  const there = await page.evaluate(async to => {
    await Reflect.get(window, '__TSR_ROUTER__').navigate({ href: to })
    const [is, wanted] = [new URL(location.href), new URL(to, location.href)]
    const asked = [...wanted.searchParams]
    return is.pathname === wanted.pathname && asked.every(([name, value]) => is.searchParams.get(name) === value)
  }, path)
  if (!there) throw new Error(`${path} leads to ${page.url()}`)
}

/** Whether the page has its title and nothing in it waits, for as long as it takes to be drawn twice. */
const stands = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    const busy = (): boolean =>
      Reflect.get(window, '__TSR_ROUTER__').state.status !== 'idle' ||
      document.querySelector('main h1') === null ||
      document.querySelector('main [aria-busy=true]') !== null
    const drawn = (): Promise<number> => new Promise(resolve => requestAnimationFrame(resolve))
    if (busy()) return false
    await drawn()
    await drawn()
    return !busy()
  })
