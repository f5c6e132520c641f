import { encodeCommand } from '@muster/wire/apple/command.ts'
import { type Dict, num, str } from '@muster/wire/plist/plist.ts'
import { isDict } from '@muster/wire/plist/value.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as location from '../../../areas/location/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { platformsOf } from './eligibility.ts'
import { lostMode, meetsWhileLost, terms } from './lost-mode.ts'

const args = z.strictObject({})

/** Asks where the device is; only answered in lost mode. The answer is sealed at once, and not kept with the command. */
export const locationQuery: CommandKind<z.infer<typeof args>, location.Position> = {
  ...lostMode,
  impact: 'read',
  kind: 'location.query',
  permission: 'devices:locate',
  args,
  loggable: [],
  confidential: true,
  forgets: () => true,
  expiresInMs: 24 * 3_600_000,
  platforms: platformsOf(terms),
  looksAtFacts: true,
  eligible: subject => meetsWhileLost(terms, subject),
  encode: (_args, uuid) => encodeCommand(uuid, { RequestType: 'DeviceLocation' }),
  read: positionIn,
  onDone: (ctx, { device }, said) => keepPosition(ctx, device, said),
}

/** Where the device says it is (Apple: Device Location Command). Throws when it makes no sense. */
export function positionIn(result: unknown): location.Position {
  const said: Dict = typeof result === 'object' && result !== null && isDict(result as Dict) ? (result as Dict) : {}
  const at = Date.parse(str(said, 'Timestamp') ?? '')
  const known = (key: string): number | null => num(said, key) ?? null
  // Apple: a value below zero says that the device cannot tell.
  const positive = (value: number | null): number | null => (value === null || value < 0 ? null : value)
  const vertical = positive(known('VerticalAccuracy'))
  return location.positionShape.parse({
    latitude: known('Latitude'),
    longitude: known('Longitude'),
    accuracyM: positive(known('HorizontalAccuracy')),
    altitudeM: vertical === null ? null : known('Altitude'),
    speed: positive(known('Speed')),
    at: Number.isFinite(at) ? at : null,
    source: 'lost-mode',
  })
}

/** Keeps what was said, where it may be kept. */
export async function keepPosition(ctx: Ctx, id: string, said: location.Position | undefined): Promise<void> {
  if (said !== undefined) await location.keep(ctx, await devices.get(ctx, id), said)
}
