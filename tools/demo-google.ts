import { appendFileSync } from 'node:fs'
import { get } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Amapi, startAmapi } from '../simulator/outside/amapi/amapi.ts'
import type { PhoneWish } from '../simulator/outside/amapi/enroll.ts'
import type { caller } from './call.ts'

type Call = ReturnType<typeof caller>

/** Google's management interface of the demo, and the devices that are enrolled through it. */
export interface DemoGoogle {
  /** Settings that lead the server to it. */
  environment: Record<string, string>
  /** Signs the organization up and enrolls devices, as an admin and their people would. */
  seed(call: Call, wish: { url: string; units: Readonly<Record<string, string>> }): Promise<void>
}

const topic = 'projects/havsten-android/topics/muster'
const pusher = 'pusher@havsten-android.iam.gserviceaccount.com'

/** Starts it on loopback; its authority joins the others in the file. */
export async function playGoogle(authorities: string): Promise<DemoGoogle> {
  const google = await startAmapi()
  appendFileSync(authorities, `\n${google.ca}`)
  // Phones act and notices leave when somebody looks at the clock.
  const clock = setInterval(() => void google.settle(), 500)
  process.once('exit', () => {
    clearInterval(clock)
    void google.close()
  })
  return {
    environment: {
      MUSTER_ANDROID_URL: google.url,
      MUSTER_GOOGLE_TOKEN_URL: `${google.url}/token`,
      MUSTER_GOOGLE_KEYS_URL: `${google.url}/oauth2/v3/certs`,
    },
    seed: (call, wish) => seed(google, call, wish),
  }
}

type Arriving = Omit<PhoneWish, 'token'>

const held: Readonly<Record<string, readonly Arriving[]>> = {
  'fully-managed': [
    { brand: 'Google', model: 'Pixel 9', serial: 'GA09HAV0001', password: 'high' },
    { brand: 'Samsung', model: 'Galaxy A35', serial: 'R5HAV00002', apiLevel: 35, password: 'medium' },
    // Nobody has set a passcode on this one.
    { brand: 'Samsung', model: 'Galaxy A35', serial: 'R5HAV00003', apiLevel: 35, password: 'none' },
  ],
  dedicated: [{ brand: 'Zebra', model: 'ET45', serial: 'ZEBHAV0004', apiLevel: 33, password: 'high' }],
  'company-profile': [
    { brand: 'Google', model: 'Pixel 8a', serial: 'GA8AHAV0005', password: 'high' },
    { brand: 'Nokia', model: 'XR21', serial: 'NOKHAV0006', apiLevel: 34, password: 'high' },
  ],
  'work-profile': [
    { brand: 'Fairphone', model: 'Fairphone 5', personal: true, apiLevel: 35, password: 'high' },
    { brand: 'Sony', model: 'Xperia 10 VI', personal: true, apiLevel: 34, password: 'high' },
  ],
}
const names: Readonly<Record<string, string>> = {
  'fully-managed': 'Work phones, through Google',
  dedicated: 'Counters, through Google',
  'company-profile': 'Phones with a private side, through Google',
  'work-profile': 'People’s own, through Google',
}

async function seed(
  google: Amapi,
  call: Call,
  { url, units }: { url: string; units: Readonly<Record<string, string>> },
): Promise<void> {
  const made = await call('POST', '/programs/android', {
    name: 'Google',
    key: JSON.stringify(google.key('havsten-android')),
    topic,
    pusher,
  })
  const id = String(made['id'])
  const { hook } = made['facts'] as { hook: string }
  google.subscribe({ topic, endpoint: hook, audience: hook, email: pusher })
  const offered = await until(call, id, one => one['signUpUrl'] !== null)
  const back = await google.signUp(String(offered['signUpUrl']))
  await opened(`${url}${back.pathname}${back.search}`)
  await until(call, id, one => one['standing'] === 'live')
  const kiosk = await call('POST', '/units', { name: 'Counters', parent: units['fr'] ?? units['top'] })
  await seedKiosk(call, String(kiosk['id']))
  for (const [mode, phones] of Object.entries(held)) {
    const unit = mode === 'dedicated' ? kiosk['id'] : (units['sv'] ?? units['top'])
    const token = await call('POST', `/programs/android/${id}/tokens`, { mode, unit, name: names[mode], uses: 20 })
    const code = await codeOf(call, String(token['id']))
    for (const phone of phones) google.enroll({ ...phone, token: code })
  }
}

/** One app in front, and no way out of it. */
async function seedKiosk(call: Call, unit: string): Promise<void> {
  const { policy } = await call('POST', '/policies', {
    kind: 'single-app',
    name: 'Counter',
    unit,
    note: '',
    value: { app: 'com.havsten.counter' },
  })
  const items = [(policy as { id: string }).id]
  const { blueprint } = await call('POST', '/blueprints', { name: 'Counters', unit, items })
  await call('POST', `/blueprints/${(blueprint as { id: string }).id}/assignments`, { unit })
}

async function codeOf(call: Call, id: string): Promise<string> {
  for (let tries = 0; tries < 120; tries += 1) {
    const token = await call('GET', `/android-tokens/${id}`)
    if (typeof token['code'] === 'string') return token['code']
    await sleep(500)
  }
  throw new Error('Google made no token')
}

async function until(
  call: Call,
  id: string,
  is: (one: Record<string, unknown>) => boolean,
): Promise<Record<string, unknown>> {
  for (let tries = 0; tries < 120; tries += 1) {
    const one = await call('GET', `/programs/android/${id}`)
    if (is(one)) return one
    await sleep(500)
  }
  throw new Error('the sign-up with Google did not come to its end')
}

/** Opens a page of our own server as the browser that Google sends back does. */
function opened(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { rejectUnauthorized: false }, answer => {
      answer.resume()
      answer.once('end', resolve)
    }).once('error', reject)
  })
}
