import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

interface Row {
  org: string
  id: string
  device: string
  kind: string
  result: string | null
  result_raw: Uint8Array | null
  error: string | null
  ended_at: number | null
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ commands: Row }>(ctx.tx)

/** The answers that are kept of a device, as they are. */
export function listResults(ctx: Ctx, device: string): Promise<Row[]> {
  return db(ctx)
    .selectFrom('commands')
    .select(['org', 'id', 'device', 'kind', 'result', 'result_raw', 'error', 'ended_at'])
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where(e => e.or([e('result', 'is not', null), e('result_raw', 'is not', null), e('error', 'is not', null)]))
    .execute()
}

/** Writes what is left of an answer. */
export async function putResult(
  ctx: Ctx,
  id: string,
  left: Partial<Pick<Row, 'result' | 'result_raw' | 'error'>>,
): Promise<void> {
  await db(ctx).updateTable('commands').set(left).where('org', '=', ctx.org).where('id', '=', id).execute()
}
