import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './run.ts'

/** What a file imports and whether it, by itself, may come by a database. */
interface Read {
  imports: readonly string[]
  mayOpen: boolean
}

const known = new Map<string, Read>()
const named =
  /(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:\{[^}]*\})?[^'"\n;]*?from\s*['"]([^'"]+)['"]|import\s*\(?\s*['"]([^'"]+)['"]/g
/** Who names the database to test on, reads the environment or starts a program that may; and who loads what is not written there. */
const opens = /\bTEST_DB\b|\bprocess\.env\b|\bchild_process\b|\bworker_threads\b|\bimport\s*\(\s*[^\s'"]|\brequire\s*\(/

/** Whether a test may run otherwise on another database: anything it loads, however far away, could open one. What cannot be found counts as such. */
export function mayOpenDatabase(test: string): boolean {
  const seen = new Set<string>()
  const next = [test]
  for (let file = next.pop(); file !== undefined; file = next.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    const { imports, mayOpen } = read(file)
    if (mayOpen) return true
    next.push(...imports)
  }
  return false
}

function read(file: string): Read {
  const before = known.get(file)
  if (before) return before
  const text = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : null
  const targets = [...(text ?? '').matchAll(named)].map(([, from, other]) => from ?? other ?? '')
  const ours = targets.flatMap(target => {
    if (target.startsWith('.')) return [join(dirname(file), target)]
    return target.startsWith('@muster/') ? [target.slice('@muster/'.length)] : []
  })
  const one = { imports: ours.filter(path => !path.endsWith('.json')), mayOpen: text === null || opens.test(text) }
  known.set(file, one)
  return one
}
