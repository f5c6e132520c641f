import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import type { DeclarativeManagement } from '@muster/wire/apple/checkin.ts'
import type { Enrollment } from '../../areas/enrollment/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import type { Reply } from '../../base/route.ts'
import * as store from './store.ts'

const nothing = { Activations: [], Assets: [], Configurations: [], Management: [] }
/** The same on every device, because every device has the same empty set. */
const nothingToken = createHash('sha256').update(JSON.stringify(nothing)).digest('hex')

/** Declarative management of a device for which nothing is declared yet: an empty set that is said correctly, and reports that are kept. */
export async function declarative(
  ctx: Ctx,
  held: Enrollment,
  account: string,
  { endpoint, body }: DeclarativeManagement,
): Promise<Reply<string | null>> {
  if (endpoint === 'tokens') {
    const changedAt = new Date(held.activatedAt ?? held.startedAt).toISOString().replace(/\.\d+Z$/, 'Z')
    return json({ SyncTokens: { DeclarationsToken: nothingToken, Timestamp: changedAt } })
  }
  if (endpoint === 'declaration-items') return json({ Declarations: nothing, DeclarationsToken: nothingToken })
  if (endpoint === 'status') {
    await keepStatus(ctx, held.id, account, body)
    return { status: 200, body: null }
  }
  if (/^declaration\/(activation|asset|configuration|management)\/./.test(endpoint))
    throw new Problem('device.declaration-unknown')
  throw new Problem('device.message-malformed', { reason: 'declarative.endpoint' })
}

async function keepStatus(ctx: Ctx, enrollment: string, account: string, body: Uint8Array | undefined): Promise<void> {
  if (body === undefined) throw new Problem('device.message-malformed', { reason: 'declarative.status' })
  try {
    JSON.parse(Buffer.from(body).toString('utf8'))
  } catch (cause) {
    throw new Problem('device.message-malformed', { reason: 'declarative.status' }, { cause })
  }
  await store.putStatus(ctx, { enrollment, account, size: body.length, value: deflateRawSync(body) })
}

function json(value: unknown): Reply<string> {
  return { status: 200, body: JSON.stringify(value), type: 'application/json' }
}
