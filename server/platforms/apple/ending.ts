import type * as commands from '../../areas/commands/index.ts'
import { forget } from './checkin.ts'
import { profileIdentifier } from './profile.ts'

/** Apple devices leave by removing their enrollment profile; one that calls after that is told that it is not known. */
export const leaving: commands.Leaving = { args: ctx => ({ identifier: profileIdentifier(ctx.org) }), forget }
