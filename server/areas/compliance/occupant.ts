import { isId, newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { searchable } from '../../base/text.ts'
import type { Occupant } from '../identity/index.ts'
import * as exceptions from './exception-store.ts'
import { rulesNow } from './kept-rules.ts'
import { allName } from './pass.ts'
import * as rules from './rule-store.ts'
import * as verdicts from './verdict-store.ts'

/** What identity asks of the rules that hang on its units. */
export const occupant: Occupant = {
  noun: 'rules',
  moved: async (ctx, from, to) => {
    await rules.movePaths(ctx, from, to)
    await verdicts.movePaths(ctx, from, to)
    await exceptions.movePaths(ctx, from, to)
    if ((await rulesNow(ctx)).length === 0) return
    await rules.putMark(ctx, newId('event'))
    await enqueue(ctx, allName, {}, { dedupe: 'org' })
  },
  hangsOn: rules.unitHasRules,
  namesOf: async (ctx, ids) => {
    const wanted = ids.filter(id => isId('rule', id))
    if (wanted.length === 0) return new Map()
    const all = await rulesNow(ctx)
    return new Map(all.filter(r => wanted.includes(r.id)).map(r => [r.id, r.name]))
  },
  idsNamed: async (ctx, text) =>
    (await rulesNow(ctx))
      .filter(r => searchable(r.name).includes(searchable(text)))
      .map(r => r.id)
      .slice(0, 200),
}
