import type { setups as source } from '../en/setups.ts'

/** Texts of this part of the console. */
export const setups = {
  'event.setup.began':
    'Inställningen har börjat: den slutar av sig själv inom {minutes, plural, one {# minut} other {# minuter}}',
  'event.setup.progressed': 'Inställning: {done, number} av {total, number} är på plats',
  'event.setup.stuck':
    'Inställningen har fastnat: {code, select, silent {enheten säger ingenting} failing {något den behöver misslyckas gång på gång} other {inget rör sig}}',
  'event.setup.ended':
    'Inställningen slutade efter {minutes, plural, one {# minut} other {# minuter}}: {why, select, ready {allt var på plats} late {tiden var ute, {done, number} av {total, number} var på plats} other {det fanns inget mer att vänta på}}',
} as const satisfies Record<keyof typeof source, string>
