import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run.ts'

/** Builds the console when its sources changed since the last build; quick when they did not. */
const sources = globSync(
  [
    'console/src/**/*',
    'console/index.html',
    'console/vite.config.ts',
    'console/public/**/*',
    'api/*.ts',
    'package-lock.json',
  ],
  { cwd: root, withFileTypes: true },
)
  .filter(f => f.isFile() && !f.name.endsWith('.test.ts'))
  .map(f => join(f.parentPath, f.name))
  .sort()
const sum = createHash('sha256')
for (const file of sources) sum.update(file.slice(root.length)).update(readFileSync(file))
const want = sum.digest('hex')
const stamp = join(root, 'console/dist/.built-from')
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== want) {
  console.error('Building the console …')
  const { code, output } = await run('npm', ['run', 'build', '-w', '@muster/console'], { quiet: true })
  if (code !== 0) {
    console.error(output)
    process.exit(1)
  }
  mkdirSync(join(root, 'console/dist'), { recursive: true })
  writeFileSync(stamp, want)
}
