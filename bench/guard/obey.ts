import * as commands from '../../server/areas/commands/index.ts'
import type { Id } from '../../server/base/id.ts'
import type { House } from '../../server/testing/house.ts'

/** What the devices have carried out, by device. */
export type Ledger = Map<string, string>

/** Every device with something in its queue calls, takes all it is given, and does it. */
export async function obey(h: House, ledger: Ledger): Promise<void> {
  const open = await h.run(ctx =>
    ctx.tx.selectFrom('open_commands').select('enrollment').distinct().where('account', '=', '').execute(),
  )
  for (const { enrollment: id } of open) {
    const enrollment = String(id) as Id<'enrollment'>
    for (;;) {
      const handed = await h.run(ctx => commands.next(ctx, { enrollment, account: '', after: 'contact' }))
      if (!handed) break
      const row = await h.run(ctx =>
        ctx.tx.selectFrom('commands').select('device').where('id', '=', handed.id).executeTakeFirst(),
      )
      const raw = handed.kind.kind === 'apple.raw' && String(handed.args.requestType) === 'EraseDevice'
      const final = handed.kind.kind === 'wipe' || raw || handed.kind.kind === 'enrollment.leave'
      if (final && row) ledger.set(String(row.device), handed.kind.kind)
      const answer = { enrollment, account: '', uuid: handed.uuid, status: 'done' } as const
      await h.run(ctx => commands.answered(ctx, answer))
    }
  }
}
