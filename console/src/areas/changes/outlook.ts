import type { DeviceReach } from '../../contract/changes.ts'

/** Until when something can be undone, if that time is not over. */
export const undoLeft = (until: number | null, now: number): number | null =>
  until === null || until <= now ? null : until - now

/** Whether devices are still on their way to what they should have now. */
export const isFollowed = (reach: DeviceReach | null): boolean =>
  reach !== null && reach.reached + reach.failed < reach.managed
