import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { ConfirmDestructive } from '../../kit/ConfirmDestructive.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { TextArea, TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { act, type Incident } from './queries.ts'

interface Asking {
  incident: Incident
  onClose(): void
}

/** Carries one act out and closes what asked for it. */
function useAct(incident: Incident, verb: string, onClose: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: unknown) => act(client, incident.id, verb, body),
    onSuccess: onClose,
  })
}

/** What the finder reads. */
export function MessageDialog({ incident, onClose }: Asking) {
  const { t } = useVoice()
  const [message, setMessage] = useState(incident.message)
  const [phone, setPhone] = useState(incident.phone)
  const send = useAct(incident, 'message', onClose)
  const ready = message.trim() !== ''
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('incident.messageTitle')}
      onSubmit={() => ready && !send.isPending && send.mutate({ message: message.trim(), phone: phone.trim() })}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={send.isPending}>
            {t('incident.messageGo')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('incident.messageText')}</p>
      <TextArea
        label={t('incident.messageField')}
        value={message}
        maxLength={500}
        onChange={event => setMessage(event.target.value)}
        data-autofocus
      />
      <TextField
        label={t('incident.phoneField')}
        hint={t('incident.phoneHint')}
        type="tel"
        value={phone}
        maxLength={40}
        onChange={event => setPhone(event.target.value)}
      />
      <ProblemNote error={send.error} />
    </Dialog>
  )
}

/** How the device to erase is named by hand. */
export const nameToType = ({ device }: Incident): string => device.assetTag || device.serial || device.name

/** Erases the device, or removes its work data, once it has been named. */
export function EraseDialog({ incident, scope, onClose }: Asking & { scope: 'all' | 'work' }) {
  const { t, rich } = useVoice()
  const text = nameToType(incident)
  const send = useAct(incident, 'erase', onClose)
  return (
    <ConfirmDestructive
      opened
      onClose={onClose}
      onConfirm={() => send.mutate({ confirm: text, scope })}
      title={t('incident.eraseTitle', { scope, ownership: incident.device.ownership })}
      action={t('incident.eraseGo', { scope })}
      consequences={[
        { tone: 'attention', word: t('incident.eraseNo'), text: t('incident.eraseNoText') },
        { tone: 'pending', word: t('incident.eraseGuard'), text: t('incident.eraseGuardText') },
      ]}
      phrase={{
        label: rich('incident.eraseType', { text }, { mono: inside => <b className="mono">{inside}</b> }),
        text,
      }}
      busy={send.isPending}
      error={send.error}
    >
      <p>{t('incident.eraseText', { scope })}</p>
    </ConfirmDestructive>
  )
}

const endings = {
  found: { title: 'incident.foundTitle', text: 'incident.foundText' },
  'write-off': { title: 'incident.writeOffTitle', text: 'incident.writeOffText' },
  close: { title: 'incident.closeTitle', text: 'incident.closeText' },
} as const

/** Says how it ended, with a note for the record. */
export function EndDialog({ incident, how, onClose }: Asking & { how: keyof typeof endings }) {
  const { t } = useVoice()
  const [note, setNote] = useState('')
  const send = useAct(incident, how, onClose)
  const words = endings[how]
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t(words.title)}
      onSubmit={() => !send.isPending && send.mutate({ note: note.trim() })}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.cancel')}</KeepButton>
          <Button type="submit" variant="primary" busy={send.isPending}>
            {t(words.title)}
          </Button>
        </>
      }
    >
      <p className="soft">{t(words.text)}</p>
      <TextArea
        label={t('incident.noteField')}
        hint={t('incident.noteHint')}
        value={note}
        maxLength={4000}
        onChange={event => setNote(event.target.value)}
      />
      <ProblemNote error={send.error} />
    </Dialog>
  )
}
