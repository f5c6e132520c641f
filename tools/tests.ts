import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import './seed.ts'

/*
 * Runs the test files that are named, in this one process. The runner of Node follows every promise to know which test a stray error belongs to, which
 * takes a fifth of the time of tests like ours; here it does not. A stray error still fails the run and is printed, only without the name of a test:
 * `node --test FILE` tells it.
 */
const hooks = createRequire(import.meta.url)('node:async_hooks') as Record<'createHook', unknown>
const { createHook } = hooks
hooks.createHook = () => ({ enable() {}, disable() {} })
await import('node:test')
hooks.createHook = createHook

// Whoever asked for the tests is gone, killed perhaps: nobody reads what they would say, and what they started must end with them.
process.once('disconnect', () => process.exit(1))
process.channel?.unref()
for (const file of process.argv.slice(2)) await import(resolve(file))
