import * as privacy from '../../areas/privacy/index.ts'
import type { Introduced, Said } from './shapes.ts'

/*
 * An agent that holds a work profile alone cannot read what numbers its device, and has nothing to tell of it in words of its own. What one says all the
 * same is not of our agent, and not looked at: the charter drops what it can class, and this is the rest.
 */

/** What a profile can know of its device: what it is, how it stands, and the one number that means nothing to others. */
const told: readonly privacy.DataType[] = ['hardware', 'system', 'security']
const mayTell = (key: string): boolean => key === 'identity.enrollmentId' || told.includes(privacy.typeOf(key))

/** What a work profile’s agent may say of its device. */
export function introducedByProfile<I extends Pick<Introduced, 'device'>>(said: I): I {
  return said.device.mode === 'work-profile' ? { ...said, device: { ...said.device, serial: null } } : said
}

/** What it may say in a contact: states and codes, no free text, and no answers, because no order to a work profile asks for any. */
export function saidByProfile(said: Said): Said {
  const { sms: _number, ...channels } = said.channels
  return {
    ...said,
    channels,
    facts: Object.fromEntries(Object.entries(said.facts).filter(([key]) => mayTell(key))),
    items: said.items.map(({ detail: _, ...item }) => item),
    results: said.results.map(({ detail: _, data: __, ...result }) => result),
  }
}
