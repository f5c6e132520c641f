import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { drop, grade, unanswered, want, type WantedItem } from './grade.ts'
import { type ItemStatus, settled } from './item.ts'
import { mostRepairs, waitsMs } from './pace.ts'
import { plan, type Step } from './plan.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f']
const of = { device: 'dev', enrollment: 'enr' }

/** What is wanted: some items, each in a version, some of which take the same thing on the device or need an earlier one. */
const wish = fc
  .uniqueArray(fc.record({ item: fc.constantFrom(...names), version: fc.constantFrom('1', '2', '3') }), {
    selector: w => w.item,
  })
  .chain(items =>
    fc
      .tuple(
        ...items.map(one =>
          fc.record({
            claim: fc.constantFrom('x', 'y', one.item),
            needs: fc.subarray(items.map(i => i.item).filter(i => i < one.item)),
          }),
        ),
      )
      .map(extras => items.map((one, i) => wanted(one.item, one.version, extras[i]))),
  )

function wanted(item: string, version: string, more: { claim?: string; needs?: string[] } = {}): WantedItem {
  return {
    account: '',
    item,
    kind: item < 'd' ? 'wifi' : 'other',
    policy: 'pol',
    policyVersion: 1,
    version,
    claims: [more.claim ?? item],
    needs: more.needs ?? [],
    state: 'wanted',
    error: null,
  }
}

type Rows = Map<string, ItemStatus>

function turnTo(rows: Rows, wishes: readonly WantedItem[], now: number): Rows {
  const next: Rows = new Map()
  for (const w of wishes) next.set(w.item, want(of, rows.get(w.item), w, now))
  for (const [item, row] of rows) {
    const left = next.has(item) ? null : drop(row, now)
    if (left) next.set(item, left)
  }
  return next
}

/** A device: what it has, and how it takes the orders it is given. */
function carryOut(
  rows: Rows,
  has: Map<string, string>,
  step: Step,
  how: 'does' | 'fails' | 'silent',
  now: number,
): void {
  const say = (word: Parameters<typeof grade>[1]): void => {
    const row = rows.get(step.item)
    if (!row) return
    const { after } = grade(row, word, now)
    if (after) rows.set(step.item, after)
    else rows.delete(step.item)
  }
  say({ did: 'sent', version: step.version })
  if (how === 'fails') say({ did: 'failed', version: step.version, error: { code: 'no' } })
  if (how !== 'does') return
  if (step.do === 'remove') has.delete(step.item)
  else has.set(step.item, step.version)
  say(step.do === 'remove' ? { did: 'gone' } : { did: 'installed', version: step.version })
}

const list = (rows: Rows): ItemStatus[] => [...rows.values()]

function walk(
  rows: Rows,
  has: Map<string, string>,
  answers: readonly ('does' | 'fails' | 'silent')[],
  from: number,
): number {
  let now = from
  for (let i = 0; i < 400; i += 1) {
    const [step] = plan(list(rows), now)
    if (step) carryOut(rows, has, step, answers[i] ?? 'does', now)
    else {
      const next = list(rows).flatMap(r => (r.notBefore !== null && r.notBefore > now ? [r.notBefore] : []))
      if (next.length === 0) return now
      now = Math.min(...next)
      for (const row of list(rows)) {
        const { after } = unanswered(row, now)
        if (after) rows.set(row.item, after)
      }
    }
  }
  throw new Error('the plan does not end')
}

const answers = fc.array(fc.constantFrom('does', 'fails', 'silent'), { maxLength: 6 })

test('convergence: walking the plan ends with exactly what is wanted, and the next plan is empty', () => {
  fc.assert(
    fc.property(wish, wish, answers, (first, second, told) => {
      const has = new Map<string, string>()
      let rows = turnTo(new Map(), first, 0)
      const now = walk(rows, has, [], 0)
      rows = turnTo(rows, second, now)
      const end = walk(rows, has, told.slice(0, 4), now)
      assert.deepEqual(plan(list(rows), end), [])
      assert.deepEqual(new Map([...has].sort()), new Map(second.map(w => [w.item, w.version] as const).sort()))
      assert.ok(list(rows).every(r => settled(r.state)))
    }),
  )
})

test('a device that always fails is left alone after a bounded number of tries, and tried again once the version changes', () => {
  fc.assert(
    fc.property(wish, fc.constantFrom('fails' as const, 'silent' as const), (wishes, how) => {
      let rows = turnTo(new Map(), wishes, 0)
      const end = walk(
        rows,
        new Map(),
        Array.from({ length: 400 }, () => how),
        0,
      )
      for (const r of list(rows)) assert.ok(r.attempts <= waitsMs.length + 1, `${r.attempts} attempts`)
      assert.ok(list(rows).every(r => r.state === 'failed' || (r.needs.length > 0 && r.state === 'wanted')))
      rows = turnTo(
        rows,
        wishes.map(w => ({ ...w, version: '9' })),
        end,
      )
      walk(rows, new Map(), [], end)
      assert.ok(list(rows).every(r => r.state === 'installed'))
    }),
  )
})

test('stability: a device that has everything is asked for nothing', () => {
  fc.assert(
    fc.property(wish, fc.nat(), (wishes, later) => {
      const rows = turnTo(new Map(), wishes, 0)
      walk(rows, new Map(), [], 0)
      assert.deepEqual(plan(list(turnTo(rows, wishes, later)), later), [])
    }),
  )
})

test('restraint: nothing is ever done about what no assignment named, and nothing removed that was never handed over', () => {
  fc.assert(
    fc.property(fc.array(wish, { minLength: 1, maxLength: 4 }), answers, (wishes, told) => {
      let rows: Rows = new Map()
      const named = new Set<string>()
      const handed = new Set<string>()
      let i = 0
      for (const next of wishes) {
        rows = turnTo(rows, next, i)
        for (const w of next) named.add(w.item)
        for (const step of plan(list(rows), i)) {
          assert.ok(named.has(step.item))
          if (step.do === 'remove') assert.ok(handed.has(step.item))
        }
        const [step] = plan(list(rows), i)
        if (step) {
          handed.add(step.item)
          carryOut(rows, new Map(), step, told[i] ?? 'does', i)
        }
        i += 1
      }
    }),
  )
})

test('order: what is needed comes first, what is in the way leaves before, everything else leaves last', () => {
  fc.assert(
    fc.property(wish, wish, (first, second) => {
      let rows = turnTo(new Map(), first, 0)
      walk(rows, new Map(), [], 0)
      rows = turnTo(rows, second, 1)
      const steps = plan(list(rows), 1)
      const at = (item: string): number => steps.findIndex(s => s.item === item)
      const lastInstall = steps.findLastIndex(s => s.do === 'install')
      for (const [i, step] of steps.entries()) {
        const row = rows.get(step.item)
        assert.ok(row)
        if (step.do === 'install') {
          for (const need of row.needs) if (at(need) >= 0) assert.ok(at(need) < i, `${need} before ${step.item}`)
          for (const other of list(rows))
            if (other.wanted === null && other.claims.some(c => row.claims.includes(c)))
              assert.ok(at(other.item) < i, `${other.item} leaves before ${step.item}`)
        } else {
          const blocks = list(rows).some(
            o => o.wanted !== null && o.state !== 'installed' && o.claims.some(c => row.claims.includes(c)),
          )
          const before = list(rows).some(o => o.wanted === null && row.item !== o.item && row.needs.includes(o.item))
          if (!blocks && !before) assert.ok(i > lastInstall, `${step.item} leaves last`)
        }
      }
    }),
  )
})

test('an item waits while what stands in its way is on its way off the device', () => {
  const gone = { ...want(of, undefined, wanted('a', '1', { claim: 'x' }), 0), sent: '1', has: '1' }
  const rows = [drop(gone, 0), want(of, undefined, wanted('b', '1', { claim: 'x' }), 0)].filter(r => r !== null)
  assert.deepEqual(
    plan(rows, 0).map(s => s.item),
    ['a', 'b'],
  )
  const asked = rows.map(r => (r.item === 'a' ? (grade(r, { did: 'sent', version: null }, 0).after ?? r) : r))
  assert.deepEqual(plan(asked, 1), [])
})

test('an answer about an older version is kept in mind but does not grade the newer', () => {
  const one = want(of, undefined, wanted('a', '1'), 0)
  const handed = grade(one, { did: 'sent', version: '1' }, 1).after
  assert.ok(handed)
  const newer = want(of, handed, wanted('a', '2'), 2)
  const late = grade(newer, { did: 'installed', version: '1' }, 3).after
  assert.partialDeepStrictEqual(late, { state: 'wanted', wanted: '2', has: '1' })
  const refused = grade(newer, { did: 'failed', version: '1', error: { code: 'no' } }, 3)
  assert.partialDeepStrictEqual(refused, { after: { state: 'wanted', error: null }, told: [] })
})

test('taking a change back before anyone heard of it leaves the device alone; after it was handed over it is handed over again', () => {
  const has1 = grade(want(of, undefined, wanted('a', '1'), 0), { did: 'installed', version: '1' }, 1).after
  assert.ok(has1)
  const two = want(of, has1, wanted('a', '2'), 2)
  assert.equal(want(of, two, wanted('a', '1'), 3).state, 'installed')
  const handed = grade(two, { did: 'sent', version: '2' }, 3).after
  assert.ok(handed)
  assert.equal(want(of, handed, wanted('a', '1'), 4).state, 'wanted')
  const off = drop(has1, 5)
  assert.ok(off)
  assert.equal(want(of, off, wanted('a', '1'), 6).state, 'installed')
})

test('drift is put back a few times a day, then the item has failed until the next', () => {
  let row = grade(want(of, undefined, wanted('a', '1'), 0), { did: 'installed', version: '1' }, 0).after
  const told: string[] = []
  const say = (word: Parameters<typeof grade>[1], now: number): void => {
    assert.ok(row)
    const graded = grade(row, word, now)
    row = graded.after
    told.push(...graded.told.map(t => t.told))
  }
  for (let i = 0; i < mostRepairs; i += 1) {
    say({ did: 'drifted', has: null }, i)
    say({ did: 'sent', version: '1' }, i)
    say({ did: 'installed', version: '1' }, i)
  }
  assert.deepEqual(told, Array.from({ length: mostRepairs }, () => ['drifted', 'repaired']).flat())
  say({ did: 'drifted', has: null }, 10)
  assert.partialDeepStrictEqual(row, { state: 'failed', error: { code: 'item.flapping' }, notBefore: 86_400_000 })
  assert.ok(row)
  assert.deepEqual(plan([row], 86_399_999), [])
  assert.equal(plan([row], 86_400_000).length, 1)
})
