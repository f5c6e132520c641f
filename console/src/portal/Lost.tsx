import { useState } from 'react'
import { call } from '../api.ts'
import { Icon } from '../kit/Icon.tsx'
import { Code } from './Code.tsx'
import type { MyDevice } from './contract.ts'
import { Act, Line, Part, Refused, useWork } from './parts.tsx'
import { useVoice } from './voice.tsx'

interface Done {
  number: number
  action: string
}

/** Reports the device as missing, once the person has proved who they are. */
export function Lost(props: {
  device: MyDevice
  proven: boolean
  codes: boolean
  onDone(): Promise<void>
  onClose(): void
}) {
  const { t, or } = useVoice()
  const [kind, setKind] = useState<'lost' | 'stolen'>('lost')
  const [phone, setPhone] = useState('')
  const [note, setNote] = useState('')
  const [proving, setProving] = useState(false)
  const [done, setDone] = useState<Done | null>(null)
  const send = async (): Promise<void> => {
    const body = { kind, ...(phone ? { phone } : {}), ...(note ? { note } : {}) }
    setDone(await call<Done>('POST', `/my/devices/${props.device.id}/lost`, { body }))
    setProving(false)
    await props.onDone()
  }
  const report = useWork(send)
  if (done)
    return (
      <Part title={t('lost.title')} open>
        <div className="note ok" role="status">
          <Icon name="ok" />
          <div>
            <p>
              <b>{t('lost.done', { number: done.number })}</b>
            </p>
            <p>{t(or(`lost.did.${done.action}`, 'lost.did.none'))}</p>
          </div>
        </div>
      </Part>
    )
  if (proving) return <Code codes={props.codes} onProven={send} onCancel={() => setProving(false)} />
  return (
    <Part title={t('lost.title')} open>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          if (props.proven) report.run()
          else setProving(true)
        }}
      >
        <p className="soft">{t('lost.text')}</p>
        <fieldset className="seg wide">
          <legend className="vh">{t('lost.kind')}</legend>
          {(['lost', 'stolen'] as const).map(one => (
            <button key={one} type="button" aria-pressed={kind === one} onClick={() => setKind(one)}>
              {t(`lost.${one}`)}
            </button>
          ))}
        </fieldset>
        <Line label={t('lost.phone')} type="tel" value={phone} onChange={setPhone} max={40} />
        <Line label={t('lost.note')} lines={3} value={note} onChange={setNote} max={2000} />
        <Refused error={report.error} />
        <Act primary icon="flag" type="submit" busy={report.busy}>
          {t('lost.go')}
        </Act>
        <Act quiet onClick={props.onClose}>
          {t('page.cancel')}
        </Act>
      </form>
    </Part>
  )
}
