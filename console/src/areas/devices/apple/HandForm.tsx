import { useState } from 'react'
import type { Device } from '../../../contract.ts'
import { useVoice } from '../../../i18n/index.tsx'
import { TextArea, TextField } from '../../../kit/Field.tsx'
import { PageHead } from '../../../kit/Page.tsx'
import { crumbsOf } from './crumbs.tsx'
import { SendBox } from './SendBox.tsx'
import { useSend } from './useSend.ts'

/** A command as text, for what the catalog does not know yet. */
export function HandForm({ device }: { device: Device }) {
  const { t } = useVoice()
  const [text, setText] = useState('{\n  "RequestType": ""\n}')
  const [reason, setReason] = useState('')
  const [confirm, setConfirm] = useState('')
  const command = read(text)
  const send = useSend(device)
  return (
    <>
      <PageHead title={t('apple.byHand')} crumbs={crumbsOf(t, device, t('apple.byHand'))} lede={t('apple.handLede')} />
      <SendBox
        device={device}
        standing={null}
        blocked={command === undefined}
        reason={reason}
        onReason={setReason}
        busy={send.isPending}
        error={send.error}
        onSend={() => send.mutate({ command, reason, ...(confirm.trim() ? { confirm: confirm.trim() } : {}) })}
      >
        <TextArea
          label={t('apple.handText')}
          hint={t('apple.handHint')}
          error={command === undefined ? t('apple.handBad') : null}
          rows={14}
          mono
          spellCheck={false}
          value={text}
          onChange={event => setText(event.target.value)}
        />
        <TextField
          label={t('apple.confirm')}
          hint={t('apple.confirmHint')}
          autoComplete="off"
          spellCheck={false}
          mono
          value={confirm}
          onChange={event => setConfirm(event.target.value)}
        />
      </SendBox>
    </>
  )
}

/** The text as it is sent: a property list as it stands, JSON as what it says; undefined for anything else. */
function read(text: string): unknown {
  if (text.trimStart().startsWith('<')) return text
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
