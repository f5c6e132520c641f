import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from '../run.ts'
import type { SigningKey } from './key.ts'

/** The folder of the Android agent. */
export const android = join(root, 'android')
const app = join(android, 'app')
const target = join(app, 'target')

/** The oldest Android the agent installs on, and the one it was written for. */
export const oldestApi = 26
export const targetApi = 35

/** What Maven fetched for making and checking: files in its own store. */
export interface Parts {
  /** Android itself: classes to compile against, and the resources. */
  framework: string
  dx: string
  aapt2: string
  /** What is public in Android, by level, and what reads that. */
  signatures: { 26: string; 32: string; 34: string; reader: string }
}

export interface Version {
  name: string
  code: number
}

/** Runs a program; what it said is thrown when it fails. */
export async function must(
  program: string,
  args: readonly string[],
  cwd = android,
  env: Record<string, string> = {},
): Promise<string> {
  const { code, output } = await run(program, args, { quiet: true, cwd, env })
  if (code !== 0) throw new Error(`${program} failed:\n${output.trim().slice(-4000)}`)
  return output
}

/** Fetches what is not here yet (about 200 MB, once per machine) and says where it is. */
export async function fetchParts(): Promise<Parts> {
  const list = join(target, 'parts.txt')
  const pom = readFileSync(join(android, 'tools/pom.xml'), 'utf8') + readFileSync(join(android, 'pom.xml'), 'utf8')
  const stamp = join(target, 'parts.pom')
  const known = existsSync(list) && existsSync(stamp) && readFileSync(stamp, 'utf8') === pom
  if (!known || !read(list).every(file => existsSync(file))) {
    mkdirSync(target, { recursive: true })
    const options = [`-Dmdep.outputFile=${list}`, '-Dmdep.pathSeparator=|']
    await maven(['-q', '-f', 'tools/pom.xml', 'dependency:build-classpath', ...options])
    writeFileSync(stamp, pom)
  }
  const find = (name: string): string => {
    const file = read(list).find(path => path.includes(name))
    if (file === undefined) throw new Error(`Maven did not bring ${name}.`)
    return file
  }
  return {
    framework: find('/android-all-'),
    dx: find('/dalvik-dx-'),
    aapt2: await unpackAapt2(find('/apktool-lib-')),
    signatures: {
      26: find('/gummy-bears-api-26-'),
      32: find('/gummy-bears-api-32-'),
      34: find('/gummy-bears-api-34-'),
      reader: find('/animal-sniffer-'),
    },
  }
}

const read = (list: string): string[] => readFileSync(list, 'utf8').trim().split('|')

/** How a Java machine runs that ends soon. */
const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']

/** Runs Maven over the agent's modules; one at a time on this checkout, because all write to the same folders. */
export function maven(args: readonly string[]): Promise<string> {
  const folder = join(android, 'target')
  mkdirSync(folder, { recursive: true })
  // What runs for seconds is not worth compiling well.
  const env = { MAVEN_OPTS: process.env.MAVEN_OPTS ?? quick.join(' ') }
  return must('flock', [join(folder, 'maven.lock'), 'mvn', '-B', ...args], android, env)
}

/** The two Androids the tests written in Java play on. Robolectric looks for them in Maven's own store, and would else fetch them by itself. */
const models = ['9-robolectric-4913185-2-i7', '15-robolectric-12650502-i7']

/** Fetches what the tests written in Java need besides (about 300 MB, once per machine). */
export async function fetchModels(parts: Parts): Promise<void> {
  const store = parts.framework.slice(0, parts.framework.indexOf('/android-all/'))
  for (const model of models) {
    if (existsSync(join(store, 'android-all-instrumented', model, `android-all-instrumented-${model}.jar`))) continue
    const artifact = `-Dartifact=org.robolectric:android-all-instrumented:${model}`
    await maven(['-q', '-f', 'tools/pom.xml', 'dependency:get', artifact, '-Dtransitive=false'])
  }
}

/** Debian's aapt2 cannot read the resources of Android 14 and newer, so the one inside apktool is used; it exists for x86-64. */
async function unpackAapt2(jar: string): Promise<string> {
  const named = process.env.APK_AAPT2
  if (named !== undefined) return named
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      `There is no aapt2 for ${process.platform} on ${process.arch} in Maven Central; name one of Android 14 or newer in APK_AAPT2.`,
    )
  const inside = 'prebuilt/linux/aapt2'
  const folder = join(target, 'aapt2')
  const file = join(folder, inside)
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    await must('jar', ['--extract', '--file', jar, inside], folder)
    chmodSync(file, 0o755)
  }
  return file
}

const base = join(target, 'base.apk')
const classes = join(target, 'dex')

/** Resources and classes compiled: an unsigned package in the target folder. `goal` is Maven's: test also runs the tests written in Java. */
export async function compile(parts: Parts, version: Version, goal: 'compile' | 'test' = 'compile'): Promise<string> {
  await link(parts, version)
  const log = await maven(['-Papp', '-pl', 'core,app', goal])
  writeFileSync(join(target, 'maven.log'), log)
  return assemble(parts)
}

/** The manifest and resources as Android reads them, and the class by which the code names them. */
export async function link(parts: Parts, version: Version): Promise<void> {
  const resources = join(target, 'resources.zip')
  await must(parts.aapt2, ['compile', '--dir', 'src/main/res', '-o', resources], app)
  await must(
    parts.aapt2,
    [
      'link',
      ...['-o', base],
      ...['-I', parts.framework],
      ...['--manifest', 'src/main/AndroidManifest.xml'],
      ...['--min-sdk-version', String(oldestApi), '--target-sdk-version', String(targetApi)],
      ...['--version-code', String(version.code), '--version-name', version.name],
      ...['--java', join(target, 'resources-class')],
      resources,
    ],
    app,
  )
}

/** The compiled classes as Android runs them, put beside the resources. */
export async function assemble(parts: Parts): Promise<string> {
  rmSync(classes, { recursive: true, force: true })
  mkdirSync(classes, { recursive: true })
  // With 24 dx refuses lambdas; with 26 it would take them, and Android could not run what it makes of them.
  const dexed = ['--dex', '--min-sdk-version=24', `--output=${join(classes, 'classes.dex')}`]
  const compiled = ['core', 'app'].map(module => join(android, module, 'target/classes'))
  await must('java', [...quick, '-cp', parts.dx, 'com.android.dx.command.Main', ...dexed, ...compiled])
  // No package says when it was made, so the same sources and key make the same file.
  const plain = ['--no-manifest', '--date', '1981-01-01T01:01:02Z']
  await must('jar', ['--update', '--file', base, ...plain, '-C', classes, 'classes.dex'])
  return base
}

/** Aligned and signed with the operator's key (schemes v2 and v3, which every Android it installs on knows): the package people get. */
export async function sign(unsigned: string, key: SigningKey, apk: string): Promise<void> {
  const aligned = `${apk}.aligned`
  await must('zipalign', ['-f', '-p', '4', unsigned, aligned])
  try {
    await must('apksigner', [
      'sign',
      ...['--ks', key.file, '--ks-type', 'PKCS12', '--ks-pass', `file:${key.passwordFile}`],
      ...['--min-sdk-version', String(oldestApi)],
      ...['--v1-signing-enabled', 'false', '--v2-signing-enabled', 'true', '--v3-signing-enabled', 'true'],
      ...['--v4-signing-enabled', 'false', '--out', `${aligned}.signed`, aligned],
    ])
    copyFileSync(`${aligned}.signed`, apk)
  } finally {
    for (const file of [aligned, `${aligned}.signed`]) rmSync(file, { force: true })
  }
}
