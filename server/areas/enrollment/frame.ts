import { randomBytes } from 'node:crypto'
import type { ProblemCode } from '../../base/problem.ts'
import type { Reply } from '../../base/route.ts'
import { problems } from '../../base/problems.ts'
import { type Locale, locales } from '../identity/index.ts'
import { visitTexts } from './visit-texts.ts'

/** A text as it may stand in HTML. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** How every page looks that a device or a person meets before the console. */
export const style = `:root{color-scheme:light dark;--canvas:light-dark(#f7f7f5,#10100e);--surface:light-dark(#fff,#171715);--line:light-dark(#e0e0dc,#2b2b28);--text:light-dark(#1c1c19,#ebebe8);--text-2:light-dark(#484843,#bebeb9);--accent:light-dark(#005e66,#8ccad1);--solid:light-dark(#076169,#89cbd2);--on:light-dark(#fff,#10100e)}
*{box-sizing:border-box}body{margin:0;background:var(--canvas);color:var(--text);font:1rem/1.6 system-ui,-apple-system,"Hiragino Sans","Noto Sans JP",sans-serif;overflow-wrap:anywhere}
main{max-width:40rem;margin:0 auto;padding:2rem 1.25rem}h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem}h2{font-size:1.05rem;margin:0 0 .5rem}
.lead{font-size:1.1rem}section,details{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:1rem 1.25rem;margin:1rem 0}details section{border:0;padding:0}
ol{margin:0;padding-inline-start:1.3rem}li+li{margin-top:.35rem}a{color:var(--accent)}summary{cursor:pointer;min-height:1.6rem}
.button{display:inline-block;background:var(--solid);color:var(--on);text-decoration:none;border-radius:8px;padding:.8rem 1.4rem;font-weight:600;min-height:44px}
.button:focus-visible,a:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.qr{max-width:15rem}.qr svg{display:block;width:100%;height:auto}.quiet{color:var(--text-2);font-size:.9rem}footer{max-width:40rem;margin:0 auto;padding:0 1.25rem 2rem;font-size:.9rem}
label{display:block;font-weight:600;margin-bottom:.35rem}input:not([type=hidden]){width:100%;font:inherit;color:inherit;background:var(--canvas);border:1px solid var(--text-2);border-radius:8px;padding:.7rem .9rem;min-height:44px}
button{font:inherit;cursor:pointer;border:0}button.link{background:none;color:var(--accent);text-decoration:underline;padding:.4rem 0;min-height:24px}input:focus-visible,button:focus-visible{outline:3px solid var(--accent);outline-offset:2px}`

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

/** One page for a person, whole: no script, its style its own, with links to it in the other languages. */
export function framed(status: number, asked: Asked, page: { title: string; body: string }): Reply<string> {
  const nonce = randomBytes(16).toString('base64')
  const others = locales
    .filter(l => l !== asked.locale)
    .map(
      l =>
        `<a lang="${l}" hreflang="${l}" href="${escaped(`${asked.path}${asked.path.includes('?') ? '&' : '?'}lang=${l}`)}">${visitTexts[l].language}</a>`,
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

/** The page that says, in words a person can act on, why this does not work. */
export function refusalPage(code: ProblemCode, asked: Asked): Reply<string> {
  const t = visitTexts[asked.locale]
  const body = `<p class="lead">${escaped(t.problems[code] ?? t.otherProblem)}</p>`
  return framed(problems[code].status, asked, { title: t.sorry, body })
}

/** Until when an invitation holds, as the last line of its page, in a clock that people read who may be anywhere. */
export function untilLine(at: number, locale: Locale): string {
  const time = `${new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`
  return `<p class="quiet">${escaped(visitTexts[locale].validUntil.replace('{time}', time))}</p>`
}
