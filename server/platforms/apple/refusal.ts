import * as certificates from '../../areas/certificates/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as identity from '../../areas/identity/index.ts'
import { everything } from '../../base/authority.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import type { Id } from '../../base/id.ts'
import type { Problem } from '../../base/problem.ts'
import type { Call } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import type { Proof } from './proof.ts'

/** What a refused caller showed and said; only `proof` was proved. */
export interface Claim {
  proof: Proof | null
  message: string | null
  claimed: string | null
}

/** The same refusal of the same caller is recorded once a minute: nobody may fill the log by being refused. */
const quietMs = 60_000
const mostKept = 10_000
/** And all callers without proof together are recorded this often a minute. */
const strangersPerMinute = 60

interface Told {
  at: Map<string, number>
  strangers: { since: number; count: number }
}

const told = new WeakMap<object, Told>()

/** Records a refusal, in its own transaction since the refused one is gone, where the admins of the device in question see it. */
export async function tellRefused(base: Base, call: Call, claim: Claim, problem: Problem): Promise<void> {
  if (problem.status >= 500 || !mayTell(base, call, claim, problem)) return
  const scope: Scope = {
    org: '' as Id<'org'>,
    actor: { kind: 'system', id: null, what: 'contact' },
    authority: everything,
    request: call.request,
  }
  try {
    const place = await base.read(scope, ctx => placeOf(base, ctx, claim))
    if (!place) return
    await base.transact({ ...scope, org: place.org }, async ctx => {
      const { about, enrolled, arrival } = await place.resolve(ctx)
      if (arrival !== null) await enrollment.turnedAway(ctx, arrival, problem.code)
      await record(ctx, enrollment.enrollmentEvents.refused, about, {
        code: problem.code,
        enrollment: enrolled,
        claimed: asId(claim.claimed),
        message: asWord(claim.message),
        fingerprint: claim.proof?.fingerprint ?? null,
        address: call.address,
      })
    })
  } catch (error) {
    base.log.warn({ error: String(error), code: problem.code }, 'a refusal could not be recorded')
  }
}

/** What is not a number of a device's, or a word of the protocol's, is not for the log, whoever sent it. */
const asId = (text: string | null): string | null =>
  text !== null && /^[0-9A-Za-z:-]{1,128}$/.test(text) ? text : null
const words =
  /^(Authenticate|TokenUpdate|CheckOut|[A-Z][A-Za-z]{2,20}(Token|Authenticate|Management|Service)|Idle|Acknowledged|Error|CommandFormatError|NotNow)$/
const asWord = (text: string | null): string | null => (text !== null && words.test(text) ? text : null)

interface Place {
  org: Id<'org'>
  resolve(ctx: Ctx): Promise<{
    about: About | null
    enrolled: string | null
    arrival: string | null
  }>
}

/** Whose log it belongs in: of the certificate's owner, else of the device whose name was used, else of the only org there is. */
async function placeOf(base: Base, ctx: Ctx, { proof, claimed }: Claim): Promise<Place | null> {
  const known = proof ? await enrollment.speaking(ctx, proof.fingerprint, undefined) : null
  if (known) return ofEnrollment(known.org, known.enrollment)
  const issued = proof ? await certificates.byFingerprint(ctx, proof.fingerprint) : null
  if (issued?.owner.kind === 'invitation') {
    const arrival = issued.owner.id
    return { org: issued.org, resolve: async () => ({ about: null, enrolled: null, arrival }) }
  }
  const [claimedOne] = claimed === null ? [] : await enrollment.claimed(ctx, claimed)
  if (claimedOne) return ofEnrollment(claimedOne.org, claimedOne.enrollment)
  const [only, ...others] = await identity.orgs(base)
  if (!only || others.length > 0) return null
  return { org: only, resolve: async () => ({ about: null, enrolled: null, arrival: null }) }
}

function ofEnrollment(org: Id<'org'>, held: enrollment.Enrollment): Place {
  return {
    org,
    resolve: async ctx => ({
      // The device may have been deleted since.
      about: await aboutOrNull(ctx, held.device),
      enrolled: held.id,
      arrival: null,
    }),
  }
}

function mayTell(base: Base, call: Call, { proof, claimed }: Claim, { code }: Problem): boolean {
  const now = base.clock.monotonic()
  const kept = told.get(base.secrets) ?? { at: new Map<string, number>(), strangers: { since: now, count: 0 } }
  told.set(base.secrets, kept)
  const who = `${code}|${proof?.fingerprint ?? call.address}|${claimed ?? ''}`
  const last = kept.at.get(who)
  if (last !== undefined && now - last < quietMs) return false
  if (proof === null) {
    if (now - kept.strangers.since >= quietMs) kept.strangers = { since: now, count: 0 }
    kept.strangers.count += 1
    if (kept.strangers.count > strangersPerMinute) return false
  }
  if (kept.at.size >= mostKept) kept.at.clear()
  kept.at.set(who, now)
  return true
}

async function aboutOrNull(ctx: Ctx, id: string): Promise<About | null> {
  const device = await devices.find(ctx, id)
  return device ? devices.about(device) : null
}
