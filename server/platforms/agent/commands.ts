import { z } from 'zod'
import type { AnyCommandKind, CommandKind, Subject } from '../../areas/commands/index.ts'
import type { ProblemCode } from '../../base/problem.ts'

const nothing = z.strictObject({})
const platforms = ['android']

/** The bytes of an order as it stands in the signed list. */
const say = (kind: string, args: object): Uint8Array => Buffer.from(JSON.stringify({ kind, args }))

const onlyWhole = ({ enrollment }: Subject): true | ProblemCode =>
  enrollment.kind === 'work-profile' ? 'command.personal-device' : true

const lockArgs = z.strictObject({ message: z.string().max(500).optional(), phoneNumber: z.string().max(40).optional() })

/** Locks the screen; of a personal device, the work profile. */
const lock: CommandKind<z.infer<typeof lockArgs>> = {
  kind: 'lock',
  permission: 'devices:lock',
  impact: 'disruptive',
  destructive: false,
  args: lockArgs,
  loggable: ['message', 'phoneNumber'],
  secret: [],
  expiresInMs: null,
  platforms,
  priority: 'high',
  eligible: () => true,
  encode: args => say('lock', args),
}

/** Starts the device anew. */
const restart: CommandKind<z.infer<typeof nothing>> = {
  kind: 'restart',
  permission: 'devices:restart',
  impact: 'disruptive',
  destructive: false,
  args: nothing,
  loggable: [],
  secret: [],
  expiresInMs: 24 * 3_600_000,
  platforms,
  eligible: onlyWhole,
  encode: args => say('restart', args),
}

/** Every order our own agent can be given. */
export const kinds: readonly AnyCommandKind[] = [lock, restart]
