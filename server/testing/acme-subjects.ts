import { mintMaker } from '@muster/simulator/outside/attestation/maker.ts'
import type { Class, Subject } from './subjects.ts'

/** Things of the certificate server, for the authorization matrix. */
export const acmeSubjects = {
  binding: {
    whole: true,
    make: async ({ h }) => {
      const { key } = await h.given.admin()
      const body = { name: 'Printers', names: ['printer.example'] }
      const made = await h.http('POST', '/api/v1/acme/bindings', { as: key, body })
      return { id: String(made.body.id) }
    },
  },
  attestationRoot: {
    whole: true,
    make: async ({ h }) => {
      const { key } = await h.given.admin()
      const made = await h.http('POST', '/api/v1/attestation-roots', { as: key, body: { pem: mintMaker().root.pem } })
      return { id: String(made.body.fingerprint) }
    },
  },
} satisfies Record<string, Subject>

const proofs: Class = { for: 'open', why: 'what is sent proves itself' }
const told: Class = { for: 'open', why: 'tells where the parts of the certificate server are' }

/** Whom the routes of the certificate server are for. */
export const acmeClasses: Readonly<Record<string, Class>> = {
  'GET /acme/:org/directory': told,
  'GET /acme/:org/new-nonce': told,
  'POST /acme/:org/new-account': proofs,
  'POST /acme/:org/accounts/:id': proofs,
  'POST /acme/:org/key-change': proofs,
  'POST /acme/:org/new-order': proofs,
  'POST /acme/:org/orders/:id': proofs,
  'POST /acme/:org/orders/:id/finalize': proofs,
  'POST /acme/:org/orders/:id/certificate': proofs,
  'POST /acme/:org/authorizations/:id': proofs,
  'POST /acme/:org/challenges/:id': proofs,
  'POST /acme/:org/revoke-cert': proofs,
  'GET /api/v1/acme/bindings': { for: 'list', of: 'binding' },
  'POST /api/v1/acme/bindings': { for: 'whole', body: { name: 'Web', names: ['web.example'] } },
  'DELETE /api/v1/acme/bindings/:id': { for: 'thing', of: 'binding' },
  'GET /api/v1/attestation-roots': { for: 'list', of: 'attestationRoot' },
  'POST /api/v1/attestation-roots': { for: 'whole', body: { pem: 'none' } },
  'DELETE /api/v1/attestation-roots/:id': { for: 'thing', of: 'attestationRoot' },
}
