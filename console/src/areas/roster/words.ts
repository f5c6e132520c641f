import type { Assigned, ProgramState, Trouble } from '../../contract/roster.ts'
import type { Voice } from '../../i18n/index.tsx'
import type { ToneName } from '../../kit/State.tsx'

/** How a program's state is drawn. */
export const programTones: Record<ProgramState, ToneName> = {
  new: 'pending',
  good: 'ok',
  terms: 'danger',
  refused: 'danger',
  expired: 'danger',
  throttled: 'attention',
  silent: 'attention',
  elsewhere: 'danger',
}

/** How it is drawn how far a setup is. */
export const assignedTones: Record<Assigned, ToneName> = {
  none: 'none',
  wanted: 'pending',
  assigned: 'ok',
  delivered: 'ok',
  removed: 'none',
  failed: 'danger',
}

/** What is wrong, in words, with what to do next where there is something; the code where nobody has words for it. */
export function sayTrouble({ t, has }: Voice, trouble: Trouble): { what: string; next: string | null } {
  for (const what of [`trouble.${trouble.code}`, `problem.program.${trouble.code}`]) {
    const next = `${what}.next`
    if (has(what)) return { what: t(what), next: has(next) ? t(next) : null }
  }
  return { what: t('trouble.other'), next: null }
}
