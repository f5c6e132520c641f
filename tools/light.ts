import { createRequire } from 'node:module'

/**
 * Loaded before `node:test`. Node's runner follows every promise of the process by async hooks, only to know whose test an error without a catcher
 * belongs to: a quarter of all time in tests that wait for a database. AsyncLocalStorage knows the same for next to nothing, so the runner is
 * given hooks that are made of it. What the runner says of an error stays the same; tools/runner.test.ts holds it to that.
 */
type Hooks = Pick<typeof import('node:async_hooks'), 'AsyncResource' | 'createHook' | 'executionAsyncId'>
type Init = NonNullable<import('node:async_hooks').HookCallbacks['init']>

const hooks = createRequire(import.meta.url)('node:async_hooks') as Hooks & typeof import('node:async_hooks')
const { AsyncLocalStorage, AsyncResource, createHook, executionAsyncId } = hooks
/** The id of the test, or of a hook of one, that what runs now was begun by. */
const within = new AsyncLocalStorage<number>()
let born: Init | undefined
/** The one begun last: what comes over a line from outside was begun by nobody, and tests run one after the other. */
let latest: number | undefined

class Resource extends AsyncResource {
  constructor(...made: ConstructorParameters<typeof AsyncResource>) {
    super(...made)
    // A test is of a class of its own; whatever else the runner makes is not looked for by its id.
    if (new.target !== Resource) born?.(this.asyncId(), made[0], this.triggerAsyncId(), this)
  }

  override runInAsyncScope<This, Result>(
    work: (this: This, ...args: unknown[]) => Result,
    self?: This,
    ...args: unknown[]
  ): Result {
    if (this.constructor !== Resource) latest = this.asyncId()
    const inside = (): Result => within.run(this.asyncId(), () => work.apply(self as This, args))
    return super.runInAsyncScope(inside)
  }
}

Object.assign(hooks, {
  AsyncResource: Resource,
  createHook: ({ init }: { init?: Init }) => ({
    enable: () => {
      born = init
    },
    disable: () => {
      born = undefined
    },
  }),
  executionAsyncId: () => within.getStore() ?? latest ?? executionAsyncId(),
} satisfies Record<keyof Hooks, unknown>)
await import('node:test')
Object.assign(hooks, { AsyncResource, createHook, executionAsyncId })
