import { randomBytes } from 'node:crypto'
import * as enrollment from '../../areas/enrollment/index.ts'
import { type Locale, locales } from '../../areas/identity/index.ts'
import type { ProblemCode } from '../../base/problem.ts'
import { problems } from '../../base/problems.ts'
import type { Reply } from '../../base/route.ts'
import { escaped, style } from './page-frame.ts'
import { type PageTexts, pageTexts } from './page-texts.ts'

/** What an invitation's page shows. */
export interface Shown {
  org: string
  /** Address of the page itself. */
  url: string
  expiresAt: number
  /** Only our own authority vouches for the server. */
  ownAuthority: boolean
}

/** How the page was asked for. */
export interface Asked {
  locale: Locale
  /** The path of the page, for the links between languages. */
  path: string
  agent: string
}

/** The language of the page: the one chosen by its link, else the first of the browser's that we speak. */
export function localeOf(chosen: string | undefined, accepted: string | undefined): Locale {
  const known = (tag: string): Locale | undefined => locales.find(l => tag.toLowerCase().split('-')[0] === l)
  const byChoice = chosen === undefined ? undefined : known(chosen)
  if (byChoice) return byChoice
  const wanted = (accepted ?? '')
    .slice(0, 500)
    .split(',')
    .map(part => {
      const [tag = '', ...rest] = part.trim().split(';')
      const q = rest.map(r => /^\s*q=([\d.]+)/.exec(r)?.[1]).find(v => v !== undefined)
      return { tag, q: q === undefined ? 1 : Number(q) }
    })
    .filter(w => w.q > 0)
    .sort((a, b) => b.q - a.q)
  for (const { tag } of wanted) {
    const locale = known(tag)
    if (locale) return locale
  }
  return 'en'
}

/** The page that lets a person enroll the device it is opened on, or another by its code. */
export function enrollPage(shown: Shown, asked: Asked): Reply<string> {
  const t = pageTexts[asked.locale]
  const fill = (text: string): string => escaped(text.replaceAll('{org}', shown.org))
  const handheld = /iPhone|iPod|iPad/.test(asked.agent)
  const isMac = /Macintosh/.test(asked.agent)
  const steps = (head: string, list: readonly string[]): string =>
    `<section><h2>${escaped(head)}</h2><ol>${list.map(s => `<li>${escaped(s)}</li>`).join('')}</ol></section>`
  const mobile = steps(t.headMobile, t.stepsMobile)
  const mac = steps(t.headMac, t.stepsMac)
  const download = `<p><a class="button" href="${escaped(`${asked.path}/profile?lang=${asked.locale}`)}">${escaped(t.download)}</a></p>`
  const code = `<section class="code"><h2>${escaped(t.scanHead)}</h2><p>${escaped(t.scan)}</p><div class="qr" role="img" aria-label="${escaped(shown.url)}">${enrollment.qrSvg(shown.url)}</div></section>`
  // An iPad may call itself a Mac, so a "Mac" is shown both.
  const body = handheld
    ? download + mobile
    : isMac
      ? download + mac + mobile + code
      : `${code}<details><summary>${escaped(t.download)}</summary>${download}${mobile}${mac}</details>`
  return html(200, asked, {
    title: t.title.replaceAll('{org}', shown.org),
    body: `<p class="lead">${fill(t.lead)}</p><p>${fill(t.whatItMeans)}</p>${body}${shown.ownAuthority ? trust(t) : ''}<p class="quiet">${escaped(t.validUntil.replace('{time}', timeText(shown.expiresAt, asked.locale)))}</p>`,
  })
}

/** The page that says, in words a person can act on, why this does not work. */
export function refusalPage(code: ProblemCode, asked: Asked): Reply<string> {
  const t = pageTexts[asked.locale]
  return html(problems[code].status, asked, {
    title: t.sorry,
    body: `<p class="lead">${escaped(t.problems[code] ?? t.otherProblem)}</p>`,
  })
}

function trust(t: PageTexts): string {
  return `<details><summary>${escaped(t.trustHead)}</summary><p>${escaped(t.trust)} <a href="/trust.mobileconfig">${escaped(t.trustLink)}</a></p></details>`
}

function html(status: number, asked: Asked, page: { title: string; body: string }): Reply<string> {
  const nonce = randomBytes(16).toString('base64')
  const others = locales
    .filter(l => l !== asked.locale)
    .map(
      l => `<a lang="${l}" hreflang="${l}" href="${escaped(`${asked.path}?lang=${l}`)}">${pageTexts[l].language}</a>`,
    )
  return {
    status,
    type: 'text/html; charset=utf-8',
    headers: {
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      'content-language': asked.locale,
      vary: 'accept-language, user-agent',
      'x-robots-tag': 'noindex',
    },
    body: `<!doctype html><html lang="${asked.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escaped(page.title)}</title><style nonce="${nonce}">${style}</style></head><body><main><h1>${escaped(page.title)}</h1>${page.body}</main><footer><nav>${others.join(' · ')}</nav></footer></body></html>`,
  }
}

function timeText(at: number, locale: Locale): string {
  return `${new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`
}
