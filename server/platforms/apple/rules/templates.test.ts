import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge, type Subject } from '../../../areas/compliance/judge.ts'
import { paramShapes } from '../../../areas/compliance/rule.ts'
import type { Template } from '../../../areas/compliance/index.ts'
import { ours } from '../../../areas/policies/kinds/ours.ts'
import type { Standing } from '../../../areas/reconcile/index.ts'
import { termsOf, versionKey } from '../../../base/filter.ts'
import { house } from '../../../testing/house.ts'
import { deviceFacts, securityFacts } from '../facts.ts'
import { vendor } from '../policies/vendor.ts'
import { iosTemplates } from './catalog/ios.ts'
import { macosTemplates } from './catalog/macos.ts'

const all = [...iosTemplates, ...macosTemplates]
const now = Date.UTC(2026, 10, 20)
const dayMs = 24 * 3_600_000
type Facts = Record<string, string | number | boolean>

/** Everything the answers to the two questions of inventory hold, as a device says it. */
const reported = new Set(
  Object.keys({
    ...securityFacts({
      HardwareEncryptionCaps: 3,
      PasscodePresent: true,
      PasscodeCompliant: true,
      PasscodeCompliantWithProfiles: true,
      PasscodeLockGracePeriod: 0,
      FDE_Enabled: true,
      FDE_HasPersonalRecoveryKey: true,
      SystemIntegrityProtectionEnabled: true,
      RemoteDesktopEnabled: false,
      AuthenticatedRootVolumeEnabled: true,
      IsRecoveryLockEnabled: true,
      ManagementStatus: { EnrolledViaDEP: true, UserApprovedEnrollment: true },
      FirewallSettings: { FirewallEnabled: true, StealthMode: true },
      SecureBoot: { SecureBootLevel: 'full', ExternalBootLevel: 'disallowed' },
    }),
    ...deviceFacts({ IsCloudBackupEnabled: false, PersonalHotspotEnabled: false }),
    // What an attestation makes known, see attested.story.test.ts.
    'security.attested': 'passed',
  }).map(key => key.toLowerCase()),
)

function subject(
  of: Template,
  change: {
    facts?: Facts
    items?: Standing[] | null
    supervised?: boolean
    os?: string
    seen?: number
    notAfter?: number
  },
): Subject {
  const os = change.os ?? '18.1'
  return {
    device: {
      id: 'dev_1',
      unitPath: '/a/',
      name: '',
      platform: of.of,
      osKey: versionKey(os),
      ownership: 'company',
      supervised: change.supervised ?? true,
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
      facts: new Map(Object.entries(change.facts ?? {}).map(([k, v]) => [k.toLowerCase(), v])),
    },
    osVersion: os,
    tags: [],
    lastSeenAt: change.seen ?? now,
    lists: {
      apps: [],
      certificates: [{ subject: 'vpn', issuer: 'ca', notAfter: change.notAfter ?? now + 90 * dayMs }],
    },
    items: change.items === undefined ? [] : change.items,
    appLists: { blocked: [], allowed: [], pending: false },
    exceptedUntil: null,
    versions: [{ key: versionKey('18.1'), version: '18.1', firstAt: now - 60 * dayMs }],
  }
}

function verdict(template: Template, change: Parameters<typeof subject>[1]): string {
  const { demand } = template
  const terms = demand.kind === 'facts' ? termsOf(demand.params.filter) : []
  const scope = { ownerships: [], platforms: [], tags: [] }
  return judge({ demand, terms, scope, unitPath: '/a/' }, subject(template, change), now).verdict
}

const item = (
  kind: string,
  key: string,
  value: string | number | boolean,
  state: Standing['state'] = 'installed',
): Standing => ({
  item: kind,
  kind,
  policy: 'pol_1',
  state,
  changedAt: now - 2 * dayMs,
  driftedAt: null,
  value: key.split('/').reduceRight<Standing['value']>((inner, part) => ({ [part]: inner }), value),
})

/** What makes a device keep the rule of a template, and what makes it break it. */
function ways(template: Template): { good: Parameters<typeof subject>[1]; bad: Parameters<typeof subject>[1] } {
  const { demand } = template
  switch (demand.kind) {
    case 'passcode':
      return { good: { facts: { 'security.passcode': true } }, bad: { facts: { 'security.passcode': false } } }
    case 'encryption':
      return template.of === 'macos'
        ? { good: { facts: { 'security.encrypted': true } }, bad: { facts: { 'security.encrypted': false } } }
        : {
            good: { facts: { 'security.hardwareEncryption': 3, 'security.passcode': true } },
            bad: { facts: { 'security.hardwareEncryption': 3, 'security.passcode': false } },
          }
    case 'os-age':
      return { good: { os: '18.1' }, bad: { os: '18.0' } }
    case 'supervision':
      return { good: { supervised: true }, bad: { supervised: false } }
    case 'silent':
      return { good: {}, bad: { seen: now - 15 * dayMs } }
    case 'drift':
      return { good: { items: [item('passcode', 'x', 1)] }, bad: { items: [item('passcode', 'x', 1, 'failed')] } }
    case 'certificate':
      return { good: {}, bad: { notAfter: now + dayMs } }
    case 'facts': {
      const [term] = termsOf(demand.params.filter)
      const key = term?.field?.slice('fact.'.length) ?? ''
      const value = term?.values[0] ?? ''
      assert.ok(reported.has(key), `${template.id} looks at ${key}, which no answer of a device holds`)
      if (term?.op === '<=')
        return { good: { facts: { [key]: Number(value) } }, bad: { facts: { [key]: Number(value) + 1 } } }
      if (value === 'yes' || value === 'no')
        return { good: { facts: { [key]: value === 'yes' } }, bad: { facts: { [key]: value === 'no' } } }
      return { good: { facts: { [key]: value } }, bad: { facts: { [key]: 'otherwise' } } }
    }
    case 'setting': {
      const first = demand.params.any[0]
      assert.ok(first?.key)
      const { policyKind, key, test: how, value } = first
      const wrong = typeof value === 'boolean' ? !value : how === 'atLeast' ? Number(value) - 1 : Number(value) + 1
      return { good: { items: [item(policyKind, key, value)] }, bad: { items: [item(policyKind, key, wrong)] } }
    }
    default:
      throw new Error(`no template is of kind ${demand.kind}`)
  }
}

test('each template can come out both ways, and is not known where nothing was said', () => {
  for (const template of all) {
    const { good, bad } = ways(template)
    assert.equal(verdict(template, good), 'compliant', template.id)
    assert.equal(verdict(template, bad), 'violating', template.id)
    const { kind } = template.demand
    if (kind === 'facts' || kind === 'passcode' || kind === 'encryption')
      assert.equal(verdict(template, {}), 'unknown', template.id)
    if (kind === 'setting') {
      assert.equal(verdict(template, {}), 'violating', `${template.id}: no policy says so`)
      assert.equal(verdict(template, { items: null }), 'unknown', template.id)
    }
  }
})

test('there are at least forty rules for each system, each in four languages, with the ids of controls of two publishers or more', () => {
  assert.ok(iosTemplates.length >= 40, String(iosTemplates.length))
  assert.ok(macosTemplates.length >= 40, String(macosTemplates.length))
  assert.equal(new Set(all.map(t => t.id)).size, all.length)
  for (const { id, title, controls, demand } of all) {
    assert.equal(new Set(Object.values(title)).size, 4, id)
    assert.ok(controls.iso.length > 0 && controls.nist.length > 0, id)
    for (const one of controls.cis) assert.match(one, /^\d+(\.\d+)+$/, id)
    for (const one of controls.iso) assert.match(one, /^A\.[5-8]\.\d{1,2}$/, id)
    for (const one of controls.nist) assert.match(one, /^[A-Z]{2}-\d{1,2}(\(\d{1,2}\))?$/, id)
    assert.ok(paramShapes[demand.kind].safeParse(demand.params).success, id)
  }
})

test('every setting a template asks for is one that a policy can have', () => {
  for (const { id, demand } of all) {
    if (demand.kind !== 'setting') continue
    for (const { policyKind, key, value } of demand.params.any) {
      const kind = ours.find(policyKind) ?? vendor.find(policyKind)
      assert.ok(kind, `${id}: ${policyKind}`)
      const findings = kind
        .check({ [key ?? '']: value })
        .filter(f => f.severity === 'error' && f.code !== 'value.missing')
      assert.deepEqual(findings, [], `${id}: ${policyKind} ${key}`)
      if (kind.settings) assert.ok(kind.settings().includes(key ?? ''), `${id}: ${policyKind} has no ${key}`)
    }
  }
})

test('many templates become rules at once, and a second time none', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { body } = await h.http('GET', '/api/v1/rules/templates', { as: key })
  const ids = body.items.map((i: { id: string }) => i.id)
  assert.deepEqual(new Set(all.map(one => one.id)).difference(new Set(ids)), new Set())
  await h.given.device({ facts: { 'security.passcode': false } })
  const wish = { templates: ids, unit: h.root.id, language: 'ja' }
  const seen = await h.http('POST', '/api/v1/rules/adopt?dryRun=true', { as: key, body: wish })
  assert.equal(seen.body.forecast.flagged, 1, JSON.stringify(seen.body))
  const made = await h.http('POST', '/api/v1/rules/adopt', { as: key, body: wish })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.equal(made.body.items.length, ids.length)
  assert.ok(made.body.items.some((r: { name: string }) => r.name === 'パスコードが設定されている'))
  const again = await h.http('POST', '/api/v1/rules/adopt', { as: key, body: wish })
  assert.equal(again.body.items.length, 0)
  await h.settle()
  const list = await h.http('GET', '/api/v1/rules/templates', { as: key })
  assert.ok(list.body.items.every((i: { rules: object[] }) => i.rules.length === 1))
})
