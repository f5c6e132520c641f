import { run } from './run.ts'

/** Format, lint and floating promises, over the whole tree. */
const biome = await run('biome', ['check', '--diagnostic-level=error', '.'])
const oxlint = await run('oxlint', ['--type-aware', '--quiet', '.'])
process.exitCode = biome.code === 0 && oxlint.code === 0 ? 0 : 1
