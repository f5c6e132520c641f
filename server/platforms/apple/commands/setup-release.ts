import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'

const args = z.strictObject({})

const terms: Terms = {
  on: { ...mobile('9.0'), macos: { since: '10.11' }, tvos: { since: '10.2' } },
}

/** Lets Setup Assistant go on, on a device that awaits its configuration (Apple: Device Configured Command). */
export const setupRelease: CommandKind<z.infer<typeof args>> = {
  kind: 'setup.release',
  permission: 'devices:configure',
  impact: 'reversible',
  destructive: false,
  internal: true,
  args,
  loggable: [],
  secret: [],
  expiresInMs: 30 * 24 * 3_600_000,
  platforms: platformsOf(terms),
  // Behind everything that should be there before the person gets on.
  priority: 'low',
  eligible: subject => meets(terms, subject),
  // A device that has gone on meanwhile says that it awaits nothing.
  forgives: ['apple.not-awaiting-configuration'],
  onDone: (ctx, { enrollment: held }) => enrollment.endRun(ctx, held, 'ready'),
  encode: (_args, uuid) => encodeCommand(uuid, { RequestType: 'DeviceConfigured' }),
}
