import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { OrderDialog } from './OrderDialog.tsx'
import { act, type Incident, type StandingOrder } from './queries.ts'

/** What happens by itself, until when, and what follows. */
export function OrderPanel({ incident }: { incident: Incident }) {
  const voice = useVoice()
  const { t } = voice
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const back = useMutation({ mutationFn: () => act(client, incident.id, 'order-back') })
  const order = incident.order?.endedAt === null ? incident.order : null
  const may = incident.acts.find(a => a.act === 'order')
  if (incident.state === 'closed' || (order === null && !may?.allowed)) return null
  return (
    <section className="msec" aria-labelledby="order">
      <h2 id="order">{t('incident.order')}</h2>
      <div className="order">
        {order ? <Terms order={order} /> : <p className="soft">{t('incident.order.none')}</p>}
        {order && <Waits order={order} voice={voice} />}
        {may?.allowed && order?.state !== 'sent' && (
          <div className="order-acts">
            <Button size="big" onClick={() => setAsking(true)}>
              {t(order ? 'incident.order.change' : 'incident.order.give')}
            </Button>
            {order && (
              <Button size="big" variant="quiet" busy={back.isPending} onClick={() => back.mutate()}>
                {t('incident.order.takeBack')}
              </Button>
            )}
          </div>
        )}
        <ProblemNote error={back.error} />
        <p className="small muted">{t('incident.order.kept')}</p>
      </div>
      {asking && <OrderDialog incident={incident} onClose={() => setAsking(false)} />}
    </section>
  )
}

function Terms({ order }: { order: StandingOrder }) {
  const { t, f } = useVoice()
  return (
    <ol>
      <li>
        <span className="s s-pending">
          <Icon name="pending" />
          {order.until === null
            ? t('incident.order.forever')
            : t('incident.order.until', { at: f.dateTime(order.until) })}
        </span>
        <span>
          {t('incident.order.does', { lock: order.keepLocked ? 'yes' : 'no', every: order.locateEveryMinutes ?? 0 })}
        </span>
      </li>
      {order.until !== null && (
        <li>
          <span className={order.after === 'nothing' ? 's s-none' : 's s-danger'}>
            <Icon name={order.after === 'nothing' ? 'check' : 'erase'} />
            {t('incident.order.then')}
          </span>
          <span>{t(`incident.order.then.${order.after}`)}</span>
        </li>
      )}
    </ol>
  )
}

function Waits({ order, voice: { t, has } }: { order: StandingOrder; voice: Voice }) {
  if (order.state === 'sent')
    return (
      <Note tone="pending">
        <p>{t('incident.order.sent')}</p>
        {order.command && (
          <Link to="/commands/$command" params={{ command: order.command }}>
            {t('incident.order.toCommand')}
          </Link>
        )}
      </Note>
    )
  if (order.state !== 'held' && order.state !== 'due') return null
  const key = `incident.order.waits.${order.why ?? ''}`
  const problem = `problem.${order.why ?? ''}`
  const words = has(key) ? t(key) : has(problem) ? t(problem) : t('incident.order.waits.other')
  return (
    <Note tone="attention">
      <p>{words}</p>
    </Note>
  )
}
