import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type AgentMode, agentModes } from '@muster/wire/agent/messages.ts'
import { wireTo } from './agent/http.ts'
import { bringToLife, type Life } from './agent/life.ts'
import { anyMake, usedPhone } from './agent/models.ts'
import type { AppleDevice } from './apple/device.ts'
import { startFleet } from './apple/fleet.ts'
import { storedKeys } from './apple/keys.ts'
import { startApns } from './outside/apns/apns.ts'
import { mintPushCertificate } from './outside/apns/certificates.ts'
import { connectWakes } from './outside/apns/wakes.ts'
import { startAmapi } from './outside/amapi/amapi.ts'

// A server by a name of two addresses is not given up because this process was busy for half a second.
setDefaultAutoSelectFamilyAttemptTimeout(60_000)

const usage = `Virtual devices and a virtual outside world.

  node simulator/main.ts apple --profile-url URL [options]   enroll virtual Apple devices and keep them alive
    --count N            how many (5)
    --apns URL           wakes of a push service, tcp://host:port as printed by "apns"
    --poll SECONDS       call the server regularly as well; the default without --apns is 30
    --seed N             the same seed makes the same devices (1)
    --model NAME         only this model; may be repeated
    --ca FILE            PEM to trust beside the profile's own roots
    --careless           download the profile without checking the server's certificate
    --client-certificate show the identity in the TLS handshake too
    --concurrency N      enrollments at once (8)
    --no-accounts        nobody signs in on the Macs

  node simulator/main.ts agent --invitation URL [options]    enroll virtual Androids with Muster's agent and keep them alive
    --count N            how many (5)
    --mode NAME          fully-managed, dedicated, company-profile or work-profile (fully-managed)
    --poll SECONDS       call the server by themselves so often (60); they are woken as well

  node simulator/main.ts apns [options]                       stand in for Apple's push service
    --port N             for providers (2197)
    --wakes-port N       for virtual devices of other processes (2198)
    --topic TOPIC        of the push certificate to make
    --out FOLDER         where certificate, key and authorities are written (./apns)

  node simulator/main.ts amapi --push URL [options]           stand in for Google's management API for Android
    --push URL           where its messages are pushed to
    --project NAME       whose service account key is made (muster-test)
    --out FOLDER         where key and authority are written (./amapi)
`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    'profile-url': { type: 'string' },
    invitation: { type: 'string' },
    mode: { type: 'string', default: 'fully-managed' },
    count: { type: 'string', default: '5' },
    apns: { type: 'string' },
    poll: { type: 'string' },
    seed: { type: 'string', default: '1' },
    model: { type: 'string', multiple: true },
    ca: { type: 'string' },
    careless: { type: 'boolean', default: false },
    'client-certificate': { type: 'boolean', default: false },
    concurrency: { type: 'string', default: '8' },
    'no-accounts': { type: 'boolean', default: false },
    port: { type: 'string', default: '2197' },
    'wakes-port': { type: 'string', default: '2198' },
    topic: { type: 'string' },
    out: { type: 'string' },
    push: { type: 'string' },
    project: { type: 'string', default: 'muster-test' },
    help: { type: 'boolean', default: false },
  },
})

if (positionals[0] === 'apple' && !values.help) await runApple()
else if (positionals[0] === 'agent' && !values.help) await runAgents()
else if (positionals[0] === 'apns' && !values.help) await runApns()
else if (positionals[0] === 'amapi' && !values.help) await runAmapi()
else {
  process.stdout.write(usage)
  process.exitCode = values.help ? 0 : 2
}

async function runApple(): Promise<void> {
  const profileUrl = values['profile-url']
  if (profileUrl === undefined) return stop('--profile-url is missing')
  const count = whole('count', values.count)
  const wakes = values.apns === undefined ? undefined : await connectWakes(values.apns)
  const poll = values.poll ?? (wakes === undefined ? '30' : undefined)
  const fleet = startFleet({
    profileUrlFor: () => profileUrl,
    count,
    seed: whole('seed', values.seed),
    concurrency: whole('concurrency', values.concurrency),
    accounts: !values['no-accounts'],
    keys: await storedKeys(join(tmpdir(), 'muster-simulator-keys.pem'), Math.min(count, 2000)),
    ...(wakes === undefined ? {} : { apns: wakes }),
    ...(poll === undefined ? {} : { pollMs: whole('poll', poll) * 1000 }),
    ...(values.model === undefined ? {} : { models: values.model }),
    onEnrolled: tell,
    device: {
      careless: values.careless,
      clientCertificate: values['client-certificate'],
      ...(values.ca === undefined ? {} : { trust: [readFileSync(values.ca, 'utf8')] }),
    },
  })
  // A held-open timer keeps the devices alive between wakes.
  const alive = setInterval(() => undefined, 60_000)
  onSignal(() => {
    clearInterval(alive)
    fleet.close()
    wakes?.close()
  })
  await fleet.enrolled
  console.log(`${count - fleet.failures.length} of ${count} devices are enrolled; stop with Ctrl-C`)
  if (fleet.failures.length === count) {
    clearInterval(alive)
    fleet.close()
    wakes?.close()
    process.exitCode = 1
  }
}

function tell(device: AppleDevice, _index: number, error?: unknown): void {
  const { hardware, interior } = device
  const what = `${hardware.serial}  ${hardware.modelName}, ${interior.system.version}  ${interior.name}`
  console.log(error === undefined ? `enrolled  ${what}` : `FAILED    ${what}: ${String(error)}`)
}

async function runAgents(): Promise<void> {
  const { invitation, mode } = values
  if (invitation === undefined || !URL.canParse(invitation))
    return stop('--invitation is missing: the link of an invitation')
  if (!isMode(mode)) return stop(`--mode must be one of ${agentModes.join(', ')}`)
  const count = whole('count', values.count)
  const wire = wireTo(new URL(invitation).origin)
  const lives: Life[] = []
  onSignal(() => {
    // What is under way is cut: they come again another time.
    wire.close()
    process.exit(0)
  })
  for (let number = 0; number < count; number += 1) {
    const phone = usedPhone(anyMake(number), number)
    const what = `${phone.serial}  ${phone.maker} ${phone.model}, Android ${phone.osVersion}`
    const pollMs = whole('poll', values.poll ?? '60') * 1000
    try {
      lives.push(await bringToLife(phone, { wire, invitation, mode, pollMs }))
      console.log(`enrolled  ${what}`)
    } catch (error) {
      console.log(`FAILED    ${what}: ${String(error)}`)
    }
  }
  console.log(`${lives.length} of ${count} devices are enrolled; stop with Ctrl-C`)
  if (lives.length > 0) return
  wire.close()
  process.exitCode = 1
}

function isMode(text: string): text is AgentMode {
  return agentModes.some(mode => mode === text)
}

async function runApns(): Promise<void> {
  const push = mintPushCertificate(values.topic === undefined ? {} : { topic: values.topic })
  const apns = await startApns({
    port: whole('port', values.port),
    wakesPort: whole('wakes-port', values['wakes-port']),
    clientCa: push.authority,
  })
  const out = values.out ?? 'apns'
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'push.pem'), push.certificate)
  writeFileSync(join(out, 'push.key'), push.key, { mode: 0o600 })
  writeFileSync(join(out, 'server-ca.pem'), apns.ca)
  console.log(`providers  ${apns.url} (trust ${join(out, 'server-ca.pem')})`)
  console.log(`devices    ${apns.wakesUrl}`)
  console.log(`topic      ${push.topic} (${join(out, 'push.pem')}, push.key)`)
  onSignal(() => void apns.close())
}

async function runAmapi(): Promise<void> {
  const { push, project } = values
  const out = values.out ?? 'amapi'
  if (push === undefined) return stop('--push is missing')
  const amapi = await startAmapi()
  const topic = `projects/${project}/topics/muster`
  amapi.subscribe({ topic, endpoint: push })
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'key.json'), JSON.stringify(amapi.key(project), null, 2), { mode: 0o600 })
  writeFileSync(join(out, 'server-ca.pem'), amapi.ca)
  console.log(`API        ${amapi.url} (trust ${join(out, 'server-ca.pem')})`)
  console.log(`key        ${join(out, 'key.json')}`)
  console.log(`topic      ${topic}`)
  console.log('phones     POST /fake/enroll {"token": "…"}; time: POST /fake/clock {"advanceMs": 60000}')
  const alive = setInterval(() => void amapi.settle(), 1000)
  onSignal(() => {
    clearInterval(alive)
    void amapi.close()
  })
}

function whole(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) stop(`--${name} must be a whole number`)
  return value
}

function stop(why: string): never {
  process.stderr.write(`${why}\n\n${usage}`)
  process.exit(2)
}

function onSignal(close: () => void): void {
  process.once('SIGINT', close)
  process.once('SIGTERM', close)
}
