import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Device } from '../../contract.ts'
import type { EscrowRevealed } from '../../contract/escrow.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { sayKind } from './SecretsPanel.tsx'

/** Asks why, has who asks prove who they are, and shows the secret until the dialog is closed. */
export function RevealDialog(props: { device: Device; kind: string; id?: string; onClose(): void }) {
  const { device, kind, id, onClose } = props
  const voice = useVoice()
  const { t, f } = voice
  const client = useQueryClient()
  const [purpose, setPurpose] = useState('')
  const reveal = useMutation({
    mutationFn: () =>
      call<EscrowRevealed>('POST', `/devices/${device.id}/secrets/${kind}/reveal`, {
        body: { purpose: purpose.trim(), ...(id === undefined ? {} : { id }) },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['device', device.id] }),
    gcTime: 0,
  })
  const ready = purpose.trim().length >= 3
  const shown = reveal.data
  const others = shown?.values.filter(v => v.value !== shown.value) ?? []
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('escrow.revealTitle', { kind: sayKind(voice, kind), name: device.name })}
      onSubmit={() => ready && !reveal.isPending && !shown && reveal.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{shown ? t('kit.close') : t('kit.cancel')}</Button>
          {!shown && (
            <Button type="submit" variant="primary" disabled={!ready} busy={reveal.isPending}>
              {t('security.reveal')}
            </Button>
          )}
        </>
      }
    >
      {shown ? (
        <>
          <Value text={shown.value} />
          {others.length > 0 && <p className="small">{t('escrow.perhaps')}</p>}
          {others.map(other => (
            <Value key={other.id} text={other.value} />
          ))}
          {shown.replacedAt !== null && (
            <p className="small muted">{t('escrow.replacedAt', { when: f.dateTime(shown.replacedAt) })}</p>
          )}
        </>
      ) : (
        <TextField
          label={t('security.purpose')}
          hint={t('security.purposeHint')}
          value={purpose}
          onChange={event => setPurpose(event.target.value)}
          data-autofocus
        />
      )}
      <ProblemNote error={reveal.error} />
    </Dialog>
  )
}

function Value({ text }: { text: string }) {
  const { t } = useVoice()
  return (
    <p className="secret">
      <span className="mono" data-name>
        {text}
      </span>{' '}
      <Copy text={text} label={t('kit.copy')} />
    </p>
  )
}
