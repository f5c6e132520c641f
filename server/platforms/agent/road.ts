import { modeLetters, settingAbility, versionsOf } from '@muster/wire/android/matrix.ts'
import type * as policies from '../../areas/policies/index.ts'

const codes = { 'no-call': 'no-such-setting', 'other-system': 'no-such-setting', 'not-yet': 'not-built' } as const

/** What our agent makes of each setting on Android, under the codes it answers with itself. */
export const road: policies.Road = {
  road: 'agent',
  platform: 'android',
  modes: Object.values(modeLetters),
  way: (kind, key) => {
    // Google's own words are for Google alone.
    if (kind.startsWith('android.')) return { not: 'agent.no-such-setting' }
    const ability = settingAbility('agent', kind, key)
    if (ability === null) return null
    if ('not' in ability) return { not: `agent.${codes[ability.not]}` }
    return { by: ability.by, modes: versionsOf(ability) }
  },
  reasons: { mode: 'agent.management-mode', version: 'agent.api-level' },
}
