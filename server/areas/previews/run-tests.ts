import type { Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Base } from '../../base/transact.ts'
import { openResolver, type Reachable } from '../blueprints/index.ts'
import { findPolicyKind } from '../policies/index.ts'
import { testEvents } from './events.ts'
import { takePlace } from './place.ts'
import type { Preview } from './shapes.ts'
import { readable, shownTests } from './shown.ts'
import { snapshot } from './snapshot.ts'
import { type NamedTarget, seeing, walk } from './target.ts'
import { casesOf, type PolicyTest, toTest } from './test-case.ts'
import * as store from './test-store.ts'
import { openTrying, type Tried } from './trying.ts'

/** How a run of policy tests over every device came out. */
export interface Run {
  passed: boolean
  tests: Preview['tests']
}

/**
 * Runs the tests that the actor may see over every device they speak about, a page at a time, and remembers how each came out.
 * A test that speaks about no device passes.
 */
export async function runTests(base: Base, scope: Scope, only: readonly string[] | null): Promise<Run> {
  const place = takePlace(base.secrets)
  try {
    const tests = await base.read(scope, async ctx => {
      const all = (await store.listTests(ctx, ctx.authority.where('policies:read'))).map(toTest)
      return only === null ? all : all.filter(t => only.includes(t.id))
    })
    const { tried, named } = await tryAll(base, scope, tests, place.signal)
    return await base.transact(scope, async ctx => {
      for (const { id, devices, failing } of tried) await store.putRun(ctx, id, { devices, failing })
      const failing = tried.filter(t => t.failing > 0).map(t => t.name)
      const counts = { passed: tried.length - failing.length, failed: failing.length, failing }
      if (tried.length > 0) await record(ctx, testEvents.ran, null, counts)
      const seen = await readable(ctx, [...named.keys()])
      const shown = shownTests(tried, named, { all: true })
      return {
        passed: failing.length === 0,
        tests: shown.map(t => ({ ...t, failures: t.failures.filter(f => seen.has(f.device.id)) })),
      }
    })
  } finally {
    place.leave()
  }
}

async function tryAll(
  base: Base,
  scope: Scope,
  tests: readonly PolicyTest[],
  signal: AbortSignal,
): Promise<{ tried: Tried[]; named: Map<string, NamedTarget> }> {
  const named = new Map<string, NamedTarget>()
  const trying = openTrying(await base.read(seeing(scope.org), ctx => casesOf(ctx, tests)))
  const resolver = openResolver(await snapshot(base, scope.org), base.clock.now(), findPolicyKind)
  const within = tests.map(t => t.unitPath)
  // The topmost alone: what is below them is walked with them.
  const topmost = within.filter((p, i) => within.indexOf(p) === i && !within.some(q => q !== p && p.startsWith(q)))
  const among: Reachable = { within: topmost, devices: [], users: [], groups: [], tags: [] }
  for await (const page of walk(base, scope.org, among)) {
    signal.throwIfAborted()
    for (const target of page) {
      const now = resolver.effective(target)
      for (const id of trying.add({ was: target, target, old: now, now })) named.set(id, target)
    }
    await new Promise(resolve => setImmediate(resolve))
  }
  return { tried: trying.finish(), named }
}
