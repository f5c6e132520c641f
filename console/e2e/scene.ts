import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import type { BrowserContext, ConsoleMessage, Page, Request } from 'playwright-core'
import type { Locale } from '../src/contract.ts'
import { type Catalog, en, type Key } from '../src/i18n/en.ts'
import { say, type Values } from '../src/i18n/messages.ts'
import { browser, type House, owner, password, type Stage, stage } from './stage.ts'

/** How a page is opened. */
export interface Wish {
  /** The house to visit; the one with the devices when absent. */
  house?: () => Promise<House>
  /** Who is signed in: the owner when absent, null for nobody, or another admin. */
  as?: { email: string; password: string } | null
  width?: number
  scheme?: 'light' | 'dark'
  locale?: string
  /** Lines of the browser's console that are no fault here, such as a refusal that is the point of the test. */
  expects?: RegExp
}

/** What a test of pages gets. */
export interface Scene {
  page: Page
  house: House
  stage: Stage
  context: BrowserContext
  /** Prints a measured number beside the test. */
  note(text: string): void
}

/** The languages by their own names. */
export const languages: readonly { id: Locale; name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'fr', name: 'Français' },
  { id: 'sv', name: 'Svenska' },
  { id: 'ja', name: '日本語' },
]

const pictures = join(tmpdir(), 'muster-e2e-pictures')

/** The words of the console in English, as the page shows them. */
export const t = (key: Key, values?: Values): string => say(en[key], 'en-GB', values)

/** The words of another language. */
export async function wordsOf(locale: Locale): Promise<(key: Key, values?: Values) => string> {
  const loaded = (await import(`../src/i18n/${locale}.ts`)) as Record<string, Catalog>
  const catalog = loaded[locale] ?? en
  return (key, values) => say(catalog[key], { en: 'en-GB', fr: 'fr-FR', sv: 'sv-SE', ja: 'ja-JP' }[locale], values)
}

/** A test with a page of its own; an error of the page, a violation of its policy or a failed request fails it too. */
export function scene(name: string, wish: Wish, act: (scene: Scene) => Promise<void>): void {
  test(name, { timeout: 20 * 60_000 }, async test => {
    const house = wish.house ? await wish.house() : (await stage()).house
    const { page, leave } = await take(house, wish)
    const context = page.context()
    const { faults, end } = watch(page, wish.expects)
    let well = false
    try {
      await act({
        page,
        house,
        context,
        stage: wish.house ? (undefined as never) : await stage(),
        note: text => test.diagnostic(text),
      })
      assert.deepEqual(faults, [], 'the page complained')
      well = true
    } catch (error) {
      mkdirSync(pictures, { recursive: true })
      const path = join(pictures, `${name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 80)}.png`)
      await page.screenshot({ path, timeout: 5000 }).catch(() => undefined)
      if (error instanceof Error)
        error.message += `\n  at ${page.url()}, picture ${path}${faults.map(fault => `\n  ${fault}`).join('')}`
      throw error
    } finally {
      end()
      // The next test expects the owner as they were.
      if (wish.as === undefined && !wish.house)
        await looks(context, house, { locale: 'en', theme: 'system', contrast: null }).catch(() => undefined)
      await leave(well)
    }
  })
}

/** How long a page may take for one thing, in milliseconds: many times what it takes on a machine with nothing else to do. */
const slow = 90_000

async function open(house: House, wish: Wish): Promise<BrowserContext> {
  const context = await (await browser()).newContext({
    baseURL: house.url,
    ignoreHTTPSErrors: true,
    viewport: { width: 1280, height: 800 },
    locale: wish.locale ?? 'en-GB',
    timezoneId: 'Europe/Stockholm',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
  context.setDefaultTimeout(slow)
  context.setDefaultNavigationTimeout(slow)
  const as = wish.as === undefined ? { email: owner.email, password } : wish.as
  if (as) await enter(context, house, as)
  return context
}

/** The page that scenes of the owner on the stage use one after the other, one for each language of the browser. */
const kept = new Map<string, Page>()

/** Where no script runs that could write something down, at the same address: the browser keeps what it compiled. */
const still = '/logo.svg'

/**
 * A page for a scene, and how it is left. A first page in a new context costs the processor as much as four later ones in the same, so the owner
 * on the stage keeps theirs, swept as if it were new; one on which something went wrong is thrown away. Whoever signs in or out, or has a house
 * of their own, gets one of their own.
 */
async function take(house: House, wish: Wish): Promise<{ page: Page; leave(well: boolean): Promise<void> }> {
  const alone = wish.as !== undefined || wish.house !== undefined
  const key = wish.locale ?? ''
  const before = alone ? undefined : kept.get(key)
  const page = before ?? (await (await open(house, wish)).newPage())
  if (!before) patient(page)
  else kept.delete(key)
  await page.setViewportSize({ width: wish.width ?? 1280, height: wish.width && wish.width < 600 ? 720 : 800 })
  await page.emulateMedia({ colorScheme: wish.scheme ?? 'light' })
  const leave = async (well: boolean): Promise<void> => {
    const context = page.context()
    if (alone || !well) return context.close()
    for (const other of context.pages()) if (other !== page) await other.close()
    await page.mouse.move(0, 0)
    await page.goto(still)
    await page.evaluate(() => {
      localStorage.clear()
      sessionStorage.clear()
    })
    kept.set(key, page)
  }
  return { page, leave }
}

const cookies = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>()

/** Signs in once per admin and run, then shares the session. */
async function enter(context: BrowserContext, house: House, as: { email: string; password: string }): Promise<void> {
  const name = `${house.url} ${as.email}`
  const kept = cookies.get(name)
  if (kept) return context.addCookies(kept)
  const answer = await context.request.post('/api/v1/sign-in', {
    data: as,
    headers: { origin: house.url, 'sec-fetch-site': 'same-origin' },
  })
  assert.equal(answer.status(), 200, await answer.text())
  cookies.set(name, await context.cookies())
}

/** What Chromium says when kept connections closed under it more often than it tries again by itself; a person would reload. */
const worn = /net::ERR_TOO_MANY_RETRIES/

/** Goes to an address once more when the browser gave up on its own kept connections. */
function patient(page: Page): void {
  const goto = page.goto.bind(page)
  page.goto = (...to) =>
    goto(...to).catch((error: unknown) => (worn.test(String(error)) ? goto(...to) : Promise.reject(error)))
}

/** Writes down what the page complains of until the end. */
function watch(page: Page, expects: RegExp | undefined): { faults: string[]; end(): void } {
  const faults: string[] = []
  const note = (line: string): void => {
    if (!expects?.test(line)) faults.push(line)
  }
  const said = (message: ConsoleMessage): void => {
    if (['error', 'warning'].includes(message.type()))
      note(`${message.type()}: ${message.text()} ${message.location().url}`)
  }
  const thrown = (error: Error): void => note(`uncaught: ${error.message}`)
  const missed = (request: Request): void => {
    const why = request.failure()?.errorText ?? ''
    if (why !== 'net::ERR_ABORTED' && !worn.test(why)) note(`failed: ${request.method()} ${request.url()} ${why}`)
  }
  page.on('console', said).on('pageerror', thrown).on('requestfailed', missed)
  return { faults, end: () => page.off('console', said).off('pageerror', thrown).off('requestfailed', missed) }
}

/** Marks the document, and later says whether it is still the same one: nothing was reloaded in between. */
export async function markDocument(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => Reflect.set(window, 'musterMark', true))
  return async () =>
    assert.equal(await page.evaluate(() => Reflect.get(window, 'musterMark')), true, 'the page was reloaded')
}

/** The body of the page's main part as people read it. */
export const mainText = (page: Page): Promise<string> => page.locator('main').innerText()

/** Waits until the main part says this. */
export async function says(page: Page, text: string | RegExp): Promise<void> {
  await page.locator('main').getByText(text).first().waitFor()
}

/** Sets the language and the look of whoever is signed in, without the page. */
export async function looks(
  context: BrowserContext,
  house: House,
  wish: { locale?: Locale; theme?: string; contrast?: string | null },
): Promise<void> {
  const answer = await context.request.patch('/api/v1/me', {
    data: wish,
    headers: { origin: house.url, 'sec-fetch-site': 'same-origin' },
  })
  assert.equal(answer.status(), 200, await answer.text())
}
