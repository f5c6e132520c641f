import type { Ctx, Scope } from '../../base/ctx.ts'
import type { Base } from '../../base/transact.ts'
import * as apps from '../apps/index.ts'
import { type OrgState, openResolver, type Resolver, type Target } from '../blueprints/index.ts'
import * as enrollment from '../enrollment/index.ts'
import { type DevicePhase, remember, workTimeKind } from '../hours/index.ts'
import { findPolicyKind, secretVersions } from '../policies/index.ts'
import { leftOut, snapshot, targetsPage } from '../previews/index.ts'
import { bind, surroundings, type Surroundings } from './bindings.ts'
import { carrierOf, type Recipient } from './carrier.ts'
import { type Content, type Contents, contentsOf, hashed, versionOf } from './contents.ts'
import { type DesiredRow, desiredOfAll } from './desired-store.ts'
import { type Dirty, dirty, unmarkAll } from './dirty-store.ts'
import type { WantedItem } from './grade.ts'
import { armHours, phasesNow } from './hours.ts'
import { nextInstant } from './instants.ts'
import type { ItemError } from './item.ts'
import { computePage, writePage } from './pace.ts'
import { type Computed, writeAll } from './write.ts'

/** Computes a page of the devices that are marked, longest marked first, and writes those that differ; answers how many were looked at. */
export async function computeDirty(base: Base, scope: Scope, signal: AbortSignal): Promise<number> {
  const marked = await base.read(scope, ctx => dirty(ctx, computePage))
  if (marked.length === 0) return 0
  // Read after the marks, so that it holds at least what they were made for.
  const state = await snapshot(base, scope.org)
  const resolver = resolverFor(state, base.clock.now())
  const page = await base.read(scope, ctx => readPage(ctx, marked, resolver))
  const same: Dirty[] = []
  const different: { mark: Dirty; computed: Computed }[] = []
  for (const [i, mark] of marked.entries()) {
    if (i % slice === 0) await turn()
    const computed = computeOne(page, mark.device)
    if (isSame(page.rows.get(mark.device), computed)) same.push(mark)
    else different.push({ mark, computed })
  }
  if (same.length > 0)
    await base.transact(scope, async ctx => {
      const ours = await unmarkAll(ctx, same)
      await keepPhases(ctx, page, ours)
    })
  for (let i = 0; i < different.length && !signal.aborted; i += writePage)
    await base.transact(scope, async ctx => {
      const part = different.slice(i, i + writePage)
      const ours = await unmarkAll(
        ctx,
        part.map(d => d.mark),
      )
      // Whoever's mark is another by now is computed again, from what is true then; this is already old.
      await writeAll(
        ctx,
        state,
        part.filter(d => ours.has(d.mark.device)).map(d => d.computed),
      )
      await keepPhases(ctx, page, ours)
    })
  return marked.length
}

/** Remembers whether it is working time for these devices, and has the next to change looked at when it does. */
async function keepPhases(ctx: Ctx, { phases, contents }: Page, devices: ReadonlySet<string>): Promise<void> {
  if (devices.size === 0) return
  const found = new Map([...devices].map(id => [id, contents.has(id) ? (phases.get(id) ?? null) : null]))
  await armHours(ctx, await remember(ctx, found))
}

/** Devices between two moments at which everybody else has their turn. */
const slice = 25
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** Resolvers by state: what was merged for one page serves the next. */
const resolvers = new WeakMap<OrgState, { resolver: Resolver; from: number; until: number | null }>()

function resolverFor(state: OrgState, now: number): Resolver {
  const known = resolvers.get(state)
  if (known && now >= known.from && (known.until === null || now < known.until)) return known.resolver
  const resolver = openResolver(state, now, findPolicyKind)
  resolvers.set(state, { resolver, from: now, until: nextInstant(state, now) })
  return resolver
}

/** Everything that one page of devices is computed from. */
interface Page {
  readonly targets: ReadonlyMap<string, Target>
  readonly contents: ReadonlyMap<string, Contents>
  readonly enrollments: ReadonlyMap<string, enrollment.Enrollment>
  readonly accounts: ReadonlyMap<string, readonly enrollment.Account[]>
  readonly rows: ReadonlyMap<string, DesiredRow>
  readonly around: Surroundings
  /** Of secrets and apps. */
  readonly versions: ReadonlyMap<string, number>
  /** Of the devices that have working time: whether it is. */
  readonly phases: ReadonlyMap<string, DevicePhase>
}

async function readPage(ctx: Ctx, marked: readonly Dirty[], resolver: Resolver): Promise<Page> {
  const ids = marked.map(m => m.device)
  const enrollments = await enrollment.activeOf(ctx, ids)
  const managed = ids.filter(id => enrollments.has(id))
  const found = managed.length === 0 ? [] : await targetsPage(ctx, { ids: managed, limit: managed.length })
  const targets = new Map(found.map(t => [t.id, t]))
  const contents = new Map<string, Contents>()
  for (const [i, target] of found.entries()) {
    if (i % slice === 0) await turn()
    contents.set(target.id, contentsOf(resolver.effective(target)))
  }
  const all = [...new Set(contents.values())].flatMap(c => c.items)
  const bound = [...contents].filter(([, c]) => c.items.some(i => i.variables.length > 0)).map(([id]) => id)
  return {
    targets,
    contents,
    enrollments,
    accounts: await enrollment.activeAccounts(
      ctx,
      [...enrollments.values()].map(e => e.id),
    ),
    rows: await desiredOfAll(ctx, ids),
    around: await surroundings(ctx, bound),
    versions: await versionsOf(ctx, all),
    phases: await phasesNow(ctx, timed(found, contents)),
  }
}

/** The versions of every secret and app that is named. */
async function versionsOf(ctx: Ctx, all: readonly Content[]): Promise<ReadonlyMap<string, number>> {
  const secrets = await secretVersions(ctx, [...new Set(all.flatMap(i => i.secrets))])
  const revisions = await apps.revisionsOf(ctx, [...new Set(all.flatMap(i => i.app ?? []))])
  return new Map([...secrets, ...revisions])
}

/** The devices that have working time, with what their policies say about it together. */
function timed(targets: readonly Target[], contents: ReadonlyMap<string, Contents>) {
  return targets.flatMap(place => {
    const item = contents.get(place.id)?.items.find(i => i.effective.kind === workTimeKind)
    return item === undefined ? [] : [{ place, value: item.effective.value }]
  })
}

function computeOne(page: Page, device: string): Computed {
  const target = page.targets.get(device)
  const found = page.enrollments.get(device)
  const contents = page.contents.get(device)
  if (!target || !found || !contents) return { device, managed: null }
  const accounts = page.accounts.get(found.id) ?? []
  const working = page.phases.get(device)?.phase !== 'off'
  // In working time nothing is restricted: what a device has of it goes.
  const counting = contents.items.filter(c => !(working && c.effective.kind === workTimeKind))
  const items = counting.flatMap(content =>
    wishes(page, { target, enrollmentKind: found.kind }, found.platform, content, accounts),
  )
  const said = items.map(i => [i.account, i.item, i.version, i.state, i.error, i.claims, i.needs])
  return {
    device,
    managed: {
      enrollment: found.id,
      unitPath: target.path,
      contents,
      items,
      inputs: hashed(JSON.stringify([found.id, contents.hash, said])),
    },
  }
}

/** The rows of one item: one for the device, or one for each account on it. */
function wishes(
  page: Page,
  to: Recipient,
  platform: string,
  content: Content,
  accounts: readonly enrollment.Account[],
): WantedItem[] {
  const { effective, policy, policyVersion } = content
  const carrier = carrierOf(platform)
  const place = carrier.place(effective, to)
  const all = (page.contents.get(to.target.id)?.items ?? []).map(c => c.effective)
  const shared = {
    item: effective.item,
    kind: effective.kind,
    policy,
    policyVersion,
    claims: carrier.claims?.(effective, to) ?? [effective.item],
    needs: carrier.needs?.(effective, all) ?? [],
  }
  const without = leftOut(effective, to.target)
  const on = (account: string, shortName: string | null, held: ItemError | null): WantedItem => {
    const bindings = content.variables.length === 0 ? {} : bind(page.around, { device: to.target.id, shortName })
    const { version, missing } = versionOf(content, bindings, page.versions, without)
    const [variable] = missing
    if (typeof place === 'object')
      return { ...shared, account, version, state: 'unsupported', error: place.unsupported }
    if (held) return { ...shared, account, version, state: 'waiting', error: held }
    if (variable !== undefined)
      return {
        ...shared,
        account,
        version,
        state: 'blocked',
        error: { code: 'item.variable-missing', facts: { variable } },
      }
    return { ...shared, account, version, state: 'wanted', error: null }
  }
  if (place !== 'account') return [on('', null, null)]
  if (accounts.length === 0) return [on('', null, { code: 'item.no-account' })]
  return accounts.map(a => on(a.id, a.shortName, null))
}

/** Whether the row says so already. A device that is not managed and has no row is as it should be. */
function isSame(row: DesiredRow | undefined, { managed }: Computed): boolean {
  if (managed === null) return row === undefined || row.enrollment === null
  return row !== undefined && row.inputs === managed.inputs && row.unit_path === managed.unitPath
}
