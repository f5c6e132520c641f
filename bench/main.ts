import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

interface Bench {
  name: string
  file: string
  measures: string
}

/** Every benchmark, with what it measures. */
const benches: readonly Bench[] = [
  {
    name: 'agents',
    file: 'agents/agents.ts',
    measures:
      'what an idle agent costs beside mosquitto, lock to executed over 1,000 agents, and the cost of a contact',
  },
  {
    name: 'apple',
    file: 'apple/apple.ts',
    measures: 'connect cycles and enrollments per second beside NanoMDM + scepserver, same devices, same load',
  },
  { name: 'apple/stored', file: 'apple/stored.ts', measures: 'cost of a check-in at 1k, 10k and 100k stored devices' },
  { name: 'apple/memory', file: 'apple/memory.ts', measures: 'resident memory of the server at rest and under load' },
  {
    name: 'compliance/judge',
    file: 'compliance/judge.ts',
    measures:
      'previews and verdicts of one rule and of all templates over 10,000 devices, and the questions asked of them',
  },
  { name: 'crash', file: 'crash/crash.ts', measures: '200 kill -9 points and the negative controls, on both engines' },
  {
    name: 'guard',
    file: 'guard/guard.ts',
    measures: 'how much an owner in wrong hands can erase of 10,000 devices in a day, and without the guard',
  },
  {
    name: 'intakes',
    file: 'intakes/intakes.ts',
    measures: 'fresh iPads out of their boxes: apps before they leave set-up, acts of people, and the silent one named',
  },
  {
    name: 'reports',
    file: 'reports/reports.ts',
    measures: 'a report as of a day in every format at 1k and 100k devices: time and peak memory',
  },
  { name: 'devices/list', file: 'devices/list.ts', measures: 'the device list over 100,000 devices' },
  {
    name: 'kernel/follow',
    file: 'kernel/follow.ts',
    measures: 'from a change to the desired items of 100,000 devices, and how long others wait meanwhile',
  },
  {
    name: 'kernel/plan',
    file: 'kernel/plan.ts',
    measures: 'what a change would do to 1k, 10k and 100k devices, beside reading them once',
  },
  {
    name: 'kernel/preview',
    file: 'kernel/preview.ts',
    measures: 'what a save would do, asked over HTTP and answered from the database, at 1k, 10k and 100k devices',
  },
  { name: 'wire/speed', file: 'wire/speed.ts', measures: 'our codecs beside the npm packages' },
  { name: 'wire/fuzz', file: 'wire/fuzz.ts', measures: 'decoders on millions of broken inputs' },
]

const [name = 'list', ...options] = process.argv.slice(2)
const chosen = benches.find(one => one.name === name)
if (chosen === undefined) {
  if (name !== 'list') console.error(`There is no benchmark '${name}'.`)
  console.log('./muster bench <name> [options]\n')
  for (const one of benches) console.log(`  ${one.name.padEnd(14)} ${one.measures}`)
  process.exitCode = name === 'list' ? 0 : 2
} else {
  const child = spawn(process.execPath, [join(import.meta.dirname, chosen.file), ...options], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  const [code] = await once(child, 'exit')
  process.exitCode = Number(code ?? 1)
}
