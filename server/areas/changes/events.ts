import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const name = z.string()
const rows = z.number()

/** What happens to imports. Numbers of lines, never what they say. */
export const importEvents = {
  received: eventType('import.received', { name, about: z.string(), mode: z.string(), size: z.number() }),
  checked: eventType('import.checked', { name, rows, errors: rows }),
  failed: eventType('import.failed', { name, code: z.string() }),
  begun: eventType('import.begun', { name, rows, skipped: rows }),
  applied: eventType('import.applied', { name, rows, failed: rows }),
  undoing: eventType('import.undoing', { name }),
  undone: eventType('import.undone', { name, rows, kept: rows }),
  expired: eventType('import.expired', { name }),
}

/** What happens to planned changes. */
export const changeEvents = {
  planned: eventType('change.planned', { name, moves: rows, at: z.number().nullable(), zone: z.string() }),
  approved: eventType('change.approved', {
    name,
    moves: rows,
    at: z.number().nullable(),
    zone: z.string(),
    /** Why, although policy tests fail. */
    override: z.string().optional(),
  }),
  rescheduled: eventType('change.rescheduled', { name, at: z.number().nullable(), zone: z.string() }),
  begun: eventType('change.begun', { name, moves: rows }),
  waved: eventType('change.waved', { name, wave: z.number(), of: z.number(), moves: rows }),
  done: eventType('change.done', { name, moves: rows, failed: rows }),
  stopped: eventType('change.stopped', { name, reason: z.string() }),
  canceled: eventType('change.canceled', { name }),
  undoing: eventType('change.undoing', { name }),
  undone: eventType('change.undone', { name, moves: rows, kept: rows }),
}
