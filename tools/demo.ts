import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startFleet } from '../simulator/apple/fleet.ts'
import { startAde } from '../simulator/outside/ade/ade.ts'
import { startApns } from '../simulator/outside/apns/apns.ts'
import { mintPushCertificate } from '../simulator/outside/apns/certificates.ts'
import { caller } from './call.ts'
import { seedAndroids } from './demo-androids.ts'
import { seedApps } from './demo-apps.ts'
import { playGoogle } from './demo-google.ts'
import { seedIntake } from './demo-intake.ts'
import { startStore } from '../simulator/outside/store/store.ts'
import { startMailbox } from './demo-mail.ts'
import { seedRoster } from './demo-roster.ts'
import { seedCustody } from './demo-custody.ts'
import { playContent } from './demo-licenses.ts'
import { startOutside } from './demo-outside.ts'
import { playDoors } from './demo-doors.ts'
import { seedEscrow } from './demo-escrow.ts'
import { seedPolicies } from './demo-policies.ts'
import { play, seedHours, seedWatch } from './demo-stage.ts'
import { seedUpdates } from './demo-updates.ts'
import { root } from './run.ts'

/**
 * `./muster demo`: a server of its own in data/demo, Apple's push service played on loopback, an organization, and virtual devices
 * that enroll by the real protocol and keep living until Ctrl-C.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '50' },
    port: { type: 'string', default: '8443' },
    quiet: { type: 'boolean', default: false },
  },
})
const started = Date.now()
const data = join(root, 'data/demo')
rmSync(data, { recursive: true, force: true })
mkdirSync(data, { recursive: true })

const port = await freePort(Number(values.port))
const line = await freePort(port + 1)
const apns = await startApns()
const ade = await startAde(Date.now, 'Havsten AB')
const mailbox = await startMailbox(join(data, 'mail'))
writeFileSync(join(data, 'outside-apns.pem'), apns.ca)
writeFileSync(join(data, 'outside.pem'), ade.ca)
const licenses = await playContent(join(data, 'outside.pem'), Number(values.count))
const store = await startStore()
const doors = await playDoors(data, apns, pem => appendFileSync(join(data, 'outside.pem'), `\n${pem}`))
appendFileSync(join(data, 'outside.pem'), store.ca)
const google = await playGoogle(join(data, 'outside.pem'))
const environment = {
  ...process.env,
  MUSTER_DATA: data,
  MUSTER_URL: `https://localhost:${port}`,
  MUSTER_LISTEN: `https://127.0.0.1:${port}`,
  MUSTER_APNS_URL: apns.url,
  MUSTER_APNS_CA: join(data, 'outside-apns.pem'),
  MUSTER_ADE_URL: ade.url,
  MUSTER_OUTSIDE_CA: join(data, 'outside.pem'),
  MUSTER_CONTENT_URL: licenses.content.url,
  ...(await startOutside(join(data, 'outside.pem'))),
  MUSTER_SMTP_URL: mailbox.url,
  MUSTER_STORE_URL: store.url,
  MUSTER_MQTT_LISTEN: `mqtt://127.0.0.1:${line}`,
  ...doors.environment,
  ...google.environment,
  MUSTER_MAIL_FROM: 'Muster <muster@havsten.example>',
  MUSTER_LOG_LEVEL: process.env.MUSTER_LOG_LEVEL ?? 'warn',
}
const url = `https://localhost:${port}`
const email = 'elin.lindgren@havsten.example'
const password = 'demo only: a long passphrase'
local(['setup', '--email', email, '--name', 'Elin Lindgren', '--org', 'Havsten', '--password-stdin'], password)
const key = local(['api-key', 'create', '--name', 'Demo seeding', '--role', 'owner', '--days', '2'])
await startServer()
const call = caller(`https://localhost:${port}`, key)
const units = await seedUnits()
await seedPolicies(call, units.top ?? '', units)
await licenses.seed(call, units.top ?? '')
await seedApps(call, units.top ?? '')
await doors.seed(call, units.top ?? '')
await seedEscrow(call, units.top ?? '')
const watched = Promise.all([seedHours(call, units, url), seedWatch(call, units)])
// It ends in three weeks, so that there is something to renew.
const push = mintPushCertificate({ notAfter: Date.now() + 23 * 86_400_000 })
await call('PUT', '/push/apple', {
  certificate: push.certificate,
  key: push.key,
  account: 'apple-push@havsten.example',
})
await seedCustody(call, push.topic, units.top ?? '')

const count = Number(values.count)
const fleet = startFleet({
  count,
  seed: 20261120,
  apns,
  concurrency: 6,
  device: { careless: true, lost: { metersPerSecond: 4, drain: 0.01 } },
  appsChangeMs: 120_000,
  profileUrlFor: async (index, device) => {
    const { owner } = device
    const unit = units[owner.language]
    const user = await call('POST', '/users', {
      displayName: owner.fullName,
      familyName: owner.familyName,
      givenName: owner.givenName,
      email: `${owner.shortName}.${index}@havsten.example`,
      language: owner.language,
      unit,
    })
    const invitation = await call('POST', '/invitations', {
      platform: 'apple',
      unit,
      user: user.id,
      // Some bring their own.
      ownership: index % 10 === 9 ? 'personal' : 'company',
      uses: 1,
      expiresInHours: 24,
    })
    return String(invitation.profileUrl)
  },
  onEnrolled: (device, index, error) => {
    const seconds = ((Date.now() - started) / 1000).toFixed(0)
    if (error !== undefined) console.error(`  ${device.owner.fullName}: did not enroll: ${String(error)}`)
    else if (index === 0) console.log(`First device visible after ${seconds} s.`)
  },
})
console.log(`
Muster's demo runs at https://localhost:${port}   (its certificate is its own; the browser asks once)
Sign in with this link, once:

  ${local(['setup', '--email', email, '--link'])}

or as ${email} with the password "${password}".
${count} virtual iPhones, iPads and Macs and a dozen Androids are enrolling. Ctrl-C ends everything.
Mail is not sent: it is kept in ${mailbox.folder}, each as .eml and as a page.
`)
const androids = await seedAndroids(call, url, units).catch(error => {
  console.error(`  the demo goes on without Androids: ${String(error)}`)
  return 0
})
console.log(`${androids} Android devices with Muster's agent are there.`)
await fleet.enrolled
console.log(
  `${count - fleet.failures.length} of ${count} devices enrolled after ${((Date.now() - started) / 1000).toFixed(0)} s.`,
)

await watched
const setup = await seedRoster(call, units, { ade, delivered: doors.ipads.map(i => i.hardware.serial) })
await google.seed(call, { url, units }).catch(goOn)
await seedUpdates(call, { unit: units.top ?? '', devices: fleet.devices }).catch(goOn)
await seedIntake(call, units)
const unit = units.top ?? ''
const crew = ((await call('GET', '/users?limit=30')).items ?? []) as { email: string | null }[]
const people = crew.slice(-8).map(one => one.email ?? '')
await doors.deliver(call, { unit, setup, people, ade }).catch(goOn)
await play({ url, call, fleet, units, owner: { email, password } })
console.log(
  'A phone is lost, a game was found, someone asks for time, and a wipe of all iPads waits for others to agree.',
)

async function seedUnits(): Promise<Record<string, string>> {
  const [top] = (await call('GET', '/units')).items as { id: string }[]
  const add = async (name: string, parent: string | undefined): Promise<string> =>
    String((await call('POST', '/units', { name, parent })).id)
  const [stockholm, lyon, tokyo, manchester] = await Promise.all(
    ['Stockholm', 'Lyon', 'Tokyo', 'Manchester'].map(name => add(name, top?.id)),
  )
  const [sv, fr, ja, en] = await Promise.all([
    add('Finance', stockholm),
    add('Logistics', lyon),
    add('Sales', tokyo),
    add('Field service', manchester),
  ])
  return { sv, fr, ja, en, top: top?.id ?? '' }
}

function local(args: string[], input = ''): string {
  return execFileSync(process.execPath, ['server/local.ts', ...args], {
    cwd: root,
    env: environment,
    input,
    stdio: ['pipe', 'pipe', 'pipe'],
    encoding: 'utf8',
  }).trim()
}

async function startServer(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['server/start.ts'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  child.once('exit', code => {
    console.error(`The server ended (${code}).`)
    process.exit(code ?? 1)
  })
  const end = (): void => {
    child.removeAllListeners('exit')
    child.once('exit', () => process.exit(0))
    fleet.close()
    child.kill('SIGTERM')
  }
  // A fault while seeding leaves no server behind.
  process.once('exit', () => child.kill('SIGTERM'))
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  const ready = caller(`https://localhost:${port}`, key)
  for (let tries = 0; tries < 400; tries += 1) {
    if (
      await ready('GET', '/session').then(
        () => true,
        () => false,
      )
    )
      return child
    await new Promise(resolve => setTimeout(resolve, 100))
    if (
      tries > 3 &&
      (await ready('GET', '/units').then(
        () => true,
        () => false,
      ))
    )
      return child
  }
  child.removeAllListeners('exit')
  child.kill('SIGKILL')
  throw new Error('The server did not become ready in 40 s.')
}

function goOn(error: unknown): void {
  console.error(`  the demo goes on without it: ${String(error)}`)
}

function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', () =>
      wanted > 8543 ? reject(new Error('no free port from 8443 to 8543')) : freePort(wanted + 1).then(resolve, reject),
    )
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => resolve(wanted)))
  })
}
