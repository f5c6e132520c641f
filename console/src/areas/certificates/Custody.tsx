import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { address, call } from '../../api.ts'
import type { Certificate } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonAnchor } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { Facts } from '../../kit/Facts.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { lapseWord } from './words.ts'

/** Who answers for a credential, what it is, and what stops without it. */
export function Custody({ certificate }: { certificate: Certificate }) {
  const voice = useVoice()
  const { t, f } = voice
  const id = useId()
  const [editing, setEditing] = useState(false)
  const nobody = <span className="muted">{t('certificates.nobody')}</span>
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('certificates.custody')}</h2>
      <Facts
        plain
        lines={[
          { key: 'owner', label: t('certificates.owner'), value: certificate.owner ?? nobody },
          {
            key: 'account',
            label: t('certificates.accountLabel'),
            value: certificate.account ?? nobody,
            mono: certificate.account !== null,
          },
          { key: 'contact', label: t('certificates.contact'), value: certificate.contact ?? nobody },
          ...(certificate.topic
            ? [{ key: 'topic', label: t('certificates.topic'), value: certificate.topic, mono: true }]
            : []),
          { key: 'subject', label: t('certificates.subject'), value: certificate.subject },
          { key: 'issuer', label: t('certificates.issuer'), value: certificate.issuer },
          { key: 'serial', label: t('certificates.serial'), value: certificate.serial, mono: true },
          { key: 'from', label: t('certificates.validFrom'), value: f.dateTime(certificate.notBefore) },
          { key: 'to', label: t('certificates.expires'), value: f.dateTime(certificate.notAfter) },
          { key: 'lapse', label: t('certificates.lapse'), value: lapseWord(voice, certificate.breaks) ?? '–' },
        ]}
      />
      <div className="acts cust-acts">
        <Button size="sm" onClick={() => setEditing(true)}>
          {t('certificates.edit')}
        </Button>
        <ButtonAnchor size="sm" icon="download" href={address(`/certificates/${certificate.id}/pem`)}>
          PEM
        </ButtonAnchor>
      </div>
      {editing && <EditCustody certificate={certificate} onClose={() => setEditing(false)} />}
    </section>
  )
}

function EditCustody({ certificate, onClose }: { certificate: Certificate; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [form, setForm] = useState({
    owner: certificate.owner ?? '',
    account: certificate.account ?? '',
    contact: certificate.contact ?? '',
  })
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  const save = useMutation({
    mutationFn: () =>
      call('PATCH', `/certificates/${certificate.id}`, {
        body: { owner: orNull(form.owner), account: orNull(form.account), contact: orNull(form.contact) },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['certificates'] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('certificates.editTitle')}
      onSubmit={() => !save.isPending && save.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending}>
            {t('kit.save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('certificates.owner')}
        hint={t('certificates.ownerHint')}
        value={form.owner}
        onChange={event => setForm({ ...form, owner: event.target.value })}
        data-autofocus
      />
      <TextField
        label={t('certificates.accountLabel')}
        value={form.account}
        onChange={event => setForm({ ...form, account: event.target.value })}
      />
      <TextField
        label={t('certificates.contact')}
        hint={t('certificates.contactHint')}
        value={form.contact}
        onChange={event => setForm({ ...form, contact: event.target.value })}
      />
      <ProblemNote error={save.error} />
    </Dialog>
  )
}
