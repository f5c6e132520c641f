import { type DeviceRecord, factOf, type JsonValue, matches } from '../devices/index.ts'
import { dueAt } from '../updates/index.ts'
import { may } from './scope.ts'
import { absent, type Evidence, type Judged, kept, type Lists, unknown, violated, type Versions } from './judgement.ts'
import { type AppLists, judgeApps } from './judge-apps.ts'
import { judgeCertificate } from './judge-certificate.ts'
import { judgeMalware } from './judge-malware.ts'
import { judgeDrift, judgeSetting } from './judge-items.ts'
import type { Rule } from './rule.ts'
import type { Standing } from '../reconcile/index.ts'

/** Everything a device is judged by, at one instant. */
export interface Subject {
  readonly device: DeviceRecord
  readonly osVersion: string
  /** Folded. */
  readonly tags: readonly string[]
  readonly lastSeenAt: number
  readonly lists: Lists
  /** What it should have; null: it is not managed, or was never computed. */
  readonly items: readonly Standing[] | null
  /** The lists of apps in its policies. */
  readonly appLists: AppLists
  /** The exception that holds for it and this rule, until when. */
  readonly exceptedUntil: number | null
  /** Where its clock stands, if a rule asks. */
  readonly zone?: string
  /** Versions that the fleet has shown, for its platform. */
  readonly versions: Versions
}

const dayMs = 24 * 3_600_000
const passcode = 'security.passcode'

/** What a rule says of a device. Pure. `lookAt` is when time alone may change the answer. */
export function judge(
  rule: Pick<Rule, 'demand' | 'terms' | 'scope' | 'unitPath'>,
  subject: Subject,
  now: number,
): Judged {
  if (!may(rule, subject)) return { verdict: 'not-applicable', evidence: null, lookAt: null }
  const judged = ask(rule, subject, now)
  const until = subject.exceptedUntil
  if (until === null || until <= now || judged.verdict === 'compliant' || judged.verdict === 'not-applicable')
    return judged
  return { verdict: 'excepted', evidence: judged.evidence, lookAt: sooner(until, judged.lookAt) }
}

function ask({ demand, terms }: Pick<Rule, 'demand' | 'terms'>, subject: Subject, now: number): Judged {
  const { device } = subject
  switch (demand.kind) {
    case 'passcode':
      return judgePasscode(device, demand.params.compliant)
    case 'encryption':
      return judgeEncryption(device)
    case 'os-age':
      return judgeAge(demand.params, subject, now)
    case 'supervision':
      if (device.supervised === null) return absent('identity.supervised')
      return device.supervised ? kept : violated({ code: 'not-supervised', facts: {} })
    case 'integrity':
      return judgeIntegrity(device)
    case 'apps':
      return judgeApps(demand.params, { apps: subject.lists.apps, own: subject.appLists }, now)
    case 'malware':
      return judgeMalware(demand.params, subject.lists.apps)
    case 'certificate':
      return judgeCertificate(demand.params, subject.lists.certificates, now)
    case 'silent': {
      const due = subject.lastSeenAt + demand.params.days * dayMs
      const facts = { days: demand.params.days, lastSeenAt: subject.lastSeenAt }
      // That it calls again is no change of a fact, so it is looked at again while it is silent.
      return now >= due ? violated({ code: 'silent', facts }, now + silentLookMs) : { ...kept, lookAt: due }
    }
    case 'drift':
      return judgeDrift(demand.params, subject.items, now)
    case 'facts':
      return judgeFacts(terms, device)
    case 'setting':
      return judgeSetting(demand.params, subject.items, now)
  }
}

const silentLookMs = 10 * 60_000

const factIn = (device: DeviceRecord, key: string): JsonValue | undefined => device.facts.get(key.toLowerCase())

function judgePasscode(device: DeviceRecord, compliant: boolean): Judged {
  const present = factIn(device, passcode)
  const fits = factIn(device, 'security.passcodeCompliant')
  if (present === false) return violated({ code: 'passcode-missing', facts: {} })
  if (compliant && fits === false) return violated({ code: 'passcode-weak', facts: {} })
  // Some systems tell only whether the passcode fits; one that fits rules is there.
  if (present !== true && fits !== true) return absent(passcode)
  return kept
}

/** Disks that are encrypted as a whole, or phones: these encrypt by a key that a passcode guards. */
function judgeEncryption(device: DeviceRecord): Judged {
  const whole = factIn(device, 'security.encrypted')
  if (whole === true) return kept
  if (whole === false) return violated({ code: 'encryption-off', facts: {} })
  const hardware = factIn(device, 'security.hardwareEncryption')
  if (typeof hardware !== 'number') return absent('security.encrypted')
  if (hardware === 0) return violated({ code: 'encryption-off', facts: {} })
  const code = factIn(device, passcode)
  if (code === false) return violated({ code: 'encryption-no-passcode', facts: {} })
  return code === true ? kept : absent(passcode)
}

function judgeAge(
  params: { minimum: Partial<Record<string, string>>; maxDaysBehind: number | null; from?: string | undefined },
  { device, osVersion, versions, zone }: Subject,
  now: number,
): Judged {
  if (device.osKey === '') return unknown('no-os-version', {})
  const minimum = params.minimum[device.platform]
  if (minimum !== undefined && device.osKey < keyOf(minimum)) {
    // Before its date nothing is asked yet: nobody is told of it, and nothing is set off.
    const from = params.from === undefined ? null : dueAt(params.from, zone ?? 'UTC')
    if (from !== null && from > now) return { ...kept, lookAt: from }
    return violated({ code: 'os-old', facts: { version: osVersion, minimum } })
  }
  if (params.maxDaysBehind === null)
    return minimum === undefined ? { verdict: 'not-applicable', evidence: null, lookAt: null } : kept
  const newer = versions
    .filter(v => v.key > device.osKey)
    .map(v => ({ ...v, due: v.firstAt + (params.maxDaysBehind ?? 0) * dayMs }))
  const over = newer.filter(v => v.due <= now).toSorted((a, b) => (a.key < b.key ? 1 : -1))[0]
  const facts = { version: osVersion, newest: over?.version ?? '', days: params.maxDaysBehind }
  if (over) return violated({ code: 'os-behind', facts })
  return { ...kept, lookAt: newer.reduce<number | null>((at, v) => sooner(v.due, at), null) }
}

/** The form of `versionKey`, which is not a thing of this room to know more of than that it sorts. */
function keyOf(version: string): string {
  return version
    .split('.')
    .map(p => p.padStart(6, '0'))
    .join('')
}

/** Facts by which a system, an agent or an attestation says that its protections were broken, and those that say they hold. */
const broken = ['security.jailbroken', 'security.rooted', 'security.compromised']
const whole = ['security.integrity', 'security.attested']

function judgeIntegrity(device: DeviceRecord): Judged {
  const bad = broken.find(key => factIn(device, key) === true) ?? whole.find(key => isFailed(factIn(device, key)))
  if (bad !== undefined) return violated({ code: 'integrity-broken', facts: { fact: bad } })
  const said = broken.some(key => factIn(device, key) === false) || whole.some(key => isPassed(factIn(device, key)))
  return said ? kept : absent('security.integrity')
}

const isFailed = (value: JsonValue | undefined): boolean => value === false || value === 'failed' || value === 'broken'
const isPassed = (value: JsonValue | undefined): boolean => value === true || value === 'ok' || value === 'passed'

/** Every term must hold; one that asks for a fact the device never said is not known, unless another fails already. */
function judgeFacts(terms: Rule['terms'], device: DeviceRecord): Judged {
  let open: string | null = null
  for (const term of terms) {
    const key = factOf(term.field ?? '')
    const silent = key !== null && !device.facts.has(key) && !term.values.some(v => v.toLowerCase() === 'none')
    if (silent) open ??= key
    else if (!matches([term], device))
      return violated(differs(term.field ?? '', key === null ? null : device.facts.get(key)))
  }
  return open === null ? kept : absent(open)
}

function differs(field: string, value: JsonValue | undefined | null): Evidence {
  const plain = typeof value === 'object' ? null : (value ?? null)
  return { code: 'fact-differs', facts: { fact: field.replace(/^fact\./, ''), value: plain } }
}

/** The earlier of two instants. */
export function sooner(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.min(one, other)
}

/** Facts that rules of each kind look at, in small letters. */
export const factsLookedAt: Readonly<Partial<Record<Rule['demand']['kind'], readonly string[]>>> = {
  passcode: ['security.passcode', 'security.passcodecompliant'],
  encryption: ['security.encrypted', 'security.hardwareencryption', 'security.passcode'],
  integrity: [...broken, ...whole],
}
