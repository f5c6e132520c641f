import type { PolicyTest } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { sayKey, sayKind, sayValue } from '../../kit/values.tsx'

/** What a test asserts, as a sentence. */
export function ExpectationText({ test }: { test: Pick<PolicyTest, 'where' | 'expect'> }) {
  const voice = useVoice()
  const { rich } = voice
  const { where, expect } = test
  const item = 'lacks' in expect ? expect.lacks : expect.has
  const [kind = item, instance] = item.split('#')
  const name = instance ? `${sayKind(voice, kind)} ${instance}` : sayKind(voice, kind)
  const who = where === '' ? voice.t('tests.everyDevice') : where
  if ('lacks' in expect) return rich('tests.lacks', { who, name, all: where === '' ? 'yes' : 'no' })
  if (!expect.key) return rich('tests.has', { who, name, all: where === '' ? 'yes' : 'no' })
  const how =
    'equals' in expect
      ? 'equals'
      : expect.atLeast !== undefined
        ? 'atLeast'
        : expect.atMost !== undefined
          ? 'atMost'
          : 'set'
  const value = expect.equals ?? expect.atLeast ?? expect.atMost ?? null
  return rich(`tests.key.${how}`, {
    who,
    name,
    all: where === '' ? 'yes' : 'no',
    key: sayKey(voice, kind, expect.key),
    value: sayValue(voice, expect.key, value),
  })
}
