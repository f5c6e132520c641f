import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { everything } from '../../base/authority.ts'
import { escapeHtml } from '../../base/mail.ts'
import { digest } from '../../base/id.ts'
import { type Reply, rawRoute } from '../../base/route.ts'
import { type Language, languageOf } from '../../base/say.ts'
import type { Base } from '../../base/transact.ts'
import * as identity from '../identity/index.ts'
import * as store from './address-store.ts'
import { say } from './texts.ts'
import { confirm } from './verify.ts'

const params = z.object({ secret: z.string().max(100) })
const html = 'text/html; charset=utf-8'

/** The page behind the link of a verification mail. Opening it changes nothing, because mail filters open links; its button confirms. */
export const confirmRoutes = [
  rawRoute({
    method: 'GET',
    path: '/custody/confirm/:secret',
    plane: 'public',
    auth: 'none',
    permission: null,
    summary: 'The page on which somebody confirms that an address is read.',
    bodyLimit: 0,
    accepts: [],
    params,
    reply: [html],
    serve: async (base, { params: { secret } }) => {
      const asked = await askedBy(base, secret)
      return asked ? page(asked, 'ask') : page(null, 'over')
    },
  }),
  rawRoute({
    method: 'POST',
    path: '/custody/confirm/:secret',
    plane: 'public',
    auth: 'none',
    permission: null,
    summary: 'Confirms that an address is read; the link is the proof, and good once.',
    bodyLimit: 1024,
    accepts: ['application/x-www-form-urlencoded'],
    params,
    reply: [html],
    serve: async (base, { params: { secret } }, call) => {
      const asked = await askedBy(base, secret)
      if (!asked) return page(null, 'over')
      const actor = { kind: 'system', id: null, what: 'confirm' } as const
      const scope = { org: asked.org, actor, authority: everything, request: call.request }
      const good = await base.transact(scope, ctx => confirm(ctx, secret))
      return page(asked, good ? 'done' : 'over')
    },
  }),
]

type Asked = { org: identity.Org['id']; name: string; address: string; language: Language }

async function askedBy(base: Base, secret: string): Promise<Asked | null> {
  const found = await base.engine.read(tx => store.bySecret({ tx }, digest(secret)))
  if (!found || found.until <= base.clock.now()) return null
  const actor = { kind: 'system', id: null, what: 'confirm' } as const
  const org = await base.read({ org: found.org, actor, authority: everything }, ctx => identity.ownOrg(ctx))
  return { org: found.org, name: org.name, address: found.address, language: languageOf(org.language) }
}

function page(asked: Asked | null, what: 'ask' | 'done' | 'over'): Reply<string> {
  const language = asked?.language ?? 'en'
  const values = { org: asked?.name ?? '', address: asked?.address ?? '' }
  const nonce = randomBytes(16).toString('base64')
  const button = `<form method="post"><button>${escapeHtml(say(language, 'page.confirm', values))}</button></form>`
  const body =
    what === 'ask'
      ? `<h1>${escapeHtml(say(language, 'page.title', values))}</h1><p>${escapeHtml(say(language, 'page.text', values))}</p>${button}`
      : `<h1>${escapeHtml(say(language, what === 'done' ? 'page.done' : 'page.over', values))}</h1>`
  return {
    status: what === 'over' ? 404 : 200,
    type: html,
    headers: {
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
      'content-language': language,
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    },
    body: `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>Muster</title><style nonce="${nonce}">${style}</style></head><body><main>${body}</main></body></html>`,
  }
}

const style =
  ':root{color-scheme:light dark}body{margin:0;padding:48px 24px;font:1rem/1.6 system-ui,sans-serif;background:light-dark(#f7f7f5,#10100e);color:light-dark(#1c1c19,#ebebe8);overflow-wrap:anywhere}main{max-width:36em;margin:auto}h1{font-size:1.4rem;line-height:1.3}button{font:inherit;min-height:48px;padding:8px 20px;border:0;border-radius:5px;background:light-dark(#076169,#89cbd2);color:light-dark(#fff,#10100e);cursor:pointer}button:focus-visible{outline:2px solid;outline-offset:2px}'
