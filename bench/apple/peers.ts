import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { cleanEnvironment } from '../own.ts'

const nanomdmModule = 'github.com/micromdm/nanomdm@v0.9.0'
const wanted = {
  nanomdm: 'github.com/micromdm/nanomdm/cmd/nanomdm@v0.9.0',
  scepserver: 'github.com/micromdm/scep/v2/cmd/scepserver@v2.3.0',
} as const

/** Where the peers are, and the schema that NanoMDM ships for PostgreSQL. */
export interface Peers {
  nanomdm: string
  scepserver: string
  schema: string
}

/** Finds the peers in MUSTER_PEERS or PATH, or installs them with Go; else says what is missing. */
export function findPeers(): Peers | string {
  const nanomdm = program('nanomdm')
  const scepserver = program('scepserver')
  if (nanomdm === undefined || scepserver === undefined)
    return `NanoMDM and scepserver are not here, and there is no Go to install them. With Go: go install ${wanted.nanomdm} && go install ${wanted.scepserver}; then put them into PATH, or name their folder in MUSTER_PEERS.`
  const schema = schemaOfNanomdm()
  return schema === undefined
    ? `The PostgreSQL schema of ${nanomdmModule} is not in Go's module cache.`
    : { nanomdm, scepserver, schema }
}

function program(name: keyof typeof wanted): string | undefined {
  const folder = join(tmpdir(), 'muster-peers')
  const places = [process.env.MUSTER_PEERS ?? '', folder, ...(process.env.PATH ?? '').split(delimiter)]
  const found = places.filter(Boolean).find(place => existsSync(join(place, name)))
  if (found !== undefined) return join(found, name)
  if (go('version') === undefined) return undefined
  console.log(`installing ${wanted[name]} …`)
  mkdirSync(folder, { recursive: true })
  const env = { ...process.env, GOBIN: folder, CGO_ENABLED: '0' }
  execFileSync(goProgram(), ['install', wanted[name]], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 600_000,
  })
  return join(folder, name)
}

function schemaOfNanomdm(): string | undefined {
  const cache = go('env', 'GOMODCACHE')?.trim()
  if (cache === undefined) return undefined
  const file = join(cache, nanomdmModule, 'storage/pgsql/schema.sql')
  if (!existsSync(file)) go('mod', 'download', nanomdmModule)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function goProgram(): string {
  return existsSync('/usr/local/go/bin/go') ? '/usr/local/go/bin/go' : 'go'
}

function go(...args: string[]): string | undefined {
  try {
    return execFileSync(goProgram(), args, { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8', timeout: 120_000 })
  } catch {
    return undefined
  }
}

/** A peer that runs. */
export interface Running {
  port: number
  child: ChildProcess
  stop(): Promise<void>
}

export const nanomdmKey = 'bench'

/** Starts NanoMDM over an empty database of this PostgreSQL; it believes certificates of the authorities in `ca`. */
export async function startNanomdm(
  peers: Peers,
  options: { database: string; ca: string; port: number },
): Promise<Running> {
  const client = new pg.Client({ connectionString: options.database })
  await client.connect()
  const { rows } = await client.query(`SELECT to_regclass('public.enrollment_queue') AS there`)
  if (rows[0]?.there === null) await client.query(peers.schema)
  await client.end()
  return start(peers.nanomdm, options.port, [
    '-listen',
    `127.0.0.1:${options.port}`,
    '-api',
    nanomdmKey,
    '-ca',
    options.ca,
    '-storage',
    'pgsql',
    '-storage-dsn',
    `${options.database}?sslmode=disable`,
  ])
}

export const scepChallenge = 'bench-challenge'

/** Starts scepserver with a fresh RSA-2048 authority in this folder; answers where its certificate is. */
export async function startScepserver(
  peers: Peers,
  options: { folder: string; port: number },
): Promise<Running & { ca: string }> {
  execFileSync(peers.scepserver, ['ca', '-init', '-depot', options.folder, '-keySize', '2048'], {
    stdio: 'ignore',
    env: cleanEnvironment({}),
  })
  const running = await start(peers.scepserver, options.port, [
    '-depot',
    options.folder,
    '-port',
    String(options.port),
    '-challenge',
    scepChallenge,
    '-allowrenew',
    '0',
  ])
  return { ...running, ca: join(options.folder, 'ca.pem') }
}

async function start(file: string, port: number, args: string[]): Promise<Running> {
  // Their log of every request goes nowhere, as ours does.
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'ignore'], env: cleanEnvironment({}) })
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await Promise.race([once(child, 'exit'), sleep(5000).then(() => child.kill('SIGKILL'))])
  }
  for (const until = Date.now() + 15_000; Date.now() < until; await sleep(30)) {
    if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode}`)
    if (await listens(port)) return { port, child, stop }
  }
  await stop()
  throw new Error(`${file} does not listen`)
}

function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

/** An empty database of this name; answers its URL. */
export async function freshDatabase(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  return url.replace(/\/[^/]*$/, `/${name}`)
}
