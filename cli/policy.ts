import { randomUUID } from 'node:crypto'
import { client } from '@muster/api/client.ts'
import { explained, notExplained, tested } from './said.ts'

/**
 * `./muster policy`: what policy tests say, and why a device has what it has. Exit code 0: as expected; 1: a test fails, or the device lacks what was
 * asked about; 2: it could not be asked. The server is MUSTER_API or --server, the key MUSTER_API_KEY.
 */
const usage = `./muster policy test [name …]                    runs policy tests over every device; exit code 1 when one fails
./muster policy explain <device> [item [key]]    why a device has what it has; without an item, what it has
./muster policy why-not <device> <policy>        why a policy is not on a device

A device is named by id, serial number or name, a policy by id or name.
  --json            the answer of the API as it is
  --server <url>    instead of MUSTER_API (https://localhost:8443); the key is MUSTER_API_KEY`

const args = process.argv.slice(2)
const at = args.indexOf('--server')
const url = at < 0 ? (process.env.MUSTER_API ?? 'https://localhost:8443') : (args[at + 1] ?? '')
const words = args.filter((a, i) => !a.startsWith('--') && (at < 0 || i !== at + 1))
const asJson = args.includes('--json')
const api = client({ url: url.replace(/\/$/, ''), key: process.env.MUSTER_API_KEY ?? '' })

/** What the user is told when it cannot be asked. */
class Refused extends Error {}

try {
  process.exitCode = await verb(words[0] ?? '', words.slice(1))
} catch (error) {
  // The network failing is a TypeError with a cause; anything else is ours.
  if (!(error instanceof Refused) && !(error instanceof TypeError && error.cause !== undefined)) throw error
  console.error(error instanceof Refused ? error.message : `${url} does not answer: ${reasonOf(error)}`)
  process.exitCode = 2
}

async function verb(name: string, rest: readonly string[]): Promise<number> {
  switch (name) {
    case 'test':
      return test(rest)
    case 'explain':
      return explain(rest)
    case 'why-not':
      return whyNot(rest)
    default:
      console.log(usage)
      return name === '' || name === 'help' ? 0 : 2
  }
}

async function test(names: readonly string[]): Promise<number> {
  const { items } = said(await api.GET('/api/v1/policy-tests'))
  const unknown = names.filter(n => !items.some(t => t.name === n || t.id === n))
  if (unknown.length > 0) throw new Refused(`There is no policy test called ${unknown.join(', ')}.`)
  const tests = items.filter(t => names.includes(t.name) || names.includes(t.id)).map(t => t.id)
  const body = tests.length === 0 ? {} : { tests }
  const headers = { 'idempotency-key': randomUUID() }
  const run = said(await api.POST('/api/v1/policy-tests/run', { body, headers }))
  show(run, tested)
  return run.passed ? 0 : 1
}

async function explain([device, item, key]: readonly string[]): Promise<number> {
  const { id, name } = await deviceOf(device)
  if (item === undefined) return list(id, name)
  const query = { item, ...(key === undefined ? {} : { key }) }
  const why = said(await api.GET('/api/v1/devices/{id}/policy/why', { params: { path: { id }, query } }))
  show(why, found => explained(name, found))
  return why.decided === null ? 1 : 0
}

async function list(id: string, name: string): Promise<number> {
  const { items } = said(await api.GET('/api/v1/devices/{id}/policy', { params: { path: { id } } }))
  show(items, all =>
    all.length === 0
      ? `${name} should have nothing.`
      : [`${name} should have:`, ...all.map(i => `  ${i.item}  (${i.name})`)].join('\n'),
  )
  return 0
}

async function whyNot([device, policy]: readonly string[]): Promise<number> {
  if (policy === undefined) throw new Refused('Which policy? See: ./muster policy help')
  const { id, name } = await deviceOf(device)
  const query = { policy: await policyOf(policy) }
  const why = said(await api.GET('/api/v1/devices/{id}/policy/why-not', { params: { path: { id }, query } }))
  show(why, found => notExplained(name, found))
  return why.why === 'reached' && why.overridden.length === 0 ? 0 : 1
}

async function deviceOf(text: string | undefined): Promise<{ id: string; name: string }> {
  if (text === undefined) throw new Refused('Which device? See: ./muster policy help')
  const filter = /^dev_[0-9a-f]{32}$/.test(text) ? '' : quoted(text)
  if (filter === '') {
    const { id, name } = said(await api.GET('/api/v1/devices/{id}', { params: { path: { id: text } } }))
    return { id, name }
  }
  const { items } = said(await api.GET('/api/v1/devices', { params: { query: { filter, limit: 50 } } }))
  return one(
    items.filter(d => d.name === text || d.serial === text || items.length === 1),
    text,
    'device',
  )
}

async function policyOf(text: string): Promise<string> {
  if (/^pol_[0-9a-f]{32}$/.test(text)) return text
  const query = { filter: `name:${quoted(text)}`, limit: 50 }
  const { items } = said(await api.GET('/api/v1/policies', { params: { query } }))
  return one(
    items.filter(p => p.name === text || items.length === 1),
    text,
    'policy',
  ).id
}

function one<T>(found: readonly T[], text: string, what: string): T {
  const [first, second] = found
  if (first !== undefined && second === undefined) return first
  throw new Refused(
    first === undefined ? `There is no ${what} called ${text}.` : `Several are called ${text}; use the id.`,
  )
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, c => `\\${c}`)}"`
}

function said<T>({ data, error }: { data?: T | undefined; error?: unknown }): T {
  if (data !== undefined) return data
  const { title, next } = Object(error) as { title?: string; next?: string }
  throw new Refused([title ?? 'The server refused.', next].filter(Boolean).join(' '))
}

function show<T>(answer: T, words: (answer: T) => string): void {
  console.log(asJson ? JSON.stringify(answer, null, 2) : words(answer))
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error ? cause.message : String(error)
}
