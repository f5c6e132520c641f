import type * as commands from '../../areas/commands/index.ts'
import { forget } from './enroll.ts'

/** Agents leave by a signed order, whenever they call: a work profile goes, and a device of the organization stays as it is without what was brought. */
export const leaving: commands.Leaving = { forget: (ctx, { id }, why) => forget(ctx, id, why) }
