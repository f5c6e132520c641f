import type { Ctx } from '../../base/ctx.ts'
import * as roster from '../roster/index.ts'
import * as updates from '../updates/index.ts'
import type { Batch, Check } from './check.ts'

const there = ['assigned', 'delivered']

/** Whether the vendor promises every device, and has taken for each how it is to be received. Batches without setup that nobody promises come by hand. */
export async function rosterCheck(_: Ctx, { intake, lines, entries }: Batch): Promise<Check[]> {
  const waiting = lines.filter(l => l.device === null)
  const promised = waiting.flatMap(l => entries.get(l.serial_key) ?? [])
  if (intake.setup === null && promised.length === 0) return []
  const link = '/enrollment/automated'
  const missing = waiting.length - promised.length
  const facts = { promised: promised.length, devices: waiting.length, missing }
  const state = missing === 0 ? 'green' : intake.setup === null ? 'amber' : 'red'
  return [{ code: 'roster', subject: '', state, facts, link }, setupCheck(intake.setup, promised, waiting.length)]
}

function setupCheck(setup: string | null, promised: readonly roster.Entry[], devices: number): Check {
  const right = promised.filter(e => e.setup !== null && (setup === null || e.setup === setup))
  const assigned = right.filter(e => there.includes(e.assigned)).length
  const failed = promised.filter(e => e.assigned === 'failed')
  const none = promised.filter(e => e.setup === null).length
  const facts = {
    assigned,
    devices,
    promised: promised.length,
    failed: failed.length,
    none,
    problem: failed[0]?.problem?.code ?? null,
    first: failed[0]?.serial ?? '',
  }
  const red = failed.length > 0 || none > 0
  const state = red ? 'red' : assigned === promised.length ? 'green' : 'amber'
  return { code: 'setup', subject: '', state, facts, link: '/enrollment/automated' }
}

/** Whether devices wait at the end of their assistant until their apps are there, and whether the version they must have can be had. */
export async function awaitCheck(ctx: Ctx, { intake }: Batch): Promise<Check[]> {
  const setup = intake.setup === null ? undefined : await roster.findSetup(ctx, intake.setup)
  if (intake.setup === null) return []
  const link = `/enrollment/setups/${intake.setup}`
  if (!setup) return [{ code: 'await', subject: '', state: 'red', facts: { lost: true, minutes: 0, name: '' }, link }]
  const facts = { lost: false, minutes: setup.awaits ? setup.awaitMinutes : 0, name: setup.name }
  const waits: Check = { code: 'await', subject: '', state: setup.awaits ? 'green' : 'amber', facts, link }
  if (setup.minimumOs === null) return [waits]
  const { version, mode } = setup.minimumOs
  const offered = (await updates.releases(ctx)).filter(r => updates.isLive(r, ctx.now) && !r.background)
  const newest = offered.find(r => r.platform === 'ios')?.version ?? null
  const beyond = newest !== null && updates.compareVersions(version, newest) > 0
  const facts2 = { version, newest, mode }
  return [waits, { code: 'minimum-os', subject: '', state: beyond ? 'red' : 'green', facts: facts2, link }]
}

const soonMs = 14 * 86_400_000
const fine = ['good', 'new', 'throttled', 'silent']

/** Whether the accounts at vendors that promise these devices, or hold their licenses, work and do so past the day. */
export async function programCheck(ctx: Ctx, { entries, until, needed }: Batch): Promise<Check[]> {
  const used = new Set([...entries.values()].map(e => String(e.program)))
  const programs = await roster.programs(ctx)
  return programs
    .filter(p => used.has(p.id) || (p.kind === 'content' && needed.size > 0))
    .map(({ id, name, kind, state, expiresAt }) => {
      const ends = expiresAt !== null && expiresAt <= until + soonMs
      const red = !fine.includes(state) || (expiresAt !== null && expiresAt <= until)
      const amber = ends || state === 'throttled' || state === 'silent'
      const facts = { name, kind, state, at: expiresAt }
      return { code: 'program', subject: id, state: red ? 'red' : amber ? 'amber' : 'green', facts, link: linkOf(kind) }
    })
}

function linkOf(kind: roster.ProgramKind): string {
  return kind === 'content' ? '/apps/licenses' : '/enrollment/automated'
}
