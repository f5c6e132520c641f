import { useState } from 'react'
import { call } from '../api.ts'
import { Icon } from '../kit/Icon.tsx'
import type { MyDevicePage } from './contract.ts'
import { Act, Line, Part, Refused, useWork } from './parts.tsx'
import { useVoice } from './voice.tsx'

type Violation = MyDevicePage['violations'][number]

/** Rules that the device does not keep, how to mend it, and the way to ask for an exception. */
export function Rules(props: { page: MyDevicePage; onDone(): Promise<void> }) {
  const { t } = useVoice()
  const { violations, device } = props.page
  if (violations.length === 0) return null
  return (
    <Part title={t('rules.title')}>
      <ul className="no">
        {violations.map(violation => (
          <li key={violation.rule}>
            <Icon name={violation.verdict === 'excepted' ? 'ok' : 'attention'} />
            <One violation={violation} device={device.id} onDone={props.onDone} />
          </li>
        ))}
      </ul>
    </Part>
  )
}

function One(props: { violation: Violation; device: string; onDone(): Promise<void> }) {
  const { t, f, has } = useVoice()
  const [asking, setAsking] = useState(false)
  const [asked, setAsked] = useState(false)
  const [reason, setReason] = useState('')
  const { rule, name, verdict, since, graceUntil, fix, code, found } = props.violation
  const usual = `mend.${code ?? ''}`
  const mend = fix === '' ? (has(usual) ? t(usual) : null) : fix
  const send = useWork(async () => {
    await call('POST', '/my/asks', { body: { kind: 'exception', device: props.device, rule, reason } })
    setAsked(true)
    setAsking(false)
    await props.onDone()
  })
  return (
    <div className="grow">
      <b>{name}</b>
      <span>
        {verdict === 'excepted' && t('rules.excepted')}
        {verdict === 'grace' && graceUntil !== null && t('rules.grace', { at: f.dateTime(graceUntil) })}
        {verdict === 'violating' && t('rules.since', { at: f.dateTime(since) })}
      </span>
      {found.length > 0 && <p className="small">{f.list(found.slice(0, 20))}</p>}
      {mend && <p className="fix">{mend}</p>}
      {asked && <p role="status">{t('rules.asked')}</p>}
      {verdict !== 'excepted' && !asked && !asking && (
        <button type="button" className="link" onClick={() => setAsking(true)}>
          {t('rules.ask')}
        </button>
      )}
      {asking && (
        <form
          className="form"
          onSubmit={event => {
            event.preventDefault()
            if (reason.trim() !== '') send.run()
          }}
        >
          <Line label={t('hours.reason')} lines={2} value={reason} onChange={setReason} />
          <Refused error={send.error} />
          <Act primary type="submit" busy={send.busy} disabled={reason.trim() === ''}>
            {t('hours.send')}
          </Act>
          <Act quiet onClick={() => setAsking(false)}>
            {t('page.cancel')}
          </Act>
        </form>
      )}
    </div>
  )
}
