import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { TextArea, TextField } from '../../kit/Field.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import type { Binding } from './AcmePage.tsx'

type Made = Binding & { secret: string; directory: string }

/** Gives a program the right to ask; shows its secret once. */
export function AllowProgram({ onClose }: { onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [form, setForm] = useState({ name: '', names: '', port: '80' })
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const names = form.names.split(/[\s,]+/).filter(name => name !== '')
  const make = useMutation({
    mutationFn: () =>
      call<Made>('POST', '/acme/bindings', { body: { name: form.name.trim(), names, port: Number(form.port) } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['acme'] }),
  })
  if (make.data) return <Secret made={make.data} onClose={onClose} />
  const ready = form.name.trim() !== '' && names.length > 0 && Number(form.port) > 0
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('acme.add')}
      onSubmit={() => ready && !make.isPending && make.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button variant="primary" type="submit" disabled={!ready || make.isPending}>
            {t('acme.add')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('acme.name')}
        hint={t('acme.nameHint')}
        value={form.name}
        maxLength={100}
        onChange={event => set({ name: event.target.value })}
      />
      <TextArea
        label={t('acme.names')}
        hint={t('acme.namesHint')}
        mono
        rows={3}
        value={form.names}
        error={fieldError(make.error, 'body.names')}
        onChange={event => set({ names: event.target.value })}
      />
      <TextField
        label={t('acme.port')}
        hint={t('acme.portHint')}
        inputMode="numeric"
        value={form.port}
        error={fieldError(make.error, 'body.port')}
        onChange={event => set({ port: event.target.value.replaceAll(/\D/g, '') })}
      />
      <ProblemNote error={make.error} />
    </Dialog>
  )
}

function Secret({ made, onClose }: { made: Made; onClose(): void }) {
  const { t } = useVoice()
  const [first = ''] = made.names.filter(name => !name.startsWith('*.'))
  const command = `certbot certonly --standalone --server ${made.directory} --eab-kid ${made.id} --eab-hmac-key ${made.secret} -d ${first || 'host.example.org'}`
  const lines = [
    { label: t('acme.directory'), text: made.directory, copy: t('acme.copyDirectory') },
    { label: t('acme.kid'), text: made.id, copy: t('acme.copyKid') },
    { label: t('acme.hmac'), text: made.secret, copy: t('acme.copyHmac') },
    { label: t('acme.example'), text: command, copy: t('acme.copyExample') },
  ]
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('acme.made', { name: made.name })}
      actions={<Button onClick={onClose}>{t('acme.kept')}</Button>}
    >
      <Note tone="attention" icon="eye">
        <p>{t('acme.once')}</p>
      </Note>
      {lines.map(line => (
        <div key={line.label}>
          <p className="quiet">{line.label}</p>
          <p className="mono once" lang="en">
            {line.text}
          </p>
          <Copy text={line.text} label={line.copy} words />
        </div>
      ))}
    </Dialog>
  )
}

/** Adds an authority whose attestations are believed. */
export function AddRoot({ onClose }: { onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [pem, setPem] = useState('')
  const add = useMutation({
    mutationFn: () => call('POST', '/attestation-roots', { body: { pem: pem.trim() } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['acme'] })
      onClose()
    },
  })
  const ready = pem.includes('BEGIN CERTIFICATE')
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('acme.addRoot')}
      onSubmit={() => ready && !add.isPending && add.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button variant="primary" type="submit" disabled={!ready || add.isPending}>
            {t('acme.addRoot')}
          </Button>
        </>
      }
    >
      <TextArea
        label={t('acme.pem')}
        mono
        rows={8}
        spellCheck={false}
        value={pem}
        onChange={event => setPem(event.target.value)}
      />
      <ProblemNote error={add.error} />
    </Dialog>
  )
}
