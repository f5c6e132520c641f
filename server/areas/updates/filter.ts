import { z } from 'zod'
import type { Fields } from '../../base/filter.ts'
import type { Sorts } from '../../base/page.ts'

/** The text of a filter of devices. */
export const filterText = z.string().trim().max(2000)

/** What the devices of a campaign are filtered by. */
export const faringFields: Fields = {
  words: [],
  fields: {
    standing: { kind: 'set', column: 'standing', values: ['eligible', 'blocked', 'done', 'unknown', 'excepted'] },
    why: { kind: 'set', column: 'why' },
    step: { kind: 'set', column: 'step' },
    failed: { kind: 'flag', column: 'failed' },
    reached: { kind: 'instant', column: 'reached_at' },
    version: { kind: 'text', column: 'version' },
  },
}

export const faringSorts: Sorts = {
  list: 'campaign-devices',
  id: 'device',
  default: 'device',
  columns: { device: { column: 'device', type: 'text' } },
}

/** What campaigns are filtered by. */
export const campaignFields: Fields = {
  words: ['name_key'],
  fields: {
    state: { kind: 'set', column: 'state', values: ['draft', 'running', 'paused', 'halted', 'done', 'stopped'] },
    name: { kind: 'text', column: 'name_key', folded: true },
    note: { kind: 'text', column: 'note' },
  },
}

export const campaignSorts: Sorts = {
  list: 'campaigns',
  id: 'id',
  default: '-createdAt',
  columns: { createdAt: { column: 'created_at', type: 'number' } },
}

/** What the fleet's standings are filtered by. */
export const standingFields: Fields = {
  words: [],
  fields: {
    standing: { kind: 'set', column: 'standing', values: ['latest', 'previous', 'behind', 'unsupported', 'unknown'] },
    platform: { kind: 'set', column: 'platform' },
  },
}

export const standingSorts: Sorts = {
  list: 'update-standings',
  id: 'device',
  default: 'device',
  columns: { device: { column: 'device', type: 'text' } },
}
