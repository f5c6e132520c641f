import { run } from './run.ts'

/** Format, lint and floating promises, over the whole tree. */
const biome = await run('biome', ['check', '--diagnostic-level=error', '.'])
const oxlint = await run('oxlint', [
  '--type-aware',
  '--deny',
  'typescript/no-floating-promises',
  '--deny',
  'typescript/no-misused-promises',
  '--quiet',
  'wire',
  'api',
  'server',
  'cli',
  'simulator',
  'tools',
  'bench',
  'console/src',
])
process.exitCode = biome.code === 0 && oxlint.code === 0 ? 0 : 1
