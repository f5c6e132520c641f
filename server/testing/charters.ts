import { newId } from '../base/id.ts'
import type * as privacy from '../areas/privacy/index.ts'
import type { House } from './house.ts'

/** Puts a charter in force at once, as if everyone who must agree had. */
export async function adopt(h: House, rules: ReturnType<typeof privacy.preset>): Promise<void> {
  await h.run(async ctx => {
    const row = {
      org: h.org,
      id: newId('charter'),
      version: 1,
      rules: JSON.stringify(rules),
      cosigners: '[]',
      hash: '',
    }
    await ctx.tx
      .insertInto('charters')
      .values({ ...row, signatures: '[]', why: 'test', by_kind: 'system', by_id: null, at: ctx.now })
      .execute()
  })
}
