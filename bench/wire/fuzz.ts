// Throws damaged and invented input at every decoder of wire/; only `Malformed` may come out, and nothing may stall.
//   node bench/wire/fuzz.ts --cases 1000000                      all decoders, a million cases each (about half an hour)
//   node bench/wire/fuzz.ts --cases 250000 --first 500000 --only scep     one piece of it
//   node bench/wire/fuzz.ts --cases 100000 --codes               also how often each refusal came
// A fault prints its case and its bytes; documents can be had again by --first <number> --cases 1 --only <decoder>.
import { parseArgs } from 'node:util'
import { fuzz, targets } from '../../wire/testing/fuzz.ts'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '2000' },
    first: { type: 'string', default: '1' },
    only: { type: 'string' },
    codes: { type: 'boolean', default: false },
  },
})
const chosen = targets().filter(({ name }) => values.only === undefined || name === values.only)
if (chosen.length === 0) throw new Error(`no decoder is called ${values.only}`)

let faults = 0
console.log('decoder              cases     accepted   refusals   slowest ms   cases/s   faults')
for (const target of chosen) {
  const out = fuzz(target, Number(values.first), Number(values.cases))
  const rate = Math.round(out.cases / (out.tookMs / 1000))
  const cells = [out.cases, out.accepted, out.codes.size, out.slowestMs.toFixed(1), rate, out.faults.length]
  console.log(
    out.name.padEnd(15) + cells.map((cell, i) => String(cell).padStart([11, 13, 11, 13, 10, 9][i] ?? 9)).join(''),
  )
  if (values.codes)
    for (const [code, count] of [...out.codes].sort((a, b) => b[1] - a[1]))
      console.log(`    ${code.padEnd(28)}${count}`)
  for (const fault of out.faults.slice(0, 10)) console.log(`    ${fault}`)
  faults += out.faults.length
}
if (faults > 0) process.exitCode = 1
