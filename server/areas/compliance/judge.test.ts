import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { versionKey } from '../../base/filter.ts'
import type { DeviceApp, JsonValue } from '../devices/index.ts'
import type { Standing } from '../reconcile/index.ts'
import { judge, type Subject } from './judge.ts'
import type { Judged } from './judgement.ts'
import type { Demand, Rule, RuleScope } from './rule.ts'
import { settle, stateOf, type Verdict } from './settle.ts'

const now = Date.UTC(2026, 10, 20)
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const anyone: RuleScope = { ownerships: [], platforms: [], tags: [] }

type Change = Partial<Omit<Subject, 'device'>> & {
  device?: Partial<Subject['device']>
  facts?: Record<string, JsonValue>
}

function subject({ device, facts, ...of }: Change = {}): Subject {
  return {
    osVersion: '18.1',
    tags: [],
    lastSeenAt: now,
    lists: { apps: null, certificates: null },
    items: null,
    appLists: { blocked: [], allowed: [], pending: false },
    exceptedUntil: null,
    versions: [],
    ...of,
    device: {
      id: 'dev_1',
      unitPath: '/a/b/',
      name: 'phone',
      platform: 'ios',
      osKey: versionKey('18.1'),
      ownership: 'company',
      supervised: true,
      shared: false,
      state: 'active',
      modelKey: '',
      serial: '',
      udid: '',
      imei: '',
      assetTag: '',
      user: null,
      userKey: null,
      identifiers: [],
      facts: new Map(Object.entries(facts ?? {})),
      ...device,
    },
  }
}

const ask = (demand: Demand, of: Change = {}, scope: Partial<RuleScope> = {}): Judged =>
  judge({ demand, terms: [], scope: { ...anyone, ...scope }, unitPath: '/a/' }, subject(of), now)

const app = (id: string, managed = false): DeviceApp => ({
  ...{ app: id, name: id, version: '1', managed },
  ...{ system: false, hidden: false, signer: '', hash: '', installer: '', permissions: '' },
})
const passcode: Demand = { kind: 'passcode', params: { compliant: true } }

test('what each kind says, as a table', () => {
  const integrity: Demand = { kind: 'integrity', params: {} }
  const age: Demand = { kind: 'os-age', params: { minimum: { ios: '18.2' }, maxDaysBehind: null } }
  const silent: Demand = { kind: 'silent', params: { days: 3 } }
  const table: [string, Demand, Change, Judged['verdict'], string | null][] = [
    ['no word of a passcode', passcode, {}, 'unknown', 'not-reported'],
    ['a passcode', passcode, { facts: { 'security.passcode': true } }, 'compliant', null],
    ['only that it fits', passcode, { facts: { 'security.passcodecompliant': true } }, 'compliant', null],
    [
      'a weak one',
      passcode,
      { facts: { 'security.passcode': true, 'security.passcodecompliant': false } },
      'violating',
      'passcode-weak',
    ],
    ['an older system', age, {}, 'violating', 'os-old'],
    ['a newer system', age, { device: { osKey: versionKey('26.0') } }, 'compliant', null],
    ['no version', age, { device: { osKey: '' } }, 'unknown', 'no-os-version'],
    ['a system nobody spoke of', age, { device: { platform: 'macos' } }, 'not-applicable', null],
    ['no word of integrity', integrity, {}, 'unknown', 'not-reported'],
    ['a jailbreak', integrity, { facts: { 'security.jailbroken': true } }, 'violating', 'integrity-broken'],
    ['none', integrity, { facts: { 'security.jailbroken': false } }, 'compliant', null],
    [
      'an attestation that failed',
      integrity,
      { facts: { 'security.integrity': 'failed' } },
      'violating',
      'integrity-broken',
    ],
    ['quiet for four days', silent, { lastSeenAt: now - 4 * dayMs }, 'violating', 'silent'],
    ['quiet for two', silent, { lastSeenAt: now - 2 * dayMs }, 'compliant', null],
    ['ended', passcode, { device: { state: 'ended' } }, 'not-applicable', null],
    ['elsewhere', passcode, { device: { unitPath: '/z/' } }, 'not-applicable', null],
  ]
  for (const [name, demand, of, verdict, code] of table) {
    const judged = ask(demand, of)
    assert.deepEqual([judged.verdict, judged.evidence?.code ?? null], [verdict, code], name)
  }
})

test('lists of apps: allowed, denied, required; without a list nothing is known', () => {
  const of = (list: 'allow' | 'deny' | 'required', apps: string[], vendors: string[] = []): Demand => ({
    kind: 'apps',
    params: { list, apps: apps.map(a => ({ app: a, name: '' })), vendors },
  })
  const lists = { apps: [app('com.a'), app('com.b')], certificates: null }
  assert.equal(ask(of('deny', ['com.b']), { lists }).verdict, 'violating')
  assert.equal(ask(of('deny', ['COM.B']), { lists }).verdict, 'violating', 'whatever the case')
  assert.equal(ask(of('deny', ['com.c']), { lists }).verdict, 'compliant')
  assert.equal(ask(of('allow', ['com.a', 'com.b']), { lists }).verdict, 'compliant')
  assert.equal(ask(of('allow', ['com.a']), { lists }).evidence?.found?.[0]?.id, 'com.b')
  assert.equal(ask(of('allow', ['com.a'], ['com.b']), { lists }).verdict, 'compliant')
  assert.equal(ask(of('required', ['com.a', 'com.z']), { lists }).evidence?.found?.[0]?.id, 'com.z')
  assert.equal(ask(of('required', ['com.a']), {}).verdict, 'unknown')
  const system = { apps: [{ ...app('com.b'), system: true }, app('com.a')], certificates: null }
  assert.equal(
    ask(of('allow', ['com.a']), { lists: system }).verdict,
    'compliant',
    'the system is no choice of anybody’s',
  )
})

test('a rule may leave the lists to the policies of each device', () => {
  const demand: Demand = { kind: 'apps', params: { list: 'policies', apps: [], vendors: [] } }
  const says = (lists: Partial<Subject['appLists']>): Pick<Subject, 'appLists'> => ({
    appLists: { blocked: [], allowed: [], pending: false, ...lists },
  })
  const apps = [app('com.a'), { ...app('com.game'), hidden: true }, app('com.ours', true)]
  const lists = { apps, certificates: null }
  assert.equal(ask(demand, { lists }).verdict, 'not-applicable', 'its policies have none')
  assert.equal(ask(demand, says({ blocked: ['com.game'] })).verdict, 'unknown', 'it has listed nothing')
  const found = ask(demand, { lists, ...says({ blocked: ['COM.GAME', 'com.none'] }) })
  assert.deepEqual(found.evidence, {
    code: 'app-forbidden',
    facts: { count: 1, app: 'com.game' },
    found: [{ id: 'com.game', name: 'com.game', detail: '1', blocked: true }],
  })
  assert.equal(ask(demand, { lists, ...says({ blocked: ['com.none'] }) }).verdict, 'compliant')
  const early = ask(demand, { lists, ...says({ blocked: ['com.game'], pending: true }) })
  assert.deepEqual([early.verdict, early.evidence?.code], ['unknown', 'apps-pending'], 'it may be about to take it off')
  const rule = { graceHours: 0, responses: [] }
  const before = settle(undefined, found, rule, now)
  assert.equal(settle(before ?? undefined, early, rule, now)?.verdict, 'violating', 'and what was found before goes on')
  assert.equal(settle(undefined, early, rule, now)?.verdict, 'unknown')
  const only = ask(demand, { lists, ...says({ allowed: ['com.a'] }) })
  assert.deepEqual([only.evidence?.code, only.evidence?.found?.map(f => f.id)], ['app-not-allowed', ['com.game']])
})

test('certificates: one must be there, and the one that holds longest must not lapse', () => {
  const demand: Demand = {
    kind: 'certificate',
    params: { issuer: '', subject: 'VPN', present: true, expiresInDays: 14 },
  }
  const with_ = (...ends: number[]): Change => ({
    lists: { apps: null, certificates: ends.map(notAfter => ({ subject: 'ＶＰＮ key', issuer: 'ca', notAfter })) },
  })
  assert.equal(ask(demand, with_()).evidence?.code, 'certificate-missing')
  assert.equal(ask(demand, with_(now + dayMs)).evidence?.code, 'certificate-expiring')
  assert.equal(ask(demand, with_(now - 1)).evidence?.code, 'certificate-expired')
  const fine = ask(demand, with_(now - 1, now + 90 * dayMs))
  assert.deepEqual([fine.verdict, fine.lookAt], ['compliant', now + 76 * dayMs])
})

test('items: drift counts from when it began, and settings are there only once installed', () => {
  const item = (state: Standing['state'], of: Partial<Standing> = {}): Standing => ({
    item: 'passcode',
    kind: 'passcode',
    policy: 'pol_1',
    state,
    changedAt: now - 3 * hourMs,
    driftedAt: null,
    value: { minLength: 8 },
    ...of,
  })
  const drift: Demand = { kind: 'drift', params: { hours: 2, policies: [] } }
  assert.equal(ask(drift, { items: [item('failed')] }).verdict, 'violating')
  assert.equal(ask(drift, { items: [item('installed', { driftedAt: now - 3 * hourMs })] }).verdict, 'violating')
  assert.equal(ask(drift, { items: [item('unsupported')] }).verdict, 'compliant')
  const soon = ask(drift, { items: [item('failed', { changedAt: now - hourMs })] })
  assert.deepEqual([soon.verdict, soon.lookAt], ['compliant', now + hourMs])
  const setting: Demand = {
    kind: 'setting',
    params: { any: [{ policyKind: 'passcode', key: 'minLength', test: 'atLeast', value: 8 }] },
  }
  const codes = (items: Standing[] | null) => {
    const { verdict, evidence } = ask(setting, { items })
    return [verdict, evidence?.code ?? null]
  }
  assert.deepEqual(codes([item('installed')]), ['compliant', null])
  assert.deepEqual(codes([item('sent')]), ['unknown', 'pending'])
  assert.deepEqual(codes([item('failed')]), ['violating', 'setting-failed'])
  assert.deepEqual(codes([item('installed', { value: { minLength: 4 } })]), ['violating', 'setting-differs'])
  assert.deepEqual(codes([]), ['violating', 'setting-absent'])
  assert.deepEqual(codes(null), ['unknown', 'not-managed'])
})

test('a fleet that shows a newer version leaves others behind after so many days, and says when', () => {
  const demand: Demand = { kind: 'os-age', params: { minimum: {}, maxDaysBehind: 30 } }
  const versions = (days: number) => [{ key: versionKey('18.2'), version: '18.2', firstAt: now - days * dayMs }]
  assert.equal(ask(demand, { versions: versions(31) }).evidence?.code, 'os-behind')
  const waits = ask(demand, { versions: versions(29) })
  assert.deepEqual([waits.verdict, waits.lookAt], ['compliant', now + dayMs])
})

test('a version that holds from a date on is asked of a device only then, by its own clock', () => {
  const demand = (from: string): Demand => ({
    kind: 'os-age',
    params: { minimum: { ios: '18.2' }, maxDaysBehind: null, from },
  })
  const early = ask(demand('2026-11-20T01:00'), { zone: 'Europe/Berlin' })
  assert.deepEqual([early.verdict, early.lookAt], ['violating', null], 'one in the morning was before midnight UTC')
  const waits = ask(demand('2026-11-20T01:00'), {})
  assert.deepEqual([waits.verdict, waits.lookAt], ['compliant', now + hourMs])
})

const demands = fc.constantFrom<Demand>(
  passcode,
  { kind: 'encryption', params: {} },
  { kind: 'supervision', params: {} },
  { kind: 'integrity', params: {} },
  { kind: 'silent', params: { days: 3 } },
  { kind: 'apps', params: { list: 'deny', apps: [{ app: 'com.a', name: '' }], vendors: [] } },
  { kind: 'drift', params: { hours: 2, policies: [] } },
  { kind: 'certificate', params: { issuer: '', subject: '', present: true, expiresInDays: 5 } },
)
const changes = fc.record({
  facts: fc.dictionary(
    fc.constantFrom('security.passcode', 'security.passcodecompliant', 'security.encrypted', 'security.jailbroken'),
    fc.oneof(fc.boolean(), fc.integer(), fc.string()),
  ),
  lastSeenAt: fc.integer({ min: now - 10 * dayMs, max: now }),
  lists: fc.record({
    apps: fc.option(fc.array(fc.constantFrom('com.a', 'com.b').map(a => app(a)))),
    certificates: fc.option(
      fc.array(fc.integer({ min: -9, max: 9 }).map(d => ({ subject: 's', issuer: 'i', notAfter: now + d * dayMs }))),
    ),
  }),
})

test('an exception never makes a kept rule look broken, and never hides what is not a violation', () => {
  fc.assert(
    fc.property(demands, changes, (demand, of) => {
      const plain = ask(demand, of).verdict
      const excepted = ask(demand, { ...of, exceptedUntil: now + dayMs }).verdict
      const over = ask(demand, { ...of, exceptedUntil: now }).verdict
      assert.equal(over, plain)
      assert.equal(excepted, plain === 'compliant' || plain === 'not-applicable' ? plain : 'excepted')
    }),
  )
})

test('judging has no memory, and time alone changes nothing before the instant it names', () => {
  fc.assert(
    fc.property(demands, changes, fc.double({ min: 0, max: 0.999, noNaN: true }), (demand, of, part) => {
      const rule = { demand, terms: [], scope: anyone, unitPath: '/a/' }
      const first = judge(rule, subject(of), now)
      assert.deepEqual(judge(rule, subject(of), now), first)
      if (first.lookAt === null) return assert.equal(judge(rule, subject(of), now + 400 * dayMs).verdict, first.verdict)
      if (first.lookAt > now)
        assert.equal(judge(rule, subject(of), now + Math.floor((first.lookAt - now) * part)).verdict, first.verdict)
    }),
  )
})

test('out of scope a rule says nothing, whatever the device is', () => {
  fc.assert(
    fc.property(demands, changes, (demand, of) => {
      assert.equal(ask(demand, of, { platforms: ['macos'] }).verdict, 'not-applicable')
      assert.equal(ask(demand, of, { ownerships: ['personal'] }).verdict, 'not-applicable')
      assert.equal(ask(demand, of, { tags: ['Kiosk'] }).verdict, 'not-applicable')
      assert.equal(ask(demand, { ...of, tags: ['kiosk'] }, { tags: ['Kiosk'] }).verdict, ask(demand, of).verdict)
    }),
  )
})

test('grace runs once from the first violation, whatever is asked in between', () => {
  const violating: Judged = { verdict: 'violating', evidence: null, lookAt: null }
  const rule: Pick<Rule, 'graceHours' | 'responses'> = { graceHours: 24, responses: [] }
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10 * hourMs }), { minLength: 1, maxLength: 12 }), steps => {
      let [at, verdict]: [number, Verdict | undefined] = [now, undefined]
      for (const step of [0, ...steps]) {
        at += step
        verdict = settle(verdict, violating, rule, at) ?? undefined
        assert.equal(verdict?.violatedAt, now)
        assert.equal(verdict?.verdict, at >= now + 24 * hourMs ? 'violating' : 'grace')
      }
    }),
  )
})

test('a device is as well as the worst of its verdicts', () => {
  const of = (...verdicts: Verdict['verdict'][]) => stateOf(verdicts.map(verdict => ({ verdict })))
  assert.equal(of(), null)
  assert.equal(of('compliant', 'excepted'), 'compliant')
  assert.equal(of('excepted'), 'compliant')
  assert.equal(of('compliant', 'unknown'), 'unknown')
  assert.equal(of('unknown', 'grace'), 'grace')
  assert.equal(of('grace', 'violating', 'unknown'), 'violating')
})

test('malware is known by its file, its signer, who installed it and what it was granted, all that one test says', () => {
  const [hex, other] = ['ab'.repeat(32), 'cd'.repeat(32)]
  const sum = (of: string): string => Buffer.from(of, 'hex').toString('base64url')
  const bad = { ...app('com.bad'), signer: sum(hex), hash: sum(other), permissions: ' a.SMS b.OVERLAY ' }
  const store = ['com.android.vending']
  type Tests = Extract<Demand, { kind: 'malware' }>['params']['any']
  const found = (any: Tests, of: DeviceApp = bad, except: string[] = []): string | undefined =>
    ask({ kind: 'malware', params: { any, except } }, { lists: { apps: [of], certificates: null } }).evidence?.code
  const cases: [Tests[number], boolean][] = [
    [{ name: 'signer', signer: hex }, true],
    [{ name: 'signer in base64url', signer: sum(hex) }, true],
    [{ name: 'another signer', signer: other }, false],
    [{ name: 'file', hash: other.toUpperCase() }, true],
    [{ name: 'another file', hash: hex }, false],
    [{ name: 'from a file', installers: store }, true],
    [{ name: 'from here', installers: [...store, ''] }, false],
    [{ name: 'may both', installers: store, permissions: ['a.SMS', 'b.OVERLAY'] }, true],
    [{ name: 'may one', permissions: ['a.SMS', 'c.ADMIN'] }, false],
    [{ name: 'no part of a name', permissions: ['a.SM'] }, false],
    [{ name: 'both', hash: other, signer: other }, false],
    [{ name: 'by name', app: 'COM.BAD' }, true],
  ]
  for (const [test, is] of cases) assert.equal(found([test]), is ? 'malware-found' : undefined, test.name)
  assert.equal(found([{ name: 'spared', signer: hex }], bad, ['com.bad']), undefined)
  assert.equal(found([{ name: 'of the system', installers: store }], { ...bad, system: true }), undefined)
  // What a device does not say of an app is nothing that a test can find.
  assert.equal(found([{ name: 'silent', signer: hex }], app('com.silent')), undefined)
  assert.equal(ask({ kind: 'malware', params: { any: [{ name: 'x', app: 'x' }], except: [] } }).verdict, 'unknown')
})
