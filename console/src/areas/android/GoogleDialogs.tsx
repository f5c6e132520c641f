import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { KeyFile } from './ConnectGoogle.tsx'
import type { GoogleProgram } from './google.ts'

/** Takes another key of the same project. */
export function ReplaceKey({ one, onClose }: { one: GoogleProgram; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [key, setKey] = useState<string | null>(null)
  const send = useMutation({
    mutationFn: () => call('PUT', `/programs/android/${one.program.id}`, { body: { key } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['programs'] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('google.replaceKey')}
      onSubmit={() => key !== null && !send.isPending && send.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={key === null} busy={send.isPending}>
            {t('google.replaceKey')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('google.replaceText', { project: one.project })}</p>
      <KeyFile onChoose={setKey} />
      <ProblemNote error={send.error} />
    </Dialog>
  )
}

/** Takes leave of Google: says what becomes of everything, and asks for the name. */
export function Disconnect({ one, onClose }: { one: GoogleProgram; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [said, setSaid] = useState('')
  const { name } = one.program
  const send = useMutation({
    mutationFn: () => call('POST', `/programs/android/${one.program.id}/disconnect`, { body: { confirm: said } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['programs'] })
      onClose()
    },
  })
  const right = said.trim().toLowerCase() === name.trim().toLowerCase()
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={t('google.disconnectTitle', { name })}
      onSubmit={() => right && !send.isPending && send.mutate()}
      actions={
        <>
          <Button onClick={onClose} data-autofocus>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" variant="danger" disabled={!right} busy={send.isPending}>
            {t('google.disconnect')}
          </Button>
        </>
      }
    >
      {one.devices > 0 && (
        <Note tone="danger">
          <p>{t('google.disconnectDevices', { n: one.devices })}</p>
        </Note>
      )}
      <p>{t('google.disconnectText')}</p>
      <TextField
        label={t('google.disconnectName', { name })}
        value={said}
        autoComplete="off"
        onChange={event => setSaid(event.target.value)}
      />
      <ProblemNote error={send.error} />
    </Dialog>
  )
}
