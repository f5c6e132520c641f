import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu, type MenuLine } from '../../kit/ActionMenu.tsx'

const hour = 3_600_000
const day = 24 * hour

function tomorrowMorning(): number {
  const at = new Date()
  at.setDate(at.getDate() + 1)
  at.setHours(9, 0, 0, 0)
  return at.getTime()
}

/** How long alerts are to rest. */
export function SnoozeMenu(props: { resting?: boolean; small?: boolean; onChoose(until: number | null): void }) {
  const { t } = useVoice()
  const choose = (until: () => number | null) => () => props.onChoose(until())
  const lines: MenuLine[] = [
    { key: 'hour', label: t('alerts.snooze.hour'), onClick: choose(() => Date.now() + hour) },
    { key: 'morning', label: t('alerts.snooze.morning'), onClick: choose(tomorrowMorning) },
    { key: 'week', label: t('alerts.snooze.week'), onClick: choose(() => Date.now() + 7 * day) },
    { key: 'month', label: t('alerts.snooze.month'), onClick: choose(() => Date.now() + 30 * day) },
    ...(props.resting ? [{ key: 'end', label: t('alerts.snooze.end'), apart: true, onClick: choose(() => null) }] : []),
  ]
  return (
    <ActionMenu label={t('alerts.snooze')} icon="paused" lines={lines} {...(props.small ? { small: true } : {})}>
      {t('alerts.snooze')}
    </ActionMenu>
  )
}
