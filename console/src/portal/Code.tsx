import { useState } from 'react'
import { call } from '../api.ts'
import { Act, Line, Part, Refused, useWork } from './parts.tsx'
import { useVoice } from './voice.tsx'

/** Asks who is there: a code is mailed and typed. */
export function Code(props: { codes: boolean; onProven(): Promise<void>; onCancel(): void }) {
  const { t } = useVoice()
  const [sent, setSent] = useState<string | null>(null)
  const [code, setCode] = useState('')
  const send = useWork(async () => {
    setSent((await call<{ to: string }>('POST', '/my/code')).to)
  })
  const prove = useWork(async () => {
    await call('POST', '/my/step-up', { body: { code: code.replaceAll(/\s/g, '') } })
    await props.onProven()
  })
  return (
    <Part title={t('code.title')} open>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          if (code.trim() !== '') prove.run()
        }}
      >
        <p className="soft">{props.codes ? t('code.text') : t('code.none')}</p>
        {sent !== null && (
          <>
            <p role="status">{t('code.sent', { to: sent })}</p>
            <Line label={t('code.label')} value={code} onChange={setCode} code max={10} />
          </>
        )}
        <Refused error={prove.error ?? send.error} />
        {sent !== null && (
          <Act primary type="submit" busy={prove.busy} disabled={code.trim() === ''}>
            {t('code.go')}
          </Act>
        )}
        {props.codes && (
          <Act primary={sent === null} busy={send.busy} onClick={() => send.run()}>
            {t('code.send')}
          </Act>
        )}
        <Act quiet onClick={props.onCancel}>
          {t('page.cancel')}
        </Act>
      </form>
    </Part>
  )
}
