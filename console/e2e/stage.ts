import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium } from 'playwright-core'
import type { AppleDevice } from '../../simulator/apple/device.ts'
import { type Fleet, startFleet } from '../../simulator/apple/fleet.ts'
import { keysForTests } from '../../simulator/apple/testing/keys.ts'
import { type Ade, startAde } from '../../simulator/outside/ade/ade.ts'
import { type Apns, startApns } from '../../simulator/outside/apns/apns.ts'
import { type Business, startPortal } from './portal.ts'
import { type Amapi, startAmapi } from '../../simulator/outside/amapi/amapi.ts'
import { type Content, startContent } from '../../simulator/outside/content/content.ts'
import { type Smtp, startSmtp } from '../../simulator/outside/smtp/smtp.ts'
import { startUpdates } from '../../simulator/outside/updates/updates.ts'
import { publishUsual } from '../../simulator/outside/updates/usual.ts'
import { type MintedPushCertificate, mintPushCertificate } from '../../simulator/outside/apns/certificates.ts'
import { caller } from '../../tools/call.ts'
import { writePackage } from './ground.ts'
import { patience, until } from './until.ts'

export { until }
import { freePort } from '../../tools/ports.ts'

const root = join(import.meta.dirname, '../..')

/** The signs every admin of these tests signs in with. */
export const password = 'a long passphrase for tests'

/** The owner of the house with devices. */
export const owner = { email: 'elin.lindgren@havsten.example', name: 'Elin Lindgren', org: 'Havsten' }

/** A running server in a folder of its own. */
export interface House {
  url: string
  /** Its folder, for what only time could otherwise bring about. */
  data: string
  /** What it printed so far. */
  said(): string
  /** Runs `server/local.ts` beside it. */
  local(args: string[], input?: string): string
  stop(): Promise<void>
}

/** Everything the pages are tried against: server, push service, devices, browser. */
export interface Stage {
  house: House
  apns: Apns
  push: MintedPushCertificate
  ade: Ade
  business: Business
  content: Content
  google: Amapi
  /** The mail server, and what it received. */
  smtp: Smtp
  fleet: Fleet
  /** As the owner's program. */
  call: ReturnType<typeof caller>
  units: Record<string, string>
  /** The virtual device of a row of the list. */
  machine(serial: string): AppleDevice
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

const closing: (() => Promise<unknown> | unknown)[] = []
after(async () => {
  for (const close of closing.reverse()) await close()
})

/** Starts a server; with `setUp` its org and owner exist, without it waits for its first admin. */
export async function startHouse(wish: {
  setUp: boolean
  apns?: Apns
  smtp?: Smtp
  /** Services of the outside world: the setting that names each, its address and its authority. */
  outside?: readonly { setting: string; url: string; ca: string }[]
}): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-e2e-'))
  const port = await freePort()
  const ca = join(folder, 'outside-apns.pem')
  if (wish.apns) writeFileSync(ca, wish.apns.ca)
  const mailCa = join(folder, 'outside-smtp.pem')
  if (wish.smtp) writeFileSync(mailCa, wish.smtp.ca)
  const outsideCa = join(folder, 'outside.pem')
  writeFileSync(outsideCa, (wish.outside ?? []).map(o => o.ca).join('\n'))
  const env = {
    MUSTER_ANDROID_APK: writePackage(folder),
    PATH: process.env.PATH,
    MUSTER_DATA: join(folder, 'data'),
    MUSTER_URL: `https://localhost:${port}`,
    MUSTER_LISTEN: `https://127.0.0.1:${port}`,
    MUSTER_APNS_URL: wish.apns?.url ?? 'https://127.0.0.1:9',
    ...(wish.apns ? { MUSTER_APNS_CA: ca } : {}),
    ...(wish.smtp
      ? { MUSTER_SMTP_URL: wish.smtp.url, MUSTER_SMTP_CA: mailCa, MUSTER_MAIL_FROM: 'Muster <muster@havsten.example>' }
      : {}),
    ...Object.fromEntries((wish.outside ?? []).map(o => [o.setting, o.url])),
    ...(wish.outside ? { MUSTER_OUTSIDE_CA: outsideCa } : {}),
    MUSTER_LOG_LEVEL: 'warn',
  }
  const local = (args: string[], input = ''): string =>
    execFileSync(process.execPath, ['server/local.ts', ...args], {
      cwd: root,
      env,
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
      encoding: 'utf8',
      timeout: 180_000,
    }).trim()
  const { email, name, org } = owner
  if (wish.setUp) local(['setup', '--email', email, '--name', name, '--org', org, '--password-stdin'], password)
  const child = spawn(process.execPath, ['server/start.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()))
  await until(
    () => said.includes('Muster listens') || child.exitCode !== null,
    30_000,
    () => `the server did not start:\n${said}`,
  )
  if (child.exitCode !== null) throw new Error(`the server ended at once:\n${said}`)
  return {
    url: env.MUSTER_URL,
    data: env.MUSTER_DATA,
    said: () => said,
    local,
    stop: async () => {
      if (child.exitCode === null) {
        const gone = new Promise(resolve => child.once('exit', resolve))
        child.kill('SIGTERM')
        const late = setTimeout(() => child.kill('SIGKILL'), 8000)
        await gone
        clearTimeout(late)
      }
      running.delete(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

let theStage: Promise<Stage> | undefined // one for all files of a run: enrolling is the dear part

/** The one house with devices in it; started when first asked for, stopped after the last test. */
export function stage(): Promise<Stage> {
  theStage ??= raise()
  return theStage
}

async function raise(): Promise<Stage> {
  const apns = await startApns()
  const smtp = await startSmtp()
  const updates = await startUpdates()
  publishUsual(updates, Date.now())
  const ade = await startAde()
  const content = await startContent()
  const portal = await startPortal()
  const google = await startAmapi()
  const outside = [
    { setting: 'MUSTER_UPDATES_URL', url: updates.url, ca: updates.ca },
    { setting: 'MUSTER_ADE_URL', url: ade.url, ca: ade.ca },
    { setting: 'MUSTER_CONTENT_URL', url: content.url, ca: content.ca },
    { setting: 'MUSTER_ANDROID_URL', url: google.url, ca: google.ca },
    { setting: 'MUSTER_GOOGLE_TOKEN_URL', url: `${google.url}/token`, ca: '' },
    { setting: 'MUSTER_GOOGLE_KEYS_URL', url: `${google.url}/oauth2/v3/certs`, ca: '' },
    ...portal.outside,
  ]
  const house = await startHouse({ setUp: true, apns, smtp, outside })
  closing.push(...[updates, apns, smtp, ade, content, portal, google].map(service => () => service.close()), () =>
    house.stop(),
  )
  const call = caller(
    house.url,
    house.local(['api-key', 'create', '--name', 'Stage', '--role', 'owner', '--days', '2']),
  )
  const push = mintPushCertificate()
  await call('PUT', '/push/apple', {
    certificate: push.certificate,
    key: push.key,
    account: 'apple-push@havsten.example',
  })
  const units = await seedUnits(call)
  const fleet = startFleet({
    count: 14,
    seed: 7,
    apns,
    concurrency: 4,
    keys: await keysForTests(40),
    supervised: 1,
    device: { careless: true },
    profileUrlFor: (index, device) => invite({ call, units, index, device }),
  })
  closing.push(() => fleet.close())
  await within(fleet.enrolled, 90_000, 'the devices did not enroll')
  if (fleet.failures.length > 0) throw fleet.failures[0]?.error
  const known = async (): Promise<boolean> => {
    const { items } = (await call('GET', '/devices?limit=50')) as {
      items: { serial: string | null; osVersion: string | null; waiting: number }[]
    }
    return items.length === 14 && items.every(row => row.serial !== null && row.osVersion !== null && row.waiting === 0)
  }
  await until(known, 40_000, () => 'the devices did not answer the first questions')
  const machine = (serial: string): AppleDevice => {
    const found = fleet.devices.find(device => device.hardware.serial === serial)
    if (!found) throw new Error(`no virtual device has the serial ${serial}`)
    return found
  }
  return { house, apns, push, smtp, ade, content, google, business: portal.business, fleet, call, units, machine }
}

async function seedUnits(call: Stage['call']): Promise<Record<string, string>> {
  const [top] = (await call('GET', '/units')).items as { id: string }[]
  const units: Record<string, string> = { top: top?.id ?? '' }
  for (const [language, name] of [
    ['sv', 'Stockholm'],
    ['fr', 'Lyon'],
    ['ja', 'Tokyo'],
    ['en', 'Manchester'],
  ] as const)
    units[language] = String((await call('POST', '/units', { name, parent: top?.id })).id)
  return units
}

/** Every third iPhone and iPad is its owner's own. */
async function invite(of: {
  call: Stage['call']
  units: Record<string, string>
  index: number
  device: AppleDevice
}): Promise<string> {
  const { call, index, device } = of
  const { fullName, familyName, givenName, shortName, language } = device.owner
  const unit = of.units[language]
  const email = `${shortName}.${index}@havsten.example`
  const user = await call('POST', '/users', { displayName: fullName, familyName, givenName, email, language, unit })
  const ownership = device.hardware.family.startsWith('iP') && index % 3 === 0 ? 'personal' : 'company'
  const made = await call('POST', '/invitations', {
    platform: 'apple',
    unit,
    user: user.id,
    ownership,
    uses: 1,
    expiresInHours: 24,
  })
  return String(made.profileUrl)
}

let theBrowser: Promise<Browser> | undefined // one for the run; contexts keep the tests apart

/** Chromium, started when first asked for. */
export function browser(): Promise<Browser> {
  theBrowser ??= chromium
    .launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      headless: true,
      timeout: 180_000,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
    .then(opened => {
      closing.push(() => opened.close())
      return opened
    })
  return theBrowser
}

async function within<T>(work: Promise<T>, ms: number, otherwise: string): Promise<T> {
  const late = new AbortController()
  try {
    return await Promise.race([
      work,
      sleep(ms * patience, undefined, { signal: late.signal }).then(() => {
        throw new Error(otherwise)
      }),
    ])
  } finally {
    late.abort()
  }
}
