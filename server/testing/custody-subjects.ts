import * as certificates from '../areas/certificates/index.ts'
import type { Class, Subject } from './subjects.ts'

const base = '/api/v1/push/apple'
const whole = (body?: unknown): Class => (body === undefined ? { for: 'whole' } : { for: 'whole', body })

/** What custody is made of in the authorization matrix. */
export const custodySubjects = {
  keeping: {
    whole: true,
    make: async ({ h }) => {
      await certificates.caCertificate(h.base, h.org, 'ca-device')
      const { key } = await h.given.admin()
      const { items } = (await h.http('GET', '/api/v1/custody', { as: key })).body as { items: { ref: string }[] }
      return { ref: items[0]?.ref ?? '' }
    },
  },
  externalAccount: {
    whole: true,
    make: async ({ h }) => {
      const { key } = await h.given.admin()
      const body = { address: `mdm-${crypto.randomUUID()}@havsten.example`, service: 'business' }
      return { id: String((await h.http('POST', '/api/v1/external-accounts', { as: key, body })).body.id) }
    },
  },
} satisfies Record<string, Subject>

/** Whom the routes of custody and of the way to a push certificate are for. */
export const custodyClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/custody': { for: 'list', of: 'keeping', find: 'ref' },
  'GET /api/v1/custody/:ref': { for: 'thing', of: 'keeping' },
  'PATCH /api/v1/custody/:ref': { for: 'thing', of: 'keeping', body: { team: 'IT' } },
  'GET /api/v1/external-accounts': { for: 'list', of: 'externalAccount' },
  'POST /api/v1/external-accounts': whole({ address: 'mdm@havsten.example', service: 'other' }),
  'PATCH /api/v1/external-accounts/:id': { for: 'thing', of: 'externalAccount', body: { purpose: 'Tokens' } },
  'DELETE /api/v1/external-accounts/:id': { for: 'thing', of: 'externalAccount' },
  'POST /api/v1/external-accounts/verify': whole({ address: 'mdm@havsten.example' }),
  'GET /api/v1/setup-check': whole(),
  'POST /api/v1/setup-check': whole(),
  'POST /api/v1/backups': whole({}),
  'GET /custody/confirm/:secret': { for: 'open', why: 'the link is the proof' },
  'POST /custody/confirm/:secret': { for: 'open', why: 'the link is the proof' },
  [`GET ${base}/renewal`]: whole(),
  [`POST ${base}/renewal`]: whole({ name: 'Havsten', email: 'mdm@havsten.example' }),
  [`DELETE ${base}/renewal`]: whole(),
  [`GET ${base}/renewal/request`]: whole(),
  [`GET ${base}/renewal/signed`]: whole(),
  [`POST ${base}/renewal/sign`]: whole({ way: 'service' }),
  [`PUT ${base}/renewal/signed`]: whole({ signed: 'x' }),
  [`PUT ${base}/renewal/certificate`]: whole({ certificate: 'x', account: 'mdm@havsten.example' }),
  [`POST ${base}/renewal/trial`]: whole({}),
  [`POST ${base}/renewal/take`]: whole({}),
  [`GET ${base}/past`]: whole(),
  [`POST ${base}/past/restore`]: whole({ fingerprint: 'x' }),
  [`GET ${base}/signers`]: whole(),
  [`PUT ${base}/signers/vendor`]: whole({ certificate: 'x' }),
  [`PUT ${base}/signers/service`]: whole({ url: 'https://signer.example/', email: 'mdm@havsten.example' }),
  [`DELETE ${base}/signers/vendor`]: whole(),
  [`DELETE ${base}/signers/service`]: whole(),
}
