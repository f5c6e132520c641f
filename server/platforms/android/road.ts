import { modeLetters, settingAbility, versionsOf } from '@muster/wire/android/matrix.ts'
import type * as policies from '../../areas/policies/index.ts'

const codes = { 'no-call': 'no-such-setting', 'other-system': 'no-such-setting', 'not-yet': 'not-built' } as const

/** What Google's management interface makes of each setting of ours, under the codes its devices answer with. */
export const road: policies.Road = {
  road: 'android',
  platform: 'android',
  modes: Object.values(modeLetters),
  way: (kind, key) => {
    const ability = settingAbility('google', kind, key)
    if (ability === null) return null
    if ('not' in ability) return { not: `androidManagement.${codes[ability.not]}` }
    return { by: ability.by, modes: versionsOf(ability) }
  },
  reasons: { mode: 'androidManagement.management-mode', version: 'androidManagement.api-level' },
}
