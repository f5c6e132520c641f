import './light.ts'
import './tests.ts'

// Not before the hooks are exchanged.
const { run } = await import('node:test')
const { tap } = await import('node:test/reporters')

/** Runs test files in this process, one test after the other, and prints TAP. What is still open after the last test does not keep it. */
const files = process.argv.slice(2)
// Those who clean up listen for the exit.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const tests = run({ files, isolation: 'none', timeout: 600_000 })
// All files are loaded, and their tests in the queue, before the first test runs.
let left = 0
tests.on('test:enqueue', ({ nesting }) => {
  if (nesting === 0) left += 1
})
tests.on('test:complete', ({ nesting }) => {
  if (nesting === 0) left -= 1
  // The runner counts when the process has nothing more to do, which it would wait for.
  if (left === 0) setImmediate(() => process.emit('beforeExit', 0))
})
tests.on('test:summary', ({ success }) => {
  if (!success) process.exitCode = 1
})
const output = tests.compose(tap)
output.once('end', () => process.exit())
output.pipe(process.stdout)
