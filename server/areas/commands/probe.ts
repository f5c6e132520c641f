import type * as privacy from '../privacy/index.ts'
import { actionOf } from './charter.ts'
import { allKinds } from './kind.ts'
import * as store from './probe-store.ts'

/** What must be so of orders: what erases and what locates is called so, whatever platform it is for, and none has reached a device of somebody. */
export const probes: readonly privacy.Probe[] = [
  {
    id: 'orders.named',
    wrong: async () => {
      const named = (permission: string, action: string): string | undefined =>
        allKinds().find(k => k.permission === permission && !k.internal && actionOf(k, {}) !== action)?.kind
      return named('devices:wipe', 'wipe') ?? named('devices:locate', 'location.query') ?? null
    },
  },
  { id: 'orders.none-sent', wrong: ctx => store.offending(ctx, 'wiped') },
  { id: 'answers.readable', wrong: ctx => store.offending(ctx, 'unread') },
]
