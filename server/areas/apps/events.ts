import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const app = { app: z.string(), name: z.string() }

/** What happens to the catalog, and to its apps on devices. */
export const appEvents = {
  added: eventType('app.added', { name: z.string(), kind: z.string(), platform: z.string() }),
  changed: eventType('app.changed', { name: z.string(), fields: z.array(z.string()) }),
  archived: eventType('app.archived', { name: z.string() }),
  released: eventType('app.released', { name: z.string(), release: z.string(), version: z.string() }),
  withdrawn: eventType('app.withdrawn', { name: z.string(), release: z.string(), version: z.string() }),
  /** Files of the app may be signed by someone else from now on. */
  resigned: eventType('app.resigned', { name: z.string(), signer: z.string().nullable() }),
  installed: eventType('app.installed', { ...app, version: z.string().nullable() }),
  failed: eventType('app.failed', { ...app, code: z.string() }),
  rejected: eventType('app.rejected', { ...app, code: z.string() }),
  /** Where it is required it has failed for a while, on so many devices. */
  failing: eventType('app.failing', { name: z.string(), failed: z.number(), required: z.number() }),
  /** It fails nowhere any more where it is required. */
  recovered: eventType('app.recovered', { name: z.string() }),
  /** It is not on the device any more; `wanted`: although it should be. */
  removed: eventType('app.removed', { ...app, wanted: z.boolean() }),
  /** A person asked for it, or an admin asked the person again. */
  requested: eventType('app.requested', app),
}
