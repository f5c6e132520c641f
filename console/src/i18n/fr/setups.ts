import type { setups as source } from '../en/setups.ts'

/** Texts of this part of the console. */
export const setups = {
  'event.setup.began':
    'Configuration commencée : elle finit d’elle-même en {minutes, plural, one {# minute} other {# minutes}}',
  'event.setup.progressed': 'Configuration : {done, number} sur {total, number} en place',
  'event.setup.stuck':
    'Configuration bloquée : {code, select, silent {l’appareil ne dit rien} failing {un élément requis échoue sans cesse} other {rien n’avance}}',
  'event.setup.ended':
    'Configuration terminée après {minutes, plural, one {# minute} other {# minutes}} : {why, select, ready {tout était en place} late {échéance atteinte, {done, number} sur {total, number} en place} other {plus rien à attendre}}',
} as const satisfies Record<keyof typeof source, string>
