import type { Class } from './subjects.ts'

const self: Class = { for: 'self' }
const proofs: Class = { for: 'open', why: 'what is sent proves itself' }

/** Whom the routes of passkeys are for. */
export const passkeyClasses: Readonly<Record<string, Class>> = {
  'POST /api/v1/sign-in/passkey/options': proofs,
  'POST /api/v1/sign-in/passkey': proofs,
  'GET /api/v1/me/passkeys': self,
  'POST /api/v1/me/passkeys/options': self,
  'POST /api/v1/me/passkeys': self,
  'PATCH /api/v1/me/passkeys/:id': self,
  'DELETE /api/v1/me/passkeys/:id': self,
  'POST /api/v1/me/step-up/options': self,
  'POST /api/v1/me/step-up': self,
}
