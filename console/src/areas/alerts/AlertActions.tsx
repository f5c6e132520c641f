import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { get } from '../../api.ts'
import type { AlertPage } from '../../contract/alerts.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Button } from '../../kit/Button.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan, useSession } from '../../session.tsx'
import { EndDialog } from './EndDialog.tsx'
import { useDoing } from './query.ts'
import { SnoozeMenu } from './SnoozeMenu.tsx'

/** What can be done with one alert now. */
export function AlertActions({ alert }: { alert: AlertPage }) {
  const { t } = useVoice()
  const doing = useDoing(alert.id)
  const [ending, setEnding] = useState(false)
  if (!alert.writable) return null
  if (alert.state === 'resolved')
    return (
      <>
        <Button icon="undo" busy={doing.isPending} onClick={() => doing.mutate({ what: 'reopen' })}>
          {t('alerts.reopen')}
        </Button>
        {doing.error && <ProblemNote error={doing.error} />}
      </>
    )
  return (
    <>
      {alert.state === 'open' && (
        <Button
          variant="primary"
          icon="user"
          busy={doing.isPending}
          onClick={() => doing.mutate({ what: 'acknowledge' })}
        >
          {t('alerts.acknowledge')}
        </Button>
      )}
      {alert.person.canBeAsked && (
        <Button icon="message" busy={doing.isPending} onClick={() => doing.mutate({ what: 'ask' })}>
          {t('alerts.ask')}
        </Button>
      )}
      <AssignMenu alert={alert} onChoose={admin => doing.mutate({ what: 'assign', body: { admin } })} />
      <SnoozeMenu
        resting={alert.snoozedUntil !== null}
        onChoose={until => doing.mutate({ what: 'snooze', body: { until } })}
      />
      <Button icon="check" onClick={() => setEnding(true)}>
        {t('alerts.resolve')}
      </Button>
      <EndDialog
        opened={ending}
        n={1}
        busy={doing.isPending}
        error={null}
        onClose={() => setEnding(false)}
        onEnd={note => doing.mutate({ what: 'resolve', body: { note } }, { onSuccess: () => setEnding(false) })}
      />
      {doing.error && <ProblemNote error={doing.error} />}
    </>
  )
}

/** Whom an alert can be given to: oneself, the other admins one may see, nobody. */
function AssignMenu(props: { alert: AlertPage; onChoose(admin: string | null): void }) {
  const { t } = useVoice()
  const { admin: me } = useSession()
  const can = useCan()
  const admins = useQuery({
    queryKey: ['admins'],
    enabled: can('admins:read'),
    queryFn: ({ signal }) => get<{ items: { id: string; name: string; state: string }[] }>('/admins', {}, signal),
  })
  const others = (admins.data?.items ?? []).filter(admin => admin.id !== me.id && admin.state === 'active')
  const now = props.alert.assignee?.id ?? null
  return (
    <ActionMenu
      label={t('alerts.assign')}
      icon="user"
      lines={[
        { key: 'me', label: t('alerts.assign.me'), current: now === me.id, onClick: () => props.onChoose(me.id) },
        ...others.map(admin => ({
          key: admin.id,
          label: admin.name,
          current: now === admin.id,
          onClick: () => props.onChoose(admin.id),
        })),
        ...(now === null
          ? []
          : [{ key: 'none', label: t('alerts.assign.nobody'), apart: true, onClick: () => props.onChoose(null) }]),
      ]}
    >
      {t('alerts.assign')}
    </ActionMenu>
  )
}
