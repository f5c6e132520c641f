import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attack, isWrong } from '../../../bench/guard/attack.ts'
import { fillTargets } from '../../../bench/guard/fleet.ts'
import { house } from '../../testing/house.ts'
import { takeGuardOff } from './off.ts'

const hour = 3_600_000

test('an owner in wrong hands cannot erase more than the guard lets one hand in a day, by any way; without it, nearly all', async t => {
  const h = await house(t)
  const targets = await fillTargets(h, 300)
  const loot = await attack(h, targets, { hours: 24, stepMs: 4 * hour, forging: true })
  const lost = loot.ledger.size + loot.removed
  assert.ok(lost >= 5 && lost <= 10, `${lost} of 300`)
  assert.equal(targets.filter(one => isWrong(one, loot.ledger)).length, 0)
  assert.equal(loot.loosened, 0)
  for (const [kind, { tried, accepted }] of Object.entries(loot.forged)) {
    assert.ok(tried >= 5, `${kind} was tried ${tried} times`)
    assert.equal(accepted, 0, kind)
  }
  assert.equal(Object.keys(loot.forged).length, 9)

  const open = await house(t)
  takeGuardOff(open.base.secrets)
  const bare = await attack(open, await fillTargets(open, 300), { hours: 2, stepMs: hour, forging: false })
  assert.ok(bare.ledger.size > 150, `without the guard ${bare.ledger.size} of 300 in two hours`)
})
