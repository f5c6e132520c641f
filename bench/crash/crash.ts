// 200 kill -9 points over enrollment and command acknowledgement, on both engines, and the negative controls.
//   ./muster bench crash [--points 100] [--engines sqlite,postgres] [--seed 1]     about ten minutes
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { storedKeys } from '../../simulator/apple/index.ts'
import { startPostgres } from '../../tools/postgres.ts'
import { freshDatabase } from '../apple/peers.ts'
import { scratch } from '../apple/sides.ts'
import { plan } from './points.ts'
import { cutPower } from './powerloss.ts'
import { siege, straceThere, type Verdict } from './siege.ts'

const { values } = parseArgs({
  options: {
    points: { type: 'string', default: '100' },
    engines: { type: 'string', default: 'sqlite,postgres' },
    seed: { type: 'string', default: '1' },
    control: { type: 'boolean', default: true },
  },
  allowNegative: true,
})
const count = Number(values.points)
const seed = Number(values.seed)
const engines = values.engines.split(',')
const work = scratch('muster-bench')
const progress = (line: string): void => console.log(`  ${line}`)
let failed = false // decides the exit code
const postgres = engines.includes('postgres') ? await startPostgres() : null
try {
  for (const engine of engines) {
    const at = Date.now()
    const points = plan(engine === 'sqlite' ? 'sqlite' : 'postgres', count, seed)
    const keys = await storedKeys(join(work, 'keys.pem'), Math.min(count * 2, 300))
    const database = engine === 'postgres' && postgres ? await freshDatabase(postgres.url, 'siege') : undefined
    console.log(`${engine}: ${points.length} points${straceThere ? '' : ' (strace is not here: none at system calls)'}`)
    const verdict = await siege(points, { keys, database, seed, progress })
    report(engine, verdict, Date.now() - at)
    if (verdict.faults.length > 0) failed = true
    if (values.control && !(await control(engine))) failed = true
    if (values.control && engine === 'sqlite' && straceThere && !(await powerCuts())) failed = true
  }
} finally {
  await postgres?.stop()
}
process.exitCode = failed ? 1 : 0

function report(engine: string, { kills, bySyscall, enrolled, commandsDone, faults }: Verdict, ms: number): void {
  console.log(
    `${engine}: ${kills} kills (${bySyscall} at system calls), ${enrolled} devices enrolled in spite of them, ${commandsDone} commands carried out once; ${faults.length} faults, ${(ms / 1000).toFixed(0)} s`,
  )
  for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`)
}

/** The server that answers before it commits must be caught. */
async function control(engine: string): Promise<boolean> {
  const keys = await storedKeys(join(work, 'keys.pem'), 40)
  const database = engine === 'postgres' && postgres ? await freshDatabase(postgres.url, 'siege_control') : undefined
  const points = plan('control', 20, seed)
  const { faults, kills } = await siege(points, {
    keys,
    database,
    seed: seed + 50,
    entry: 'bench/crash/early.ts',
    stopAtFault: true,
  })
  console.log(
    faults.length > 0
      ? `${engine}: negative control (answers before COMMIT): caught at kill ${kills}: ${faults[0]}`
      : `${engine}: negative control (answers before COMMIT): NOT CAUGHT in ${kills} kills`,
  )
  return faults.length > 0
}

/** A cut of the power must cost nothing with synchronous=FULL, and with OFF it must be noticed. */
async function powerCuts(): Promise<boolean> {
  const [full, off] = [await cutPower('FULL', 6), await cutPower('OFF', 6)]
  console.log(
    `sqlite: power cut with synchronous=FULL: ${full.length} losses; negative control (OFF): ${off.length} losses${off.length > 0 ? ', caught' : ', NOT CAUGHT'}`,
  )
  return full.length === 0 && off.length > 0
}
