import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

interface Tables {
  commands: {
    org: string
    id: string
    device: string
    state: string
    wipes: number
    kind: string
    result_raw: Uint8Array | null
  }
  devices: { org: string; id: string; ownership: string }
}

/** A command that a device of somebody took and that erases it, or the bytes of an answer of such a device that nobody could read. */
export async function offending(ctx: Ctx, what: 'wiped' | 'unread'): Promise<string | null> {
  const all = own<Tables>(ctx.tx)
    .selectFrom('devices')
    .innerJoin('commands', j => j.onRef('commands.org', '=', 'devices.org').onRef('commands.device', '=', 'devices.id'))
    .select('commands.id')
    .where('devices.org', '=', ctx.org)
    .where('devices.ownership', '=', 'personal')
  const some =
    what === 'wiped'
      ? all.where('commands.wipes', '=', 1).where('commands.state', '=', 'sent')
      : all.where('commands.result_raw', 'is not', null)
  const row = await some.limit(1).executeTakeFirst()
  return row?.id ?? null
}
