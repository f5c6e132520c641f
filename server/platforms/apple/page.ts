import * as enrollment from '../../areas/enrollment/index.ts'
import { type Asked, escaped, framed, untilLine } from '../../areas/enrollment/index.ts'
import type { Reply } from '../../base/route.ts'
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
  return framed(200, asked, {
    title: t.title.replaceAll('{org}', shown.org),
    body: `<p class="lead">${fill(t.lead)}</p><p>${fill(t.whatItMeans)}</p>${body}${shown.ownAuthority ? trust(t) : ''}${untilLine(shown.expiresAt, asked.locale)}`,
  })
}

function trust(t: PageTexts): string {
  return `<details><summary>${escaped(t.trustHead)}</summary><p>${escaped(t.trust)} <a href="/trust.mobileconfig">${escaped(t.trustLink)}</a></p></details>`
}
