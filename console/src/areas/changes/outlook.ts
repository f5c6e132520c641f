import type { Outlook } from '../../contract/changes.ts'
import type { Preview } from '../../contract/policies.ts'

/** What moves would do, as the preview that is drawn everywhere. It has no pages of devices of its own. */
export const asPreview = (outlook: Outlook): Preview => ({
  id: '',
  state: 'done',
  progress: { looked: outlook.devices, of: outlook.devices },
  devices: outlook.devices,
  changed: outlook.changed,
  people: outlook.people,
  added: outlook.added,
  altered: outlook.altered,
  removed: outlook.removed,
  moreGroups: outlook.moreGroups,
  groups: outlook.groups.map(group => ({
    ...group,
    effects: group.effects.map(effect => ({ ...effect, moreKeys: effect.moreKeys ?? 0 })),
    sample: group.sample.map(device => ({ platform: 'ios', formFactor: 'phone', ...device })),
  })),
  tests: [],
  conflicts: [],
  unhonored: [],
  needsConfirmation: null,
})

/** Until when something can be undone, if that time is not over. */
export const undoLeft = (until: number | null, now: number): number | null =>
  until === null || until <= now ? null : until - now
