import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const name = z.string()
const assignment = {
  name: z.string().describe('of the blueprint'),
  assignment: z.string(),
  blueprint: z.string(),
}

/** What happens to blueprints. */
export const blueprintEvents = {
  added: eventType('blueprint.added', { name }),
  changed: eventType('blueprint.changed', { name, fields: z.array(z.string()) }),
  removed: eventType('blueprint.removed', { name }),
}

/** What happens to assignments. They are about the unit they hang on, so that whoever recomputes knows where to look even when they are gone. */
export const assignmentEvents = {
  added: eventType('assignment.added', assignment),
  changed: eventType('assignment.changed', { ...assignment, fields: z.array(z.string()) }),
  removed: eventType('assignment.removed', assignment),
}
