import * as apps from '../../../areas/apps/index.ts'
import { changeClient } from './client-store.ts'
import { begin, Refusal } from './line.ts'
import type { Turn } from './turn.ts'

const refusedMs = 3_600_000

/** Makes people known to the service, and has those leave who left. Their list says what became of it. Answers how many. */
export async function followPeople({ keep, line, program }: Turn): Promise<number> {
  const most = line.limits.maxUsers
  const fresh = await keep(ctx => apps.newcomers(ctx, program.id, most))
  const gone = await keep(ctx => apps.leavers(ctx, program.id, most))
  const work = [
    {
      part: 'createUsers' as const,
      users: fresh.map(p => p.user),
      body: fresh.map(p => ({
        clientUserId: p.client,
        email: p.email,
        ...(p.account === null ? {} : { managedAppleId: p.account }),
      })),
    },
    {
      part: 'retireUsers' as const,
      users: gone.map(p => p.user),
      body: gone.map(p => ({ clientUserId: p.client })),
    },
  ]
  for (const { part, users, body } of work) {
    if (users.length === 0) continue
    const word = await begin(line, part, { users: body }).then(
      event => ({ asked: event }),
      (error: unknown) => {
        // Somebody with the name is there already: the list will say how they stand.
        if (error instanceof Refusal && error.number === 9716) return { asked: 'known' }
        if (error instanceof Refusal) return { refused: `vendor:${error.number}` }
        throw error
      },
    )
    await keep(async ctx => {
      const refused = 'refused' in word ? { ...word, until: ctx.now + refusedMs } : word
      await apps.notePeople(ctx, program.id, users, refused)
      await changeClient(ctx, program.id, { people_due: ctx.now })
    })
  }
  return fresh.length + gone.length
}
