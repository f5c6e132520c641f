import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Amapi, startAmapi } from '@muster/simulator/outside/amapi/amapi.ts'
import { house, type House } from './house.ts'

/** A house whose Android devices are managed through a small server that stands for Google. */
export interface AndroidScene {
  h: House
  google: Amapi
  /** The program that speaks for the org, signed up, and the key of who may do everything. */
  program: string
  admin: { key: string; cookie: string; id: string }
  /** Time goes on for both; everything that follows from it has happened. */
  pass(ms: number): Promise<void>
  /** A token of a mode, as the console shows it. */
  token(
    mode: string,
    more?: Record<string, unknown>,
  ): Promise<{ id: string; qr: string; code: string; link: string | null }>
}

const topic = 'projects/muster-test/topics/muster'
const pusher = 'pusher@muster-test.iam.gserviceaccount.com'

/** Starts both and takes a service account into use; `signUp: false` leaves the sign-up to the test. */
export async function androidScene(
  t: TestContext,
  { signUp = true, environment = {} }: { signUp?: boolean; environment?: Record<string, string> } = {},
): Promise<AndroidScene> {
  const opened: { h: House | null } = { h: null }
  const google = await startAmapi(() => opened.h?.now() ?? 0)
  const folder = mkdtempSync(join(tmpdir(), 'muster-android-'))
  writeFileSync(join(folder, 'ca.pem'), google.ca)
  const h = await house(t, {
    MUSTER_ANDROID_URL: google.url,
    MUSTER_GOOGLE_TOKEN_URL: `${google.url}/token`,
    MUSTER_GOOGLE_KEYS_URL: `${google.url}/oauth2/v3/certs`,
    MUSTER_OUTSIDE_CA: join(folder, 'ca.pem'),
    ...environment,
  })
  opened.h = h
  const address = await h.server.http.listen({ host: '127.0.0.1', port: 0 })
  t.after(async () => {
    await google.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 3; round += 1) {
      await h.settle()
      await google.settle()
    }
    await h.settle()
  }
  const admin = await h.given.admin({ role: 'owner', passkey: true, email: 'chef@havsten.example' })
  const key = JSON.stringify(google.key())
  const made = await h.http('POST', '/api/v1/programs/android', {
    as: admin.key,
    body: { name: 'Google', key, topic, pusher },
  })
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  const program: string = made.body.id
  const { hook } = made.body.facts
  google.subscribe({ topic, endpoint: hook.replace('https://muster.test', address), audience: hook, email: pusher })
  await settle()
  const scene: AndroidScene = {
    h,
    google,
    program,
    admin,
    pass: async ms => {
      h.pass(ms)
      await settle()
    },
    token: async (mode, more = {}) => {
      const asked = await h.http('POST', `/api/v1/programs/android/${program}/tokens`, {
        as: admin.key,
        body: { mode, unit: h.root.id, ...more },
      })
      if (asked.status !== 201) throw new Error(JSON.stringify(asked.body))
      await settle()
      return (await h.http('GET', `/api/v1/android-tokens/${asked.body.id}`, { as: admin.key })).body
    },
  }
  if (signUp) await signedUp(scene, settle)
  return scene
}

async function signedUp({ h, google, program, admin }: AndroidScene, settle: () => Promise<void>): Promise<void> {
  const shown = await h.http('GET', `/api/v1/programs/${program}`, { as: admin.key })
  const back = await google.signUp(shown.body.facts.signUpUrl)
  await h.http('GET', `${back.pathname}${back.search}`)
  await settle()
}
