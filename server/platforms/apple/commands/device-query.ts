import { encodeCommand } from '@muster/wire/apple/command.ts'
import { dict } from '@muster/wire/plist/plist.ts'
import { toJson } from '@muster/wire/apple/result.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import { Problem } from '../../../base/problem.ts'
import { deviceFacts } from '../facts.ts'
import { askable } from '../keeping.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'
import { inventory } from './inventory.ts'
import { lostModeFact } from './lost-mode.ts'
import { queriesFor } from './queries.ts'

const args = z.strictObject({
  queries: z
    .array(z.string().regex(/^[A-Za-z0-9]{1,64}$/))
    .min(1)
    .max(120)
    .optional()
    .describe('Keys to ask for; all by default.'),
})

const terms: Terms = {
  on: { ...mobile('4.0'), macos: { since: '10.7' }, tvos: { since: '9.0' } },
  anyRight: ['queryDevice', 'queryNetwork'],
  userEnrollment: true,
  accounts: ['macos'],
}

/** Asks a device what it is and how it fares. */
export const deviceQuery: CommandKind<z.infer<typeof args>, DeviceAnswer> = {
  ...inventory,
  kind: 'device.query',
  args,
  loggable: ['queries'],
  platforms: platformsOf(terms),
  eligible: subject => meets(terms, subject),
  // What may not be stored is not asked for.
  prepare: async (ctx, { device, enrollment }, given) => {
    const may = await devices.mayStore(ctx, device, enrollment.kind)
    const queries = askable(given.queries ?? queriesFor(device.platform), may)
    if (queries.length === 0) throw new Problem('privacy.not-collected', { ownership: device.ownership })
    return { queries }
  },
  encode: ({ queries }, uuid) =>
    encodeCommand(uuid, { RequestType: 'DeviceInformation', Queries: queries ?? queriesFor('ios') }),
  read: result => {
    const responses = dict(dict(result as never).QueryResponses)
    return { facts: deviceFacts(responses), raw: toJson(responses) }
  },
  onDone: async (ctx, { device, account }, { facts, raw }) => {
    // An account's channel sees the same machine, and less of it.
    if (account !== '') return
    await devices.learn(ctx, device, 'DeviceInformation', facts)
    await devices.report(ctx, device, 'DeviceInformation', raw)
    await followLostMode(ctx, device, facts[lostModeFact])
  },
}

interface DeviceAnswer {
  facts: Record<string, devices.JsonValue>
  raw: devices.JsonValue
}

/** A device may have entered or left lost mode without our seeing its answer. */
async function followLostMode(ctx: Parameters<typeof devices.get>[0], id: string, lost: unknown): Promise<void> {
  if (typeof lost !== 'boolean') return
  const { state, stateReason } = await devices.get(ctx, id)
  if (lost && (state === 'active' || state === 'silent')) await devices.setState(ctx, id, 'lost', 'lost-mode')
  // One that was reported lost without being able to take lost mode stays lost.
  if (!lost && state === 'lost' && stateReason === 'lost-mode') await devices.setState(ctx, id, 'active')
}
