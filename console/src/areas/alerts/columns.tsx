import { Link } from '@tanstack/react-router'
import type { Alert } from '../../contract/alerts.ts'
import type { Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import type { FilterField } from '../../kit/chips.ts'
import type { Column } from '../../kit/DataTable.tsx'
import { State } from '../../kit/State.tsx'
import { types, typeWord } from './typeWord.ts'
import { severities, states, titleOf } from './words.ts'

/** How an alert stands, in a word. */
export function AlertState({ alert, voice }: { alert: Alert; voice: Voice }) {
  const { t, f } = voice
  if (alert.snoozedUntil !== null)
    return (
      <State tone="none" icon="paused">
        {t('alerts.state.resting', { until: f.dateTime(alert.snoozedUntil) })}
      </State>
    )
  const { tone, icon, label } = states[alert.state]
  return (
    <State tone={tone} icon={icon}>
      {t(label)}
    </State>
  )
}

/** How grave an alert is, in a word; grey once it has ended. */
export function AlertSeverity({ alert, voice }: { alert: Alert; voice: Voice }) {
  const { tone, icon, label } = severities[alert.severity]
  return (
    <State tone={alert.state === 'resolved' ? 'none' : tone} icon={icon}>
      {voice.t(label)}
    </State>
  )
}

/** The columns of the list of alerts. */
export function alertColumns(voice: Voice): Column<Alert>[] {
  const { t } = voice
  const dash = <span className="muted">–</span>
  return [
    {
      id: 'what',
      head: t('alerts.col.what'),
      width: 380,
      cell: (row, link) => (
        <Link to="/alerts/$alert" params={{ alert: row.id }} {...link} className="row-link cut">
          {titleOf(voice, row)}
        </Link>
      ),
    },
    {
      id: 'severity',
      head: t('alerts.col.severity'),
      width: 110,
      cell: row => <AlertSeverity alert={row} voice={voice} />,
    },
    { id: 'state', head: t('alerts.col.state'), width: 130, cell: row => <AlertState alert={row} voice={voice} /> },
    { id: 'unit', head: t('device.col.unit'), width: 130, cell: row => row.unit.name || dash },
    { id: 'assignee', head: t('alerts.col.assignee'), width: 130, cell: row => row.assignee?.name ?? dash },
    { id: 'since', head: t('alerts.col.since'), width: 84, num: true, cell: row => <Age at={row.openedAt} /> },
  ]
}

/** The fields alerts can be found by. */
export function alertFields(voice: Voice): FilterField[] {
  const { t } = voice
  return [
    {
      name: 'state',
      label: t('alerts.col.state'),
      kind: 'choice',
      options: (['open', 'acknowledged', 'resolved'] as const).map(value => ({ value, label: t(states[value].label) })),
    },
    {
      name: 'type',
      label: t('alerts.col.type'),
      kind: 'choice',
      options: types.map(value => ({ value, label: typeWord(voice, value) })),
    },
    {
      name: 'severity',
      label: t('alerts.col.severity'),
      kind: 'choice',
      options: (['critical', 'warning', 'caution'] as const).map(value => ({
        value,
        label: t(severities[value].label),
      })),
    },
    { name: 'snoozed', label: t('alerts.view.resting'), kind: 'yes-no' },
    { name: 'assigned', label: t('alerts.col.assignee'), kind: 'text', example: 'me' },
    { name: 'unit', label: t('device.col.unit'), kind: 'text' },
    { name: 'opened', label: t('alerts.col.since'), kind: 'age', example: '7d' },
  ]
}
