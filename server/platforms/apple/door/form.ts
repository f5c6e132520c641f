import { randomBytes } from 'node:crypto'
import { escaped, localeOf, style, visitTexts } from '../../../areas/enrollment/index.ts'
import type { ProblemCode } from '../../../base/problem.ts'
import { problems } from '../../../base/problems.ts'
import type { Reply } from '../../../base/route.ts'
import { type Language, languageOf, languages } from '../../../base/say.ts'
import { say } from './texts.ts'

/** What is asked on the page: who somebody is, the code, or the code once more because it was wrong. */
export type Step = 'address' | 'code' | 'wrong'

/** One page of a sign-in on a device. It works without scripts, in any web view. */
export interface StepPage {
  readonly step: Step
  readonly secret: string
  readonly org: string
  readonly language: Language
  /** Where the form goes. */
  readonly action: string
  readonly address?: string | null
  /** Where else the form may lead than to this server. */
  readonly leadsTo?: string
}

/** The page. */
export function stepPage(of: StepPage): Reply<string> {
  const { step, secret, org, language, action } = of
  const hidden = (name: string, value: string): string =>
    `<input type="hidden" name="${name}" value="${escaped(value)}">`
  const text = (key: Parameters<typeof say>[1]): string => escaped(say(language, key, { org }))
  const asks = step === 'address'
  const field = asks
    ? `<label for="a">${text('address')}</label><input id="a" name="address" type="email" autocomplete="username" autocapitalize="none" required autofocus value="${escaped(of.address ?? '')}">`
    : `<label for="c">${text('code')}</label><input id="c" name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]{6,9}" required autofocus>${hidden('address', of.address ?? '')}`
  const again = asks
    ? ''
    : `<form method="post" action="${escaped(action)}">${hidden('signin', secret)}${hidden('language', language)}${hidden('address', of.address ?? '')}<p><button class="link">${text('again')}</button></p></form>`
  const wrong = step === 'wrong' ? `<p role="alert"><strong>${text('wrong')}</strong></p>` : ''
  const body = `<p class="lead">${text(asks ? 'lead' : 'sent')}</p>${wrong}<section><form method="post" action="${escaped(action)}">${hidden('signin', secret)}${hidden('language', language)}${field}<p><button class="button">${text(asks ? 'next' : 'signIn')}</button></p></form></section>${again}`
  return html(step === 'wrong' ? 403 : 200, language, { title: say(language, 'title', { org }), body }, of.leadsTo)
}

/** Why it does not work, in words of the person who stands before the device. */
export function sorryPage(code: ProblemCode, language: Language): Reply<string> {
  const t = visitTexts[language]
  const own = knownRefusal(code)
  const words = own === null ? (t.problems[code] ?? t.otherProblem) : say(language, own)
  return html(problems[code].status, language, { title: t.sorry, body: `<p class="lead">${escaped(words)}</p>` })
}

type Refusal = 'refusal.not-expected' | 'refusal.over' | 'refusal.no-mail' | 'refusal.not-apple' | 'refusal.closed'

function knownRefusal(code: ProblemCode): Refusal | null {
  switch (code) {
    case 'setup.not-expected':
    case 'setup.serial-missing':
      return 'refusal.not-expected'
    case 'signin.over':
      return 'refusal.over'
    case 'signin.no-mail':
      return 'refusal.no-mail'
    case 'device.not-apple':
    case 'device.proof-missing':
    case 'device.signature-wrong':
      return 'refusal.not-apple'
    case 'account-door.closed':
      return 'refusal.closed'
    default:
      return null
  }
}

/** What was typed, out of a form. */
export function formOf(bytes: Uint8Array): {
  secret: string
  address: string | null
  code: string | null
  language: Language | null
} {
  const typed = new URLSearchParams(Buffer.from(bytes).toString('utf8'))
  const said = typed.get('language')
  return {
    secret: typed.get('signin') ?? '',
    address: typed.get('address'),
    code: typed.get('code'),
    language: languages.find(l => l === said) ?? null,
  }
}

/** The language of a device or a browser. */
export function localeFor(accepted: string | undefined): Language {
  return accepted === undefined ? 'en' : languageOf(localeOf(undefined, accepted))
}

function html(status: number, language: Language, page: { title: string; body: string }, leadsTo = ''): Reply<string> {
  const nonce = randomBytes(16).toString('base64')
  const forms = `form-action 'self'${leadsTo === '' ? '' : ` ${leadsTo}`}`
  return {
    status,
    type: 'text/html; charset=utf-8',
    headers: {
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; frame-ancestors 'none'; base-uri 'none'; ${forms}`,
      'content-language': language,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    },
    body: `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escaped(page.title)}</title><style nonce="${nonce}">${style}</style></head><body><main><h1>${escaped(page.title)}</h1>${page.body}</main></body></html>`,
  }
}
