import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Holds } from './catalog/catalog.ts'
import { managementCatalog } from './catalog/open.ts'
import {
  matrixKeys,
  matrixKinds,
  type MatrixMode,
  matrixOrders,
  orderAbility,
  settingAbility,
  versionsOf,
} from './matrix.ts'

const catalog = managementCatalog()
const inner = (kind: Holds): Holds => (kind.is === 'list' || kind.is === 'map' ? inner(kind.of) : kind)

/** What a path of fields below a policy holds, as the catalog knows it. */
function holdsAt(path: string): Holds | undefined {
  let at: Holds | undefined = { is: 'type', type: 'Policy' }
  for (const name of path.split('.')) {
    const of: Holds | undefined = at && inner(at)
    at = of?.is === 'type' ? catalog.message(of.type).get(name)?.holds : undefined
  }
  return at
}

function* every(road: 'agent' | 'google') {
  for (const kind of matrixKinds)
    for (const key of ['', ...matrixKeys(kind)]) {
      const ability = settingAbility(road, kind, key)
      if (ability && !('not' in ability)) yield { name: `${kind} ${key}`, ability }
    }
}

test('every field that Google’s column names is in its catalog, and every value is one the field takes', () => {
  let fields = 0
  for (const { name, ability } of every('google')) {
    if (ability.by === 'kept') continue
    const holds = holdsAt(ability.by)
    assert.ok(holds, `${name}: ${ability.by}`)
    fields += 1
    if (ability.value === null) continue
    const of = inner(holds)
    assert.ok(of.is === 'enum' && of.values.includes(ability.value), `${name}: ${ability.by}=${ability.value}`)
  }
  assert.ok(fields > 70)
  // The walk itself finds what is wrong.
  assert.equal(holdsAt('cameraAcces'), undefined)
  assert.equal(holdsAt('deviceRadioState.cameraAccess'), undefined)
  const types = catalog.message('Command').get('type')?.holds
  for (const order of matrixOrders) {
    const ability = orderAbility('google', order)
    if (!ability || 'not' in ability || ability.by === 'devices.delete') continue
    assert.ok(types?.is === 'enum' && types.values.includes(ability.by), order)
  }
})

test('every restriction that the agent’s column names has the modes and levels of the agent itself', () => {
  const source = new URL('../../android/core/src/main/java/org/muster/agent/core/Restriction.java', import.meta.url)
  const rows = [...readFileSync(source, 'utf8').matchAll(/row\("(\w+)", (\d+), Reach\.(\w+)\)/g)]
  const gates = new Map(rows.map(([, key = '', from, reach = '']) => [key, { from: Number(from), reach }]))
  assert.ok(gates.size > 50)
  let restrictions = 0
  for (const { name, ability } of every('agent')) {
    if (!ability.by.startsWith('no_')) continue
    const gate = gates.get(ability.by)
    assert.ok(gate, `${name}: ${ability.by}`)
    restrictions += 1
    const { from, reach } = gate
    const outside = reach === 'OUTSIDE' || reach === 'ANY_OUTSIDE'
    const since: Partial<Record<MatrixMode, number>> = {
      'fully-managed': from,
      dedicated: from,
      ...(reach === 'OWNER' ? {} : { 'company-profile': outside ? Math.max(from, 30) : from }),
      ...(reach === 'ANY' || reach === 'ANY_OUTSIDE' ? { 'work-profile': from } : {}),
    }
    // What passes between two sides is only where there are two.
    const sides = name.startsWith('work-and-personal')
    for (const mode of Object.keys(ability.since) as MatrixMode[])
      assert.equal(ability.since[mode], since[mode], `${name} ${mode}`)
    if (!sides) assert.deepEqual(Object.keys(ability.since).sort(), Object.keys(since).sort(), name)
  }
  assert.ok(restrictions > 25)
})

test('every kind that the agent’s column says it can is one the agent has a hand for', () => {
  const of = new URL('../../android/core/src/main/java/org/muster/agent/core/', import.meta.url)
  const files = readdirSync(of).filter(file => file.endsWith('.java'))
  const java = files.map(file => readFileSync(new URL(file, of), 'utf8')).join('\n')
  const hands = new Set([...java.matchAll(/handlers\.put\("([\w-]+)"/g)].map(([, kind = '']) => kind))
  for (const { name } of every('agent')) assert.ok(hands.has(name.split(' ')[0] ?? ''), name)
  const means = new Set([...java.matchAll(/MEANS\.put\("(\w+)"/g)].map(([, key = '']) => key))
  const own = ['requireAutomaticTime', 'requireKnownWifi', 'blockedApps', 'allowedApps']
  for (const { name } of every('agent')) {
    const [kind, key = ''] = name.split(' ')
    if (kind === 'restrictions') assert.ok(means.has(key) || own.includes(key), key)
  }
})

test('a mode with a level of its own has the version of Android that people know it by', () => {
  const ability = settingAbility('agent', 'restrictions', 'externalStorage')
  assert.ok(ability && !('not' in ability))
  assert.deepEqual(versionsOf(ability), { 'fully-managed': '8', dedicated: '8', 'company-profile': '11' })
  assert.equal(settingAbility('agent', 'android.policy', ''), null)
  assert.deepEqual(settingAbility('google', 'kiosk', 'exitCode'), { not: 'no-call' })
  assert.deepEqual(settingAbility('agent', 'toString', ''), null)
})
