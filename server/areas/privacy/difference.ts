import {
  type Action,
  actions,
  type Collect,
  collectingBy,
  collects,
  type Commanding,
  commandingBy,
  type Rules,
} from './charter.ts'
import { type DataType, dataTypes, type Owned, owned } from './type.ts'

/** What a charter holds: its rules, and whose signatures loosening it takes. */
export interface Terms {
  readonly rules: Rules
  readonly cosigners: readonly string[]
}

interface Where {
  readonly ownership: Owned
  readonly mode: string | null
  readonly unit: string | null
}

/** One thing that differs between two charters. */
export type Difference = { readonly loosens: boolean } & (
  | ({ readonly of: 'collect'; readonly type: DataType; readonly before: Collect; readonly now: Collect } & Where)
  | ({ readonly of: 'command'; readonly action: Action; readonly before: Commanding; readonly now: Commanding } & Where)
  | { readonly of: 'retention'; readonly type: DataType; readonly before: number | null; readonly now: number | null }
  | { readonly of: 'app' | 'cosigner'; readonly name: string; readonly before: boolean; readonly now: boolean }
)

/**
 * What would hold otherwise under another charter, place by place: rules are compared by what they come to, not by how they are written.
 * `pathOf` gives the path of a unit that a rule names. Pure.
 */
export function differencesOf(before: Terms, now: Terms, pathOf: (unit: string) => string): Difference[] {
  const wheres = placesIn([before.rules, now.rules])
  return [
    ...wheres.flatMap(where => differAt(before.rules, now.rules, where, pathOf)),
    ...dataTypes.flatMap((type): Difference[] => {
      const [was, is] = [before.rules.retention[type], now.rules.retention[type]]
      return was === is
        ? []
        : [{ of: 'retention', type, before: was, now: is, loosens: (is ?? Infinity) > (was ?? Infinity) }]
    }),
    ...named('app', before.rules.apps, now.rules.apps),
    ...named('cosigner', before.cosigners, now.cosigners),
  ]
}

/** Naming an app shows it; naming who must sign holds everybody to it. */
function named(of: 'app' | 'cosigner', before: readonly string[], now: readonly string[]): Difference[] {
  return [...new Set([...before, ...now])]
    .filter(name => before.includes(name) !== now.includes(name))
    .map(name => ({
      of,
      name,
      before: before.includes(name),
      now: now.includes(name),
      loosens: now.includes(name) === (of === 'app'),
    }))
}

function placesIn(all: readonly Rules[]): Omit<Where, 'ownership'>[] {
  const rules = all.flatMap(r => [...r.collect, ...r.command])
  const modes = [...new Set<string | null>([null, ...rules.map(r => r.mode)])]
  const units = [...new Set<string | null>([null, ...rules.map(r => r.unit)])]
  return units.flatMap(unit => modes.map(mode => ({ unit, mode })))
}

function differAt(
  before: Rules,
  now: Rules,
  { unit, mode }: Omit<Where, 'ownership'>,
  pathOf: (unit: string) => string,
): Difference[] {
  const unitPath = unit === null ? '/' : pathOf(unit)
  return owned.flatMap(ownership => {
    const place = { ownership, mode, unitPath }
    const where = { ownership, mode, unit }
    const collect = [collectingBy(before, place), collectingBy(now, place)] as const
    const command = [commandingBy(before, place), commandingBy(now, place)] as const
    const types = dataTypes.flatMap((type): Difference[] => {
      const [was, is] = [collect[0](type), collect[1](type)]
      return was === is
        ? []
        : [
            {
              of: 'collect',
              type,
              before: was,
              now: is,
              loosens: collects.indexOf(is) > collects.indexOf(was),
              ...where,
            },
          ]
    })
    const orders = actions.flatMap((action): Difference[] => {
      const [was, is] = [command[0](action), command[1](action)]
      return was === is
        ? []
        : [{ of: 'command', action, before: was, now: is, loosens: is !== 'never' && was !== 'allow', ...where }]
    })
    // A unit or a way of being managed that differs only as the whole org does says nothing of its own.
    return [...types, ...orders]
  })
}

/** The differences without those that only repeat, for one unit or way of being managed, what differs everywhere. Pure. */
export function shortened(all: readonly Difference[]): Difference[] {
  const whole = new Set(all.flatMap(d => ('unit' in d && d.unit === null && d.mode === null ? [keyOf(d)] : [])))
  return all.filter(d => !('unit' in d) || (d.unit === null && d.mode === null) || !whole.has(keyOf(d)))
}

function keyOf(d: Difference): string {
  if (d.of === 'collect') return `${d.type} ${d.ownership} ${d.before} ${d.now}`
  return d.of === 'command' ? `${d.action} ${d.ownership} ${d.before} ${d.now}` : d.of
}
