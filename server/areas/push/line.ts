import { readFileSync } from 'node:fs'
import { toPem } from '@muster/wire/x509/pem.ts'
import type { Scope } from '../../base/ctx.ts'
import type { Base } from '../../base/transact.ts'
import { type Apns, openApns } from './apns.ts'
import { type Breaker, openBreaker } from './breaker.ts'
import { keyPlace } from './credential.ts'
import { closeSmpp } from './smpp.ts'
import * as store from './store.ts'

/** The line of this process to the provider for one topic, with the breaker that guards it. */
export interface TopicLine {
  breaker: Breaker
  /** null while there is no certificate that could be used. */
  apns: Promise<Apns> | null
}

interface Held extends TopicLine {
  fingerprint: string | null
}

const lines = new WeakMap<object, Map<string, Held>>()
/** How long nobody asks when there is no certificate to ask with; an upload ends it at once. */
const missingMs = 5 * 60_000

/** The line for a topic; opened anew, without losing pushes under way, when another certificate was uploaded for it. */
export async function lineFor(base: Base, scope: Scope, topic: string): Promise<TopicLine> {
  const known = lines.get(base.secrets) ?? new Map<string, Held>()
  lines.set(base.secrets, known)
  const name = `${scope.org}|${topic}`
  const held = known.get(name) ?? { breaker: openBreaker(), apns: null, fingerprint: null }
  known.set(name, held)
  const row = await base.read(scope, ctx => store.credential(ctx, topic))
  const usable = row && row.not_after > base.clock.now() ? row : null
  if (held.fingerprint !== (usable?.fingerprint ?? null)) {
    close(held)
    held.fingerprint = usable?.fingerprint ?? null
    held.apns = usable ? openFor(base, scope, usable) : null
    // A key that cannot be opened must not be remembered as the one in use.
    held.apns?.catch(() => {
      held.fingerprint = null
    })
    held.breaker.succeeded()
  }
  if (!usable) held.breaker.hold(base.clock.monotonic() + missingMs, row ? 'certificate expired' : 'no certificate')
  return held
}

async function openFor(base: Base, scope: Scope, row: store.CredentialRow): Promise<Apns> {
  const pkcs8 = await base.read(scope, ctx => ctx.secrets.open(ctx, keyPlace(row.topic), row.private_key))
  const { apnsUrl, apnsCa } = base.config
  return openApns({
    url: apnsUrl,
    ca: apnsCa === null ? null : readFileSync(apnsCa, 'utf8'),
    cert: row.pem,
    key: toPem('PRIVATE KEY', pkcs8),
  })
}

/** Ends every line of this process. */
export function closeLines(secrets: object): void {
  closeSmpp(secrets)
  for (const held of lines.get(secrets)?.values() ?? []) close(held)
  lines.delete(secrets)
}

function close(held: Held): void {
  held.apns?.then(
    apns => apns.close(),
    () => undefined,
  )
}
