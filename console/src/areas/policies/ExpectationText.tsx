import type { PolicyTest } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { sayItem, sayKey, sayValue } from '../../kit/values.tsx'
import { sayScope } from '../blueprints/ScopeSentence.tsx'

/** What a test asserts, as a sentence. */
export function ExpectationText({ test }: { test: Pick<PolicyTest, 'where' | 'expect'> & Partial<PolicyTest> }) {
  const voice = useVoice()
  const { rich } = voice
  const { where, expect, scope, unit } = test
  const item = 'lacks' in expect ? expect.lacks : expect.has
  const [kind = item] = item.split('#')
  const scoped = where === '' && scope !== undefined && unit !== undefined && isNarrow(scope)
  const who = scoped ? sayScope(voice, { scope, unit, window: { from: null, until: null }, names: {} }) : where
  const base = { who, name: sayItem(voice, item), all: who === '' ? 'yes' : 'no' }
  const key = 'key' in expect && expect.key ? sayKey(voice, kind, expect.key) : ''
  const value = (is: Parameters<typeof sayValue>[2]) =>
    sayValue(voice, 'key' in expect ? (expect.key ?? '') : '', is, kind)
  if ('lacks' in expect) return rich(key === '' ? 'tests.lacks' : 'tests.lacksKey', { ...base, key })
  if ('equals' in expect) return rich('tests.key.equals', { ...base, key, value: value(expect.equals) })
  if ('atLeast' in expect) return rich('tests.key.atLeast', { ...base, key, value: value(expect.atLeast) })
  if ('atMost' in expect) return rich('tests.key.atMost', { ...base, key, value: value(expect.atMost) })
  if ('oneOf' in expect)
    return rich('tests.key.equals', { ...base, key, value: voice.f.either(expect.oneOf.map(value)) })
  return rich('tests.has', base)
}

const isNarrow = (scope: PolicyTest['scope']): boolean =>
  [scope.include, scope.exclude].some(part => Object.values(part).some(list => list.length > 0)) ||
  Object.keys(scope.conditions).length > 0
