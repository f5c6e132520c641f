import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstFor, whys } from './first.ts'
import { sentenceOf, sentences } from './standing.ts'
import { texts } from './texts.ts'
import { warningsOf } from './warnings.ts'

const can = (...kinds: string[]) => kinds.map(kind => ({ kind, allowed: true, reason: null }))

test('what is done first is right for the device', () => {
  const of = (platform: string, ownership: string, enrollmentKind: string | null, ...kinds: string[]) =>
    firstFor({ platform, ownership, enrollmentKind, actions: can(...kinds) })
  assert.deepEqual(of('ios', 'company', 'device', 'lock', 'lost-mode.enable'), {
    action: 'lost-mode',
    why: 'lost-mode',
  })
  assert.deepEqual(of('ios', 'company', 'device', 'lock'), { action: 'lock', why: 'lock-screen' })
  assert.deepEqual(of('macos', 'company', 'device', 'lock'), { action: 'lock', why: 'lock-pin' })
  assert.deepEqual(of('ios', 'personal', 'device', 'lock'), { action: 'lock', why: 'lock-personal' })
  assert.deepEqual(of('ios', 'personal', 'user-enrollment'), { action: 'none', why: 'none-personal' })
  assert.deepEqual(of('ios', 'company', 'user-enrollment'), { action: 'none', why: 'none-work-only' })
  assert.deepEqual(of('tvos', 'company', 'device'), { action: 'none', why: 'none-platform' })
  assert.deepEqual(of('ios', 'company', null, 'lost-mode.enable'), { action: 'none', why: 'none-not-managed' })
  for (const language of ['en', 'fr', 'sv', 'ja'] as const)
    for (const why of whys) assert.ok(texts[language][`why.${why}`], `${language} ${why}`)
})

test('warnings come from facts alone; what was never said warns of nothing', () => {
  const now = 1_000_000_000
  const warn = (facts: Record<string, unknown>, more: object = {}) =>
    warningsOf({
      platform: 'ios',
      facts: Object.entries(facts).map(([key, value]) => ({ key, value: value as never, at: now })),
      lastSeenAt: now,
      locates: true,
      managed: true,
      now,
      ...more,
    }).map(w => w.code)
  assert.deepEqual(warn({}), [])
  assert.deepEqual(warn({ 'cellular.technology': 'gsm' }), ['no-sim'])
  assert.deepEqual(warn({ 'cellular.technology': 'gsm', 'cellular.iccid': ['8946', null] }), [])
  assert.deepEqual(warn({ 'cellular.technology': 'gsm', 'cellular.plans': [{ carrier: 'Telia' }] }), [])
  assert.deepEqual(warn({ 'cellular.technology': 'gsm', 'cellular.plans': [{ carrier: null }] }), ['no-sim'])
  assert.deepEqual(warn({ 'cellular.technology': 'none' }), ['wifi-only'])
  assert.deepEqual(warn({ 'security.encrypted': false }, { platform: 'macos' }), ['not-encrypted'])
  assert.deepEqual(warn({ 'security.passcode': false, 'battery.level': 0.1 }), ['no-passcode', 'low-battery'])
  assert.deepEqual(warn({ 'battery.level': 0.2, 'security.activationLock': true }), ['activation-lock-on'])
  assert.deepEqual(warn({}, { lastSeenAt: null }), ['never-seen'])
  assert.deepEqual(warn({}, { lastSeenAt: now - 2 * 3_600_000, locates: false }), ['old-contact', 'no-location'])
  assert.deepEqual(warn({}, { managed: false, lastSeenAt: null, locates: false }), [])
})

test('the sentence says the most telling thing', () => {
  const row = {
    state: 'open',
    outcome: null,
    action: 'lost-mode',
    why: 'lost-mode',
    ended_at: null,
    closed_at: null,
    erase_scope: null,
  } as const
  const fate = (state: string, endedAt: number | null = null) =>
    ({ state, createdAt: 1, sentAt: null, endedAt, deferrals: 0, explained: null }) as never
  const code = (of: object, lock: string | null, erase: string | null = null, gone = false): string => {
    const done = (s: string | null) =>
      s === null ? null : fate(s, ['done', 'failed', 'canceled'].includes(s) ? 9 : null)
    return sentenceOf({ row: { ...row, ...of }, lock: done(lock), erase: done(erase), gone, lastSeenAt: null }).code
  }
  const seen = [
    code({}, 'queued'),
    code({}, 'sent'),
    code({}, 'held'),
    code({}, 'done'),
    code({}, 'failed'),
    code({ action: 'none' }, null),
    code({}, 'done', 'queued'),
    code({}, 'done', 'held'),
    code({}, 'done', 'done'),
    code({ erase_scope: 'work' }, 'done', null, true),
    code({ state: 'written-off' }, 'done'),
    code({ state: 'found' }, 'done', 'queued'),
    code({ state: 'closed' }, 'done', 'done'),
  ]
  assert.deepEqual(seen, [
    'lock-queued',
    'lock-sent',
    'lock-held',
    'locked',
    'lock-failed',
    'nothing-can',
    'erase-waiting',
    'erase-held',
    'erased',
    'work-removed',
    'written-off',
    'found',
    'closed',
  ])
  assert.deepEqual(new Set(seen), new Set(sentences), 'every sentence is tried')
  assert.equal(code({}, 'done', 'canceled'), 'locked', 'what was taken back no longer counts')
})
