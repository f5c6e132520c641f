// What a change would do to every device of a fleet: two states resolved for each device, compared, grouped. No database, no network.
//   ./muster bench kernel/plan                         1,000, 10,000 and 100,000 devices, 200 assignments
//   ./muster bench kernel/plan --assignments 2000 --devices 100000
// Each size runs in a process of its own, so that its peak of memory is its own. Beside it, in the same run and over the same devices, stands what cannot be
// had for less: reading each device once from JSON, and hashing it once.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { parseArgs } from 'node:util'
import {
  candidates,
  diff,
  type Effects,
  openGrouping,
  openResolver,
  type OrgState,
  type Target,
  touches,
} from '../../server/areas/blueprints/index.ts'
import { benchKinds, type GeneratedOrg, orgOf, type Size } from './org.ts'

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '1000,10000,100000' },
    assignments: { type: 'string', default: '200' },
    units: { type: 'string', default: '500' },
    policies: { type: 'string', default: '60' },
    here: { type: 'boolean', default: false },
  },
})

interface Cost {
  ms: number
  cpuMs: number
}

interface Measured {
  devices: number
  read: Cost
  hashed: Cost
  compile: Cost
  plan: Cost
  move: Cost
  changed: number
  groups: number
  signatures: number
  touched: number
  peakMb: number
  restMb: number
}

const now = 1_800_000_000_000
const page = 1000

/** A sum of work done in pieces. */
function meter() {
  const sum: Cost = { ms: 0, cpuMs: 0 }
  return {
    sum,
    run: <T>(work: () => T): T => {
      const before = performance.now()
      const cpu = process.cpuUsage()
      const result = work()
      const { user, system } = process.cpuUsage(cpu)
      sum.ms += performance.now() - before
      sum.cpuMs += (user + system) / 1000
      return result
    },
  }
}

/** A new version of the policy that the most devices have, and a new assignment of one unit. */
function saved(state: OrgState, anchor: string): { everywhere: OrgState; somewhere: OrgState } {
  const basic = state.blueprints.get('blu_0')?.items[0] ?? ''
  const policy = state.policies.get(basic)
  const first = state.assignments[0]
  if (policy === undefined || first === undefined) throw new Error('the organization is empty')
  return {
    everywhere: { ...state, policies: new Map([...state.policies, [basic, { ...policy, current: 2 }]]) },
    somewhere: {
      ...state,
      assignments: [...state.assignments, { ...first, id: 'asn_new', anchor, blueprint: 'blu_7' }],
    },
  }
}

function measure(org: GeneratedOrg): Measured {
  const { state, size } = org
  const restMb = process.memoryUsage.rss() / 1e6
  const [read, hashed, compile, plan] = [meter(), meter(), meter(), meter()]
  const { everywhere, somewhere } = saved(state, org.paths[20] ?? '')
  const [before, after] = compile.run(() => [
    openResolver(state, now, benchKinds),
    openResolver(everywhere, now, benchKinds),
  ])
  if (before === undefined || after === undefined) throw new Error('no resolver')
  const grouping = openGrouping()
  const signatures = new Set<string>()
  const reachable = candidates(state, somewhere)
  let touched = 0
  for (let from = 0; from < size.devices; from += page) {
    const texts = Array.from({ length: Math.min(page, size.devices - from) }, (_, i) =>
      JSON.stringify(org.target(from + i)),
    )
    const targets = read.run(() => texts.map(text => JSON.parse(text) as Target))
    hashed.run(() => texts.map(text => createHash('sha256').update(text).digest('base64url')))
    plan.run(() => {
      for (const target of targets) grouping.add(target, diff(before.effective(target), after.effective(target)))
    })
    for (const target of targets) {
      signatures.add(createHash('sha1').update(before.signature(target)).digest('latin1'))
      if (touches(reachable, target)) touched += 1
    }
  }
  const effects = plan.run(() => grouping.finish())
  return {
    devices: size.devices,
    ...{ read: read.sum, hashed: hashed.sum, compile: compile.sum, plan: plan.sum, move: moved(org).cost },
    ...{ changed: effects.changed, groups: effects.groups.length, signatures: signatures.size, touched },
    ...{ peakMb: process.resourceUsage().maxRSS / 1e3, restMb },
  }
}

/** 300 people go to another unit: their devices now and then, with a resolver that has seen none of them. */
function moved({ state, size, paths, target }: GeneratedOrg): { cost: Cost; effects: Effects } {
  const { run, sum } = meter()
  const devices = Array.from({ length: Math.min(450, size.devices) }, (_, n) =>
    target(n * Math.max(1, Math.floor(size.devices / 450))),
  )
  const effects = run(() => {
    const { effective } = openResolver(state, now, benchKinds)
    const grouping = openGrouping()
    for (const [i, device] of devices.entries())
      grouping.add(
        device,
        diff(effective(device), effective({ ...device, path: paths[100 + (i % 10)] ?? device.path })),
      )
    return grouping.finish()
  })
  return { cost: sum, effects }
}

const numbers = (text: string): number[] => text.split(',').map(Number)

/** Columns of the table, in order. */
const columns: Record<string, (m: Measured) => number> = {
  devices: m => m.devices,
  'read ms': m => m.read.ms,
  'hash ms': m => m.hashed.ms,
  'compile ms': m => m.compile.ms,
  'plan ms': m => m.plan.ms,
  'plan cpu': m => m.plan.cpuMs,
  'µs/device': m => (m.plan.cpuMs * 1000) / m.devices,
  '× read': m => m.plan.cpuMs / m.read.cpuMs,
  classes: m => m.signatures,
  changed: m => m.changed,
  groups: m => m.groups,
  'rest MB': m => m.restMb,
  'peak MB': m => m.peakMb,
  'move ms': m => m.move.ms,
  touched: m => m.touched,
}

function sizeOf(): Size {
  const [devices, assignments, units, policies] = [
    values.devices,
    values.assignments,
    values.units,
    values.policies,
  ].map(Number)
  const given = { devices: devices ?? 0, assignments: assignments ?? 0, units: units ?? 0, policies: policies ?? 0 }
  return { ...given, blueprints: 40, groups: 40, tags: 20 }
}

function measureApart(devices: number): Measured {
  const given = (['assignments', 'units', 'policies'] as const).flatMap(o => [`--${o}`, values[o]])
  const options = [import.meta.filename, '--here', '--devices', String(devices), ...given]
  return JSON.parse(execFileSync(process.execPath, options, { encoding: 'utf8' })) as Measured
}

if (values.here) console.log(JSON.stringify(measure(orgOf(sizeOf()))))
else {
  console.log(`${values.assignments} assignments, ${values.units} units, ${values.policies} policies`)
  console.log(
    Object.keys(columns)
      .map(name => name.padStart(11))
      .join(''),
  )
  for (const devices of numbers(values.devices)) {
    const measured = measureApart(devices)
    const shown = Object.values(columns).map(of => {
      const n = of(measured)
      return n.toFixed(n < 10 && !Number.isInteger(n) ? 1 : 0).padStart(11)
    })
    console.log(shown.join(''))
  }
}
