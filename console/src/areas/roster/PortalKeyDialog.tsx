import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Program } from '../../contract/roster.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { TextArea, TextField } from '../../kit/Field.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'

/** Takes an API key of the portal into use, or a newer one of the same program. The key is never shown again. */
export function PortalKeyDialog({ program, onClose }: { program: Program | null; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [form, setForm] = useState({ name: program?.name ?? '', account: '', clientId: '', keyId: '', key: '' })
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const credential = { clientId: form.clientId.trim(), keyId: form.keyId.trim(), key: form.key }
  const save = useMutation({
    mutationFn: () =>
      program
        ? call('PUT', `/programs/portal/${program.id}/key`, { body: credential })
        : call('POST', '/programs/portal', {
            body: { name: form.name.trim(), account: form.account.trim() || null, ...credential },
          }),
    gcTime: 0,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['programs'] })
      onClose()
    },
  })
  const ready = form.name.trim() !== '' && Object.values(credential).every(value => value.trim() !== '')
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={program ? t('portalKey.renewTitle', { name: program.name }) : t('portalKey.add')}
      onSubmit={() => ready && !save.isPending && save.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending} disabled={!ready}>
            {program ? t('portalKey.renewGo') : t('portalKey.addGo')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('portalKey.how')}</p>
      {!program && (
        <div className="pair">
          <TextField
            label={t('programs.name')}
            value={form.name}
            error={fieldError(save.error, 'name')}
            onChange={event => set({ name: event.target.value })}
            data-autofocus
          />
          <TextField
            label={t('programs.account')}
            hint={t('programs.accountHint')}
            value={form.account}
            onChange={event => set({ account: event.target.value })}
          />
        </div>
      )}
      <div className="pair">
        <TextField
          label={t('portalKey.client')}
          mono
          autoComplete="off"
          spellCheck={false}
          value={form.clientId}
          error={fieldError(save.error, 'clientId')}
          onChange={event => set({ clientId: event.target.value })}
        />
        <TextField
          label={t('portalKey.keyId')}
          mono
          autoComplete="off"
          spellCheck={false}
          value={form.keyId}
          error={fieldError(save.error, 'keyId')}
          onChange={event => set({ keyId: event.target.value })}
        />
      </div>
      <label className="bring">
        <span className="lab">{t('portalKey.file')}</span>
        <input
          type="file"
          accept=".pem,application/x-pem-file"
          onChange={async event => {
            const chosen = event.target.files?.[0]
            if (chosen && chosen.size <= 16 * 1024) set({ key: await chosen.text() })
          }}
        />
      </label>
      <TextArea
        label={t('portalKey.key')}
        hint={t('portalKey.keyHint')}
        mono
        rows={4}
        autoComplete="off"
        spellCheck={false}
        value={form.key}
        onChange={event => set({ key: event.target.value })}
      />
      <ProblemNote error={save.error} />
    </Dialog>
  )
}
