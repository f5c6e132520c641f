import type { Scope, ScopeSelection, Window } from '../../contract/blueprints.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { platformNames } from '../../kit/platforms.ts'
import type { Platform } from '../../contract.ts'

/** What a sentence about a scope needs: names of what it names by id, and the unit it hangs on. */
export interface ScopeWords {
  scope: Scope
  window: Window
  unit: { name: string }
  names: Readonly<Record<string, string>>
}

/** Whom an assignment means, as one sentence. */
export function ScopeSentence({ assignment }: { assignment: ScopeWords }) {
  return <>{sayScope(useVoice(), assignment)}</>
}

/** Whom an assignment means: who, except whom, only which, from when to when. */
export function sayScope(voice: Voice, { scope, window, unit, names }: ScopeWords): string {
  const { t, f } = voice
  const include = partsOf(voice, scope.include, names)
  const exclude = partsOf(voice, scope.exclude, names)
  const only = conditionsOf(voice, scope.conditions)
  const from = window.from ? f.dateTime(window.from) : 'none'
  const until = window.until ? f.dateTime(window.until) : 'none'
  return t('scopes.sentence', {
    who: include.length === 0 ? t('scopes.below', { name: unit.name }) : f.list(include),
    except: exclude.length === 0 ? 'none' : f.list(exclude),
    only: only.length === 0 ? 'none' : f.list(only),
    from,
    until,
  })
}

function partsOf({ t }: Voice, selection: ScopeSelection, names: Readonly<Record<string, string>>): string[] {
  const name = (id: string) => names[id] ?? id
  return [
    ...selection.units.map(({ unit, below }) => t(below ? 'scopes.below' : 'scopes.unit', { name: name(unit) })),
    ...selection.groups.map(id => t('scopes.group', { name: name(id) })),
    ...selection.tags.map(tag => t('scopes.tag', { name: tag })),
    ...selection.users.map(id => t('scopes.user', { name: name(id) })),
    ...selection.devices.map(id => name(id)),
  ]
}

function conditionsOf({ t, f }: Voice, conditions: Scope['conditions']): string[] {
  const { ownership, platforms, osFrom, osBelow, supervised, tags } = conditions
  return [
    ...(platforms?.length ? [f.either(platforms.map(one => platformNames[one as Platform] ?? one))] : []),
    ...(ownership?.length
      ? [f.either(ownership.map(one => t(`scopes.ownership.${one}` as 'scopes.ownership.company')))]
      : []),
    ...(supervised === undefined ? [] : [t(supervised ? 'scopes.supervised' : 'scopes.notSupervised')]),
    ...(osFrom ? [t('scopes.osFrom', { version: osFrom })] : []),
    ...(osBelow ? [t('scopes.osBelow', { version: osBelow })] : []),
    ...(tags?.length ? [t('scopes.tagged', { tags: f.list(tags) })] : []),
  ]
}
