import { hash64 } from '@muster/wire/agent/compact.ts'
import type { AgentMode, AppWord, ListDelta } from '@muster/wire/agent/messages.ts'
import { canonical } from '@muster/wire/canonical.ts'
import type { AgentState } from './agent.ts'
import type { Phone } from './phone.ts'

/** What a device says of itself when it enrolls. */
export function introduction(phone: Phone, mode: AgentMode): object {
  const personal = mode === 'work-profile'
  return {
    platform: 'android',
    mode,
    brand: phone.maker,
    manufacturer: phone.maker,
    model: phone.model,
    product: phone.model.toLowerCase().replaceAll(' ', '-'),
    osVersion: phone.osVersion,
    apiLevel: phone.apiLevel,
    patch: phone.patch,
    build: phone.build,
    serial: personal ? null : phone.serial,
    enrollmentId: `esid-${phone.serial}`,
    locale: 'en',
    timeZone: 'Europe/Stockholm',
    agent: { version: '1.0', code: 1, signer: null },
  }
}

/** What has changed of the list of apps since it was told; undefined: nothing. */
export function appsDelta(
  state: Pick<AgentState, 'appsTold'>,
  apps: readonly AppWord[],
): ListDelta<AppWord> | undefined {
  const hash = hash64(canonical(apps))
  const told = state.appsTold
  if (told?.hash === hash) return undefined
  if (told === null) return { base: null, put: apps, drop: [], hash }
  const before = new Map(told.apps.map(a => [a.package, canonical(a)]))
  const now = new Set(apps.map(a => a.package))
  return {
    base: told.hash,
    put: apps.filter(a => before.get(a.package) !== canonical(a)),
    drop: told.apps.map(a => a.package).filter(p => !now.has(p)),
    hash,
  }
}
