import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as location from '../../../areas/location/index.ts'
import { answerOf, meets, platforms, say, type Terms, whole } from './terms.ts'

const args = z.strictObject({})
const terms: Terms = { modes: whole, api: 26, company: true }
/** Whether somebody looks for the device with a reason that is written down. */
const soughtFact = 'agent.sought'

/** Asks where the device is, only while somebody looks for it. The answer is sealed at once and not kept with the command; one that comes when nobody looks any more is dropped. */
export const locationQuery: CommandKind<z.infer<typeof args>, location.Position> = {
  kind: 'location.query',
  permission: 'devices:locate',
  impact: 'read',
  destructive: false,
  args,
  loggable: [],
  secret: [],
  confidential: true,
  forgets: () => true,
  expiresInMs: 24 * 3_600_000,
  platforms,
  priority: 'high',
  looksAtFacts: true,
  looks: async (ctx, { device }) => ({ [soughtFact]: await location.isSought(ctx, device.id) }),
  eligible: subject => {
    const met = meets(terms, subject)
    if (met !== true) return met
    return subject.facts[soughtFact] === true ? true : 'command.not-in-lost-mode'
  },
  encode: () => say('location.query'),
  read: result => positionIn(answerOf(result)),
  onDone: async (ctx, { device }, said) => {
    if (said !== undefined && (await location.isSought(ctx, device)))
      await location.keep(ctx, await devices.get(ctx, device), said)
  },
}

/** Where the device says it is. Throws when it makes no sense. */
function positionIn(said: ReturnType<typeof answerOf>): location.Position {
  const { latitude, longitude, accuracyM, altitudeM = null, speed = null, at, source = 'agent' } = said
  return location.positionShape.parse({ latitude, longitude, accuracyM, altitudeM, speed, at, source })
}
