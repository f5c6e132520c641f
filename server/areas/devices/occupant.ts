import { demand, may } from '../../base/authority.ts'
import { isId } from '../../base/id.ts'
import { searchable } from '../../base/text.ts'
import type { Occupant } from '../identity/index.ts'
import { assign } from './change.ts'
import * as contact from './contact-store.ts'
import { refreshText } from './device.ts'
import { writeRow } from './row.ts'
import { followMove } from './tag-rule.ts'
import * as rules from './tag-store.ts'

/** What identity asks of the devices that hang on its units and users. */
export const occupant: Occupant = {
  noun: 'devices',
  moved: contact.movePaths,
  hangsOn: contact.hangsOn,
  userLeaves: async (ctx, user) => {
    for (const device of await contact.devicesOf(ctx, user)) {
      await assign(ctx, device, { user: null })
      await refreshText(ctx, device.id)
    }
  },
  holders: async (ctx, users) => {
    const held = await contact.devicesAmong(ctx, { users })
    return new Set(held.flatMap(d => d.user ?? []))
  },
  userMoves: async (ctx, user, { from, to }) => {
    for (const device of await contact.devicesOf(ctx, user)) {
      if (device.unit !== from) continue
      demand(ctx.authority, 'devices:write', device.unitPath, 'devices:read')
      await assign(ctx, device, { unit: to })
      await refreshText(ctx, device.id)
    }
  },
  userRenamed: async (ctx, user, displayName) => {
    for (const device of await contact.devicesOf(ctx, user)) {
      await writeRow(ctx, device.id, { user_name: displayName, user_key: searchable(displayName) })
      await refreshText(ctx, device.id)
    }
  },
  namesOf: (ctx, ids) =>
    contact.namesOf(
      ctx,
      ids.filter(id => isId('device', id)),
    ),
  idsNamed: (ctx, text) => contact.idsNamed(ctx, text, 200),
  counts: (ctx, by, ids) => contact.countBy(ctx, by === 'unit' ? 'unit' : 'user_id', ids),
  ofUser: async (ctx, user) => {
    const all = await contact.devicesOf(ctx, user)
    return all.filter(d => may(ctx.authority, 'devices:read', d.unitPath)).map(({ id, name }) => ({ id, name }))
  },
}

/** What identity asks of the tag rules that hang on its units. */
export const ruleOccupant: Occupant = {
  noun: 'tag-rules',
  moved: followMove,
  hangsOn: rules.unitHasRules,
  namesOf: (ctx, ids) =>
    rules.ruleNames(
      ctx,
      ids.filter(id => isId('tag', id)),
    ),
}
