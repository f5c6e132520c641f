import { useState } from 'react'
import { call } from '../api.ts'
import type { Ask, MyDevicePage } from './contract.ts'
import { Act, Line, Part, Refused, useWork } from './parts.tsx'
import { useVoice } from './voice.tsx'

/** Whether it is working time, what was asked for, and the way to ask for more. Only where something limits it. */
export function Hours(props: { page: MyDevicePage; asks: readonly Ask[]; onDone(): Promise<void> }) {
  const { t, f } = useVoice()
  const [asking, setAsking] = useState(false)
  const { hours, device } = props.page
  const asks = props.asks.filter(ask => ask.device === device.id).slice(0, 3)
  const back = useWork(async (id: string) => {
    await call('DELETE', `/my/asks/${id}`)
    await props.onDone()
  })
  if (!hours) return null
  return (
    <Part title={t('hours.title')}>
      <p className="first">{t(hours.phase === 'off' ? 'hours.off' : 'hours.working')}</p>
      <ul className="asks">
        {asks.map(ask => (
          <li key={ask.id}>
            <span>{said(ask)}</span>
            {['asked', 'granted'].includes(ask.state) && (
              <button type="button" className="link" onClick={() => back.run(ask.id)}>
                {t('hours.back')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Refused error={back.error} />
      {asking ? (
        <AskForm
          device={device.id}
          onDone={async () => {
            setAsking(false)
            await props.onDone()
          }}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <Act icon="pending" onClick={() => setAsking(true)}>
          {t('hours.ask')}
        </Act>
      )}
    </Part>
  )

  function said(ask: Ask): string {
    const at = f.dateTime(ask.until)
    if (ask.state === 'asked') return t('hours.asked', { at })
    if (ask.state === 'granted') return t('hours.granted', { at })
    return ask.state === 'denied' ? `${t('hours.denied')} ${ask.note}` : t('hours.over')
  }
}

const hourMs = 3_600_000

function AskForm(props: { device: string; onDone(): Promise<void>; onCancel(): void }) {
  const { t } = useVoice()
  const [until, setUntil] = useState(() => local(Date.now() + 2 * hourMs))
  const [reason, setReason] = useState('')
  const send = useWork(async () => {
    const body = { kind: 'hours', device: props.device, until: new Date(until).getTime(), reason }
    await call('POST', '/my/asks', { body })
    await props.onDone()
  })
  const ready = reason.trim() !== '' && !Number.isNaN(new Date(until).getTime())
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        if (ready) send.run()
      }}
    >
      <Line label={t('hours.until')} type="datetime-local" value={until} onChange={setUntil} min={local(Date.now())} />
      <Line label={t('hours.reason')} lines={2} value={reason} onChange={setReason} />
      <Refused error={send.error} />
      <Act primary type="submit" busy={send.busy} disabled={!ready}>
        {t('hours.send')}
      </Act>
      <Act quiet onClick={props.onCancel}>
        {t('page.cancel')}
      </Act>
    </form>
  )
}

/** As an input for dates takes it, on the clock of the reader. */
function local(at: number): string {
  const shifted = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return shifted.toISOString().slice(0, 16)
}
