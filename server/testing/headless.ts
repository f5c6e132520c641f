import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { promisify } from 'node:util'
import { until as patiently } from '../../tools/until.ts'

const run = promisify(execFile)
const android = join(import.meta.dirname, '../../android')

/** Whether Java programs can be compiled and run here. */
export const hasJava = existsSync('/usr/bin/javac') && existsSync('/usr/bin/java')

let compiled: Promise<string> | undefined

/** The classes of the Java agent without a screen, compiled once in a process: Maven makes the same of the same sources, but takes longer. */
export function compileHeadless(): Promise<string> {
  compiled ??= (async () => {
    const to = mkdtempSync(join(tmpdir(), 'muster-headless-'))
    process.once('exit', () => rmSync(to, { recursive: true, force: true }))
    const sources = globSync('{core,headless}/src/main/java/**/*.java', { cwd: android })
    await run(
      '/usr/bin/javac',
      [
        '-J-XX:TieredStopAtLevel=1',
        '-J-XX:+UseSerialGC',
        '--release',
        '8',
        '-nowarn',
        '-Xlint:none',
        '-d',
        to,
        ...sources,
      ],
      { cwd: android },
    )
    return to
  })()
  return compiled
}

/** What a running device shows to whoever tests. */
export interface Shown {
  readonly enrolled: boolean
  readonly held: boolean
  readonly contacts: number
  /** By which ways it was woken, oldest first. */
  readonly woken: readonly string[]
  readonly agent: { readonly trouble?: string; readonly items: readonly { kind: string; state: string }[] }
  readonly os: {
    readonly mode: string
    readonly left?: boolean
    readonly set: Readonly<Record<string, unknown>>
    readonly wifi?: Readonly<Record<string, unknown>>
    readonly apps: Readonly<Record<string, unknown>>
    readonly effects: readonly { verb: string; detail?: unknown }[]
  }
}

/** A device that is a process of its own: the agent in Java on an operating system that exists on disk alone. */
export interface Headless {
  show(): Promise<Shown>
  /** Does to the device what people or the world do: `apps/install`, `set`, `hold`, `contact`, … */
  act(what: string, said?: object): Promise<Record<string, unknown>>
  /** Waits until what it shows is so. */
  until(what: string, is: (shown: Shown) => boolean): Promise<Shown>
  /** Ends it as the power does. */
  kill(): Promise<void>
  /** Starts it again with what is on its disk. */
  start(...more: string[]): Promise<void>
  output(): string
}

/** Starts one that enrolls by this payload. It ends with the test. */
export async function headless(t: TestContext, payload: string, ...options: string[]): Promise<Headless> {
  const classes = await compileHeadless()
  const state = mkdtempSync(join(tmpdir(), 'muster-device-'))
  let child: ChildProcess | null = null
  let control = ''
  let output = ''
  const kill = async (): Promise<void> => {
    const running = child
    child = null
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const gone = new Promise(resolve => running.once('exit', resolve))
    running.kill('SIGKILL')
    await gone
  }
  const start = async (...more: string[]): Promise<void> => {
    const words = ['--payload', payload, '--state', state, ...options, ...more]
    const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto', '-Xmx128m']
    const started = spawn('/usr/bin/java', [...quick, '-cp', classes, 'org.muster.agent.headless.Main', ...words])
    child = started
    control = await new Promise<string>((resolve, reject) => {
      const take = (chunk: Buffer): void => {
        output += chunk.toString()
        const found = /control: (\S+)/.exec(output.slice(output.lastIndexOf('control:')))
        if (found?.[1] !== undefined) resolve(found[1])
      }
      started.stdout?.on('data', take)
      started.stderr?.on('data', take)
      started.once('exit', code => reject(new Error(`the device ended with ${code}: ${output}`)))
    })
  }
  t.after(async () => {
    await kill()
    rmSync(state, { recursive: true, force: true })
  })
  const act: Headless['act'] = async (what, said = {}) => {
    const answer = await fetch(`${control}/${what}`, { method: 'POST', body: JSON.stringify(said) })
    if (!answer.ok) throw new Error(await answer.text())
    return (await answer.json()) as Record<string, unknown>
  }
  const show = async (): Promise<Shown> => (await act('state')) as unknown as Shown
  const until: Headless['until'] = async (what, is) => {
    let shown = await show()
    await patiently(
      () => `${what}: ${JSON.stringify(shown)}\n${output}`,
      async () => {
        shown = await show()
        return is(shown)
      },
      { everyMs: 100 },
    )
    return shown
  }
  await start()
  return { show, act, until, kill, start, output: () => output }
}
