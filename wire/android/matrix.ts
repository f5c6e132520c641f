import { type Lines, orders, settings } from './abilities.ts'

/** The ways of holding a device, by their letters. */
export const modeLetters = { F: 'fully-managed', D: 'dedicated', C: 'company-profile', W: 'work-profile' } as const
export type MatrixMode = (typeof modeLetters)[keyof typeof modeLetters]

/** By which road: our own agent, or Google's management API. */
export type MatrixRoad = 'agent' | 'google'

/** What one road makes of a setting. */
export type Ability =
  | {
      /** The call, the restriction or the field; of a field, the value that binds. */
      readonly by: string
      readonly value: string | null
      /** The first level, and the modes with those of their own. */
      readonly api: number
      readonly modes: readonly MatrixMode[]
      readonly since: Readonly<Partial<Record<MatrixMode, number>>>
    }
  /** Why not: there is no such call, or only other systems know what it is, or nobody has written it yet. */
  | { readonly not: 'no-call' | 'other-system' | 'not-yet' }

const column: Readonly<Record<MatrixRoad, 0 | 1>> = { agent: 0, google: 1 }
const form = /^(?:-(no-call|other-system|not-yet)|([\w.]+)(?:=(\w+))? (\d+) ((?:[FDCW]\d*)+))$/
const read = new Map<string, Ability>()

/** Reads a line; throws on one that is not written as it should be. */
function abilityIn(line: string): Ability {
  const known = read.get(line)
  if (known) return known
  const [, not, by = '', value = null, api = '', letters = ''] = form.exec(line) ?? []
  if (not === undefined && by === '') throw new Error(`not a line of the matrix: ${line}`)
  const said = [...letters.matchAll(/([FDCW])(\d*)/g)].map(
    ([, letter = '', own = '']) => [modeLetters[letter as keyof typeof modeLetters], Number(own || api)] as const,
  )
  const ability: Ability =
    not === undefined
      ? { by, value, api: Number(api), modes: said.map(([mode]) => mode), since: Object.fromEntries(said) }
      : { not: not as 'no-call' }
  read.set(line, ability)
  return ability
}

function lineIn(lines: Lines | undefined, key: string): readonly [string, string] | undefined {
  return lines && Object.hasOwn(lines, key) ? lines[key] : undefined
}

/** What a road makes of a key of a kind of ours (`''`: of the kind as a whole); null where the kind is none of ours. */
export function settingAbility(road: MatrixRoad, kind: string, key: string): Ability | null {
  const lines = Object.hasOwn(settings, kind) ? settings[kind] : undefined
  const [top = ''] = key.split('/')
  const line = lineIn(lines, top) ?? lineIn(lines, '')
  return line ? abilityIn(line[column[road]]) : null
}

/** What a road makes of an order; null where it is none that phones take. */
export function orderAbility(road: MatrixRoad, kind: string): Ability | null {
  const line = lineIn(orders, kind)
  return line ? abilityIn(line[column[road]]) : null
}

/** The kinds and orders it speaks of. */
export const matrixKinds: readonly string[] = Object.keys(settings)
export const matrixOrders: readonly string[] = Object.keys(orders)

/** The keys of a kind that have a line of their own. */
export const matrixKeys = (kind: string): string[] => Object.keys(settings[kind] ?? {}).filter(k => k !== '')

/** The versions of Android by their levels; a level without a version of its own is as the one before. */
const versions: Readonly<Record<number, string>> = {
  21: '5',
  22: '5.1',
  23: '6',
  24: '7',
  25: '7.1',
  26: '8',
  27: '8.1',
  28: '9',
  29: '10',
  30: '11',
  31: '12',
  32: '12.1',
}

/** The first version of Android by mode. */
export function versionsOf({ since }: Extract<Ability, { by: string }>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(since).map(([mode, api]) => [mode, versionOfLevel(api)]))
}

/** The version of Android that people know a level by. */
export function versionOfLevel(api: number): string {
  return versions[api] ?? String(api - 20)
}
