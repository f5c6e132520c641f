import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { type ExternalAccount, vendorServices } from '../../contract/custody.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { SelectField, TextArea, TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'

/** Writes an account down, or changes what is written. */
export function AccountDialog({ account, onClose }: { account: ExternalAccount | null; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [form, setForm] = useState({
    address: account?.address ?? '',
    service: account?.service ?? 'business',
    purpose: account?.purpose ?? '',
    team: account?.team ?? '',
    contact: account?.contact ?? '',
    note: account?.note ?? '',
  })
  const known = account?.id ?? null
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  const done = async () => {
    await client.invalidateQueries({ queryKey: ['certificates'] })
    onClose()
  }
  const save = useMutation({
    mutationFn: () => {
      const { service, address, purpose, team, contact, note } = form
      const body = {
        address: address.trim(),
        purpose: purpose.trim(),
        team: orNull(team),
        contact: orNull(contact),
        note: orNull(note),
      }
      return known === null
        ? call('POST', '/external-accounts', { body: { ...body, service } })
        : call('PATCH', `/external-accounts/${known}`, { body })
    },
    onSuccess: done,
  })
  const remove = useMutation({
    mutationFn: () => call('DELETE', `/external-accounts/${known ?? ''}`),
    onSuccess: done,
  })
  const set = (name: keyof typeof form) => (event: { target: { value: string } }) =>
    setForm({ ...form, [name]: event.target.value })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={known === null ? t('accounts.add') : t('accounts.editTitle')}
      onSubmit={() => form.address.trim() && !save.isPending && save.mutate()}
      actions={
        <>
          {known !== null && (
            <Button variant="quiet" busy={remove.isPending} onClick={() => remove.mutate()}>
              {t('accounts.remove')}
            </Button>
          )}
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending} disabled={!form.address.trim()}>
            {t('kit.save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('accounts.address')}
        hint={t('accounts.addressHint')}
        type="email"
        value={form.address}
        onChange={set('address')}
        required
        data-autofocus
      />
      <SelectField
        label={t('accounts.service')}
        value={form.service}
        disabled={known !== null}
        options={vendorServices.map(value => ({ value, label: t(`accounts.service.${value}`) }))}
        onChange={event => setForm({ ...form, service: event.target.value as typeof form.service })}
      />
      <TextField label={t('accounts.purpose')} value={form.purpose} onChange={set('purpose')} />
      <TextField
        label={t('certificates.owner')}
        hint={t('certificates.ownerHint')}
        value={form.team}
        onChange={set('team')}
      />
      <TextField
        label={t('certificates.contact')}
        hint={t('certificates.contactHint')}
        type="email"
        value={form.contact}
        onChange={set('contact')}
      />
      <TextArea label={t('accounts.note')} value={form.note} onChange={set('note')} />
      <ProblemNote error={save.error ?? remove.error} />
    </Dialog>
  )
}
