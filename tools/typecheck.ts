import { run } from './run.ts'

/**
 * Type-checks everything; prints only what is wrong. What runs in Node is one program, so that the server is read once and not by everyone who
 * imports it; the pages and their tests know a browser besides.
 */
const projects = ['.', 'console', 'console/e2e']
let failed = 0
for (const project of projects) {
  const { code, output } = await run('tsc', ['--noEmit', '-p', project], { quiet: true })
  if (code === 0) continue
  failed += 1
  console.log(`types: ${project}\n${output}`)
}
console.log(failed === 0 ? `types: ${projects.length} projects, no errors` : `types: errors in ${failed} projects`)
process.exitCode = failed === 0 ? 0 : 1
