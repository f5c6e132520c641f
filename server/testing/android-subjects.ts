import { generateKeyPairSync } from 'node:crypto'
import { addAndroid } from '../platforms/android/program.ts'
import { changeEnterprise } from '../platforms/android/store.ts'
import { askToken, tokenWish } from '../platforms/android/token.ts'
import type { House } from './house.ts'
import type { Class, Subject } from './subjects.ts'

const proofs: Class = { for: 'open', why: 'the caller proves itself, by what it signs or by a secret it was given' }
let count = 0

/** The key of a service account that no service knows. */
export function strayKey(named?: string): string {
  count += 1
  const project = named ?? `project-${count}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return JSON.stringify({
    type: 'service_account',
    project_id: project,
    private_key_id: 'k1',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: `muster@${project}.iam.gserviceaccount.com`,
  })
}

async function program(h: House): Promise<string> {
  return h.run(async ctx => {
    const made = await addAndroid(ctx, { name: 'Google', key: strayKey() })
    await changeEnterprise(ctx, made.id, { enterprise: `enterprises/${made.id}` })
    return made.id
  })
}

/** What programs and tokens of Google's are made of in the authorization matrix. */
export const androidSubjects = {
  androidProgram: { whole: true, make: async ({ h }) => ({ id: await program(h) }) },
  androidToken: {
    make: async ({ h, unit }) => {
      const id = await program(h)
      const wish = tokenWish.parse({ mode: 'dedicated', unit })
      return { id: (await h.run(ctx => askToken(ctx, id, wish))).id }
    },
  },
} satisfies Record<string, Subject>

/** Whom the routes of this road are for. */
export const androidClasses: Readonly<Record<string, Class>> = {
  'POST /api/v1/programs/android': { for: 'whole', body: { name: 'Google', key: 'none' } },
  'PUT /api/v1/programs/android/:id': { for: 'thing', of: 'androidProgram', body: {} },
  'GET /api/v1/programs/android': { for: 'same' },
  'GET /api/v1/devices/:id/google': { for: 'thing', of: 'device' },
  'GET /api/v1/programs/android/:id': { for: 'thing', of: 'androidProgram' },
  'POST /api/v1/programs/android/:id/check': { for: 'thing', of: 'androidProgram' },
  'POST /api/v1/programs/android/:id/disconnect': { for: 'thing', of: 'androidProgram', body: { confirm: 'Google' } },
  'GET /api/v1/programs/android/:id/tokens': {
    for: 'open',
    why: 'answers only tokens that invite to units the caller may see',
  },
  'POST /api/v1/programs/android/:id/tokens': {
    for: 'open',
    why: 'names the unit in its body, which areas/enrollment asks about',
  },
  'GET /api/v1/android-tokens/:id': { for: 'thing', of: 'androidToken' },
  'GET /android/v1/signed-up/:secret': proofs,
  'POST /android/v1/notices/:hook': proofs,
}
