import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run.ts'

/** Type-checks every workspace and the scripts; prints only what is wrong. */
const projects = [
  'wire',
  'api',
  'server',
  'console',
  'console/e2e',
  'cli',
  'agent',
  'simulator',
  'bench',
  'tools',
].filter(p => existsSync(join(root, p, 'tsconfig.json')))
let failed = 0
const left = [...projects]
const lane = async (): Promise<void> => {
  for (let project = left.shift(); project !== undefined; project = left.shift()) {
    const { code, output } = await run('tsc', ['--noEmit', '-p', project], { quiet: true })
    if (code === 0 || output.includes('TS18003')) continue
    failed += 1
    console.log(`types: ${project}\n${output}`)
  }
}
await Promise.all([lane(), lane()])
console.log(failed === 0 ? `types: ${projects.length} projects, no errors` : `types: errors in ${failed} projects`)
process.exitCode = failed === 0 ? 0 : 1
