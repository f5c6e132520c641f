import type { ChangeState, Import, ImportOf, LineRemark, Outcome } from '../../contract/changes.ts'
import type { Voice } from '../../i18n/index.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import type { ToneName } from '../../kit/State.tsx'

interface Look {
  tone: ToneName
  icon: IconName
}

/** How each state of an import looks. */
export const importStates: Record<Import['state'], Look> = {
  reading: { tone: 'pending', icon: 'pending' },
  checking: { tone: 'pending', icon: 'pending' },
  ready: { tone: 'attention', icon: 'attention' },
  applying: { tone: 'pending', icon: 'send' },
  applied: { tone: 'ok', icon: 'ok' },
  undoing: { tone: 'pending', icon: 'undo' },
  undone: { tone: 'none', icon: 'undo' },
  failed: { tone: 'danger', icon: 'danger' },
  expired: { tone: 'none', icon: 'canceled' },
}

/** How each state of a planned change looks. */
export const changeStates: Record<ChangeState, Look> = {
  draft: { tone: 'attention', icon: 'attention' },
  planned: { tone: 'pending', icon: 'pending' },
  running: { tone: 'pending', icon: 'send' },
  watching: { tone: 'pending', icon: 'eye' },
  done: { tone: 'ok', icon: 'ok' },
  stopped: { tone: 'danger', icon: 'held' },
  canceled: { tone: 'none', icon: 'canceled' },
  undoing: { tone: 'pending', icon: 'undo' },
  undone: { tone: 'none', icon: 'undo' },
}

/** How each outcome of a line looks. */
export const outcomes: Record<Outcome, Look> = {
  add: { tone: 'ok', icon: 'plus' },
  change: { tone: 'info', icon: 'edit' },
  same: { tone: 'none', icon: 'minus' },
  remove: { tone: 'danger', icon: 'minus' },
  error: { tone: 'danger', icon: 'danger' },
}

/** The fields a file of each kind can hold. */
export const importFields: Record<ImportOf, readonly string[]> = {
  users: [
    'employeeNumber',
    'email',
    'displayName',
    'familyName',
    'givenName',
    'yomi',
    'language',
    'unit',
    'groups',
    'id',
  ],
  units: ['unit', 'name', 'parent', 'id'],
  devices: ['serial', 'name', 'unit', 'user', 'ownership', 'shared', 'asset', 'tags', 'id'],
}

/** What a field of a file is called. */
export function sayField({ t, has }: Voice, field: string): string {
  if (field.startsWith('attribute.')) return t('imports.field.attribute', { name: field.slice('attribute.'.length) })
  const key = `imports.field.${field}`
  return has(key) ? t(key) : field
}

/** What is wrong with a line, in words. */
export function sayRemark(voice: Voice, { code, facts }: LineRemark): string {
  for (const key of [code, `row.${code}`]) if (voice.has(key)) return voice.tell(key, facts)
  return code
}
