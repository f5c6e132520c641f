import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root, run } from './run.ts'

/** Builds the console, and compiles the server into the cache, when their sources changed since the last time; quick when they did not. */
await once(
  'console/dist/.built-from',
  [
    'console/src/**/*',
    'console/index.html',
    'console/my.html',
    'console/vite.config.ts',
    'console/public/**/*',
    'api/*.ts',
    'package-lock.json',
  ],
  async () => {
    console.error('Building the console …')
    return run('npm', ['run', 'build', '-w', '@muster/console'], { quiet: true })
  },
)
await once(
  'node_modules/.cache/compiled-from',
  ['server/**/*.ts', 'wire/**/*.ts', 'api/*.ts', 'package-lock.json'],
  () => run(process.execPath, ['tools/compile.ts'], { quiet: true }),
)

async function once(
  stampFile: string,
  patterns: string[],
  make: () => Promise<{ code: number; output: string }>,
): Promise<void> {
  const sum = createHash('sha256').update(process.version)
  const sources = globSync(patterns, { cwd: root, withFileTypes: true, exclude: f => f.name === 'node_modules' })
  for (const file of sources
    .filter(f => f.isFile() && !f.name.endsWith('.test.ts'))
    .map(f => join(f.parentPath, f.name))
    .sort()) {
    sum.update(file.slice(root.length)).update(readFileSync(file))
  }
  const want = sum.digest('hex')
  const stamp = join(root, stampFile)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return
  const { code, output } = await make()
  if (code !== 0) {
    console.error(output)
    process.exit(1)
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, want)
}
