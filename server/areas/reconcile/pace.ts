import type { ItemStatus } from './item.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** How long each failure is waited after before the item is handed over again; after the last of them it stays failed until it changes or someone asks. */
export const waitsMs = [minuteMs, 5 * minuteMs, 30 * minuteMs, 2 * hourMs, 8 * hourMs] as const
/** How long an answer is waited for before the item is handed over again: a device that took it answers in minutes unless it is switched off. */
export const answerMs = 2 * hourMs
/** How often within a day an item is put back that a device had and then has not. More often, and something on the device works against it. */
export const mostRepairs = 5
/** How often one look at what is due is taken, and at how many items. */
export const sweepMs = minuteMs
export const sweepPage = 200
/** How many devices are computed at once, and written in one transaction. */
export const computePage = 500
export const writePage = 25
/** How many events of the log are read at once, and at most how late a batch is noticed that another process sealed. */
export const followPage = 1000
export const followMs = 30_000
/** Sets that no device has are kept for a while, because a change is often taken back. */
export const keepSetsMs = dayMs

/** When an item that was handed over this often and failed may be again; null: not by itself. */
export function afterFailure(attempts: number, now: number): number | null {
  const wait = waitsMs[Math.max(0, attempts - 1)]
  return wait === undefined ? null : now + wait
}

/** When an item that was just handed over is taken to have no answer. */
export function afterSending(now: number): number {
  return now + answerMs
}

/** Whether an item that drifted is put back now; if not, when it may be. */
export function repair(
  row: Pick<ItemStatus, 'repairs' | 'repairsSince'>,
  now: number,
): { repairs: number; repairsSince: number; until: number | null } {
  const fresh = row.repairsSince === null || now - row.repairsSince >= dayMs
  const repairsSince = fresh ? now : (row.repairsSince ?? now)
  const repairs = fresh ? 1 : row.repairs + 1
  return { repairs, repairsSince, until: repairs > mostRepairs ? repairsSince + dayMs : null }
}
