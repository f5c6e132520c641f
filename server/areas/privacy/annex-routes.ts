import { z } from 'zod'
import { Problem } from '../../base/problem.ts'
import { rawRoute, type Route } from '../../base/route.ts'
import { languages } from '../../base/say.ts'
import { annexOf, printAnnex } from './annex.ts'
import { shownCharter } from './shown.ts'

const declared = {
  method: ['GET'],
  plane: 'api',
  auth: 'admin',
  permission: 'privacy:read',
  bodyLimit: 0,
  accepts: [],
} as const

const named = (version: number, ending: string) => ({
  headers: { 'content-disposition': `attachment; filename="privacy-charter-${version}.${ending}"` },
})

/** The charter in force as files. */
export const annexRoutes: readonly Route[] = [
  rawRoute({
    ...declared,
    path: '/api/v1/privacy/annex.pdf',
    summary: 'The charter in force as an annex to an agreement, in one of four languages.',
    query: z.object({ language: z.enum(languages).default('en') }),
    reply: ['application/pdf'],
    serve: async (base, { query: { language } }, call) => {
      if (!call.principal) throw new Problem('session.missing')
      const annex = await base.read({ ...call.principal, request: call.request }, annexOf)
      const body = await printAnnex(annex, language, base.clock.now())
      return { ...named(annex.version, `${language}.pdf`), type: 'application/pdf', body }
    },
  }),
  rawRoute({
    ...declared,
    path: '/api/v1/privacy/annex.json',
    summary: 'The charter in force as data.',
    reply: ['application/json'],
    serve: async (base, _input, call) => {
      if (!call.principal) throw new Problem('session.missing')
      const charter = await base.read({ ...call.principal, request: call.request }, shownCharter)
      return { ...named(charter.version, 'json'), type: 'application/json', body: JSON.stringify(charter, null, 1) }
    },
  }),
]
