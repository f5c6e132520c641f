import { randomUUID } from 'node:crypto'
import { type Operation, operations } from './operation.ts'

/**
 * `./muster api`: every operation of the API by name. Flags are the parameters and body fields of the document.
 * The server is MUSTER_API (https://localhost:8443 when unset), the key MUSTER_API_KEY.
 */
const all = operations()
const args = process.argv.slice(2)
const words = args.filter((a, i) => !a.startsWith('--') && !args[i - 1]?.startsWith('--'))
const flags = readFlags(args)

if (args.length === 0 || words[0] === 'help') help(words[0] === 'help' ? words.slice(1) : words)
else await call()

async function call(): Promise<void> {
  const operation = find(words)
  if (!operation) {
    console.error(`There is no operation '${words.join(' ')}'. See: ./muster api help ${words[0] ?? ''}`)
    process.exit(2)
  }
  const missing = [...operation.parameters.filter(p => p.required), ...operation.fields.filter(f => f.required)].filter(
    p => flags[p.name] === undefined && flags.body === undefined,
  )
  const unknown = Object.keys(flags).filter(
    f => f !== 'body' && !operation.parameters.some(p => p.name === f) && !operation.fields.some(p => p.name === f),
  )
  if (missing.length > 0 || unknown.length > 0) {
    for (const name of unknown) console.error(`--${name} is not known here.`)
    for (const { name } of missing) console.error(`--${name} is needed.`)
    help(words)
    process.exit(2)
  }
  const answer = await fetch(urlOf(operation), {
    method: operation.method,
    headers: {
      authorization: `Bearer ${process.env.MUSTER_API_KEY ?? ''}`,
      ...(operation.method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    },
    ...(operation.fields.length > 0 || flags.body !== undefined ? { body: bodyOf(operation) } : {}),
  })
  const text = await answer.text()
  const json = /json/.test(answer.headers.get('content-type') ?? '')
  process.stdout.write(json ? `${JSON.stringify(JSON.parse(text), null, 2)}\n` : text)
  process.exitCode = answer.ok ? 0 : 1
}

function urlOf(operation: Operation): string {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(flags[name] ?? ''))
  const query = new URLSearchParams(
    operation.parameters
      .filter(p => p.in === 'query' && flags[p.name] !== undefined)
      .map(p => [p.name, flags[p.name] ?? '']),
  )
  return `${(process.env.MUSTER_API ?? 'https://localhost:8443').replace(/\/$/, '')}${path}${query.size > 0 ? `?${query}` : ''}`
}

function bodyOf(operation: Operation): string {
  if (flags.body !== undefined) return flags.body
  const body: Record<string, unknown> = {}
  for (const { name, kind } of operation.fields) {
    const text = flags[name]
    if (text !== undefined && !operation.parameters.some(p => p.name === name)) body[name] = typed(text, kind)
  }
  return JSON.stringify(body)
}

function typed(text: string, kind: string): unknown {
  if (text === 'null') return null
  if (/object|array|json/.test(kind)) return JSON.parse(text) as unknown
  if (/boolean/.test(kind) && (text === 'true' || text === 'false')) return text === 'true'
  if (/number|integer/.test(kind) && text !== '' && Number.isFinite(Number(text))) return Number(text)
  return text
}

function find(said: readonly string[]): Operation | undefined {
  return all.find(o => o.words === said.join(' '))
}

function readFlags(list: readonly string[]): Record<string, string> {
  const read: Record<string, string> = {}
  list.forEach((arg, i) => {
    if (!arg.startsWith('--')) return
    const [name = '', ...value] = arg.slice(2).split('=')
    read[name] = value.length > 0 ? value.join('=') : (list[i + 1] ?? '')
  })
  return read
}

function help(of: readonly string[]): void {
  const one = find(of)
  if (one) {
    console.log(
      `${one.summary}\n${one.method} ${one.path}${one.permission === null ? '' : `   needs ${one.permission}`}\n`,
    )
    for (const p of one.parameters) console.log(`  --${p.name}${p.required ? '' : '  (optional)'}  ${p.description}`)
    for (const f of one.fields) console.log(`  --${f.name} <${f.kind}>${f.required ? '' : '  (optional)'}`)
    if (one.fields.length > 0) console.log('  --body <json>  the whole body instead')
    return
  }
  const shown = all.filter(o => of.length === 0 || o.words.startsWith(of.join(' ')))
  console.log(
    './muster api <operation> [--flag value …]      ./muster api help <operation>\nThe server is MUSTER_API, the key MUSTER_API_KEY. For its own certificate: NODE_EXTRA_CA_CERTS=trust.pem\n',
  )
  const width = Math.max(...shown.map(o => o.words.length))
  for (const o of shown.toSorted((a, b) => (a.words < b.words ? -1 : 1)))
    console.log(`  ${o.words.padEnd(width)}  ${o.summary}`)
}
