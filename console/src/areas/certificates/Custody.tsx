import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { address, call, get } from '../../api.ts'
import type { Admin } from '../../contract.ts'
import type { Keeping, Noticed } from '../../contract/custody.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonAnchor } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { type FactLine, Facts } from '../../kit/Facts.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { addressWord } from './custody-words.ts'
import { lapseWord } from './words.ts'

const steps = [60, 30, 14, 7, 3, 1]

/** Who answers for something, what it is, and what stops without it. */
export function Custody({ keeping }: { keeping: Keeping }) {
  const voice = useVoice()
  const { t, f } = voice
  const can = useCan()
  const id = useId()
  const [editing, setEditing] = useState(false)
  const nobody = <span className="muted">{t('certificates.nobody')}</span>
  const noticed = (text: string | null) => keeping.addresses.find(one => one.address === text?.toLowerCase())
  const certificate: FactLine[] = keeping.certificate
    ? [
        { key: 'subject', label: t('certificates.subject'), value: <span data-name>{keeping.subject}</span> },
        { key: 'issuer', label: t('certificates.issuer'), value: <span data-name>{keeping.issuer}</span> },
        { key: 'serial', label: t('certificates.serial'), value: keeping.serial, mono: true },
      ]
    : []
  const dates: FactLine[] = [
    ...(keeping.startsAt === null
      ? []
      : [{ key: 'from', label: t('certificates.validFrom'), value: f.dateTime(keeping.startsAt) }]),
    ...(keeping.endsAt === null
      ? []
      : [{ key: 'to', label: t('certificates.expires'), value: f.dateTime(keeping.endsAt) }]),
  ]
  const checked: FactLine[] =
    keeping.what === 'channel'
      ? [
          { key: 'name', label: t('custody.keyOf'), value: keeping.name, mono: true },
          { key: 'to', label: t('certificates.expires'), value: t('custody.neverEnds') },
          {
            key: 'checked',
            label: t('custody.checked'),
            value: keeping.checkedAt === null ? t('custody.neverUsed') : f.dateTime(keeping.checkedAt),
          },
          ...(keeping.trouble
            ? [{ key: 'why', label: t('custody.failing'), value: keeping.trouble.text, mono: true }]
            : []),
        ]
      : []
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('certificates.custody')}</h2>
      <Facts
        plain
        lines={[
          {
            key: 'first',
            label: t('custody.first'),
            value: keeping.owner ? <span data-name>{keeping.owner.name}</span> : nobody,
          },
          {
            key: 'owner',
            label: t('certificates.owner'),
            value: keeping.team ? <span data-name>{keeping.team}</span> : nobody,
          },
          {
            key: 'account',
            label: t('certificates.accountLabel'),
            value: <Address text={keeping.account} noticed={noticed(keeping.account)} />,
          },
          {
            key: 'contact',
            label: t('certificates.contact'),
            value: <Address text={keeping.contact} noticed={noticed(keeping.contact)} />,
          },
          ...(keeping.topic
            ? [{ key: 'topic', label: t('certificates.topic'), value: keeping.topic, mono: true }]
            : []),
          ...certificate,
          ...dates,
          ...checked,
          { key: 'lapse', label: t('certificates.lapse'), value: lapseWord(voice, keeping.breaks) ?? '–' },
          ...(keeping.endsAt === null || keeping.renewable === 'itself'
            ? []
            : [{ key: 'told', label: t('custody.reminded'), value: <Reminded at={keeping.announced} /> }]),
        ]}
      />
      <div className="acts cust-acts">
        {can('custody:write') && (
          <Button size="sm" onClick={() => setEditing(true)}>
            {t('certificates.edit')}
          </Button>
        )}
        {keeping.certificate && (
          <ButtonAnchor size="sm" icon="download" href={address(`/certificates/${keeping.certificate}/pem`)}>
            PEM
          </ButtonAnchor>
        )}
      </div>
      {editing && <EditCustody keeping={keeping} onClose={() => setEditing(false)} />}
    </section>
  )
}

/** An address with what is wrong with it. */
export function Address({ text, noticed }: { text: string | null; noticed: Noticed | null | undefined }) {
  const voice = useVoice()
  if (text === null) return <span className="muted">{voice.t('certificates.nobody')}</span>
  return (
    <>
      <span className="mono">{text}</span>
      {noticed?.trouble && (
        <>
          {' '}
          <State tone={noticed.trouble === 'deactivated' ? 'danger' : 'attention'}>
            {addressWord(voice, noticed.trouble)}
          </State>
        </>
      )}
    </>
  )
}

/** The steps at which an end is announced: those past are struck, the last one told stands out. */
function Reminded({ at }: { at: number | null }) {
  const { t, f } = useVoice()
  return (
    <span className="esc">
      {steps.map(days =>
        at === days ? (
          <b key={days}>{t('custody.told', { days })}</b>
        ) : at !== null && days > at ? (
          <s key={days}>{f.number(days)}</s>
        ) : (
          <i key={days}>{f.number(days)}</i>
        ),
      )}
    </span>
  )
}

function EditCustody({ keeping, onClose }: { keeping: Keeping; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const admins = useQuery({
    queryKey: ['admins'],
    queryFn: ({ signal }) => get<{ items: Admin[] }>('/admins', {}, signal),
  })
  const [form, setForm] = useState({
    owner: keeping.owner?.id ?? '',
    team: keeping.team ?? '',
    account: keeping.account ?? '',
    contact: keeping.contact ?? '',
  })
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  const save = useMutation({
    mutationFn: () =>
      call('PATCH', `/custody/${encodeURIComponent(keeping.ref)}`, {
        body: {
          owner: orNull(form.owner),
          team: orNull(form.team),
          account: orNull(form.account),
          contact: orNull(form.contact),
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['certificates'] })
      onClose()
    },
  })
  const active = (admins.data?.items ?? []).filter(one => one.state === 'active')
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
        value={form.team}
        onChange={event => setForm({ ...form, team: event.target.value })}
        data-autofocus
      />
      <SelectField
        label={t('custody.first')}
        hint={t('custody.firstHint')}
        value={form.owner}
        options={[
          { value: '', label: t('custody.firstNobody') },
          ...active.map(one => ({ value: one.id, label: one.name })),
        ]}
        onChange={event => setForm({ ...form, owner: event.target.value })}
        data-name
      />
      <TextField
        label={t('certificates.accountLabel')}
        hint={t('custody.accountHint')}
        value={form.account}
        onChange={event => setForm({ ...form, account: event.target.value })}
        required={keeping.what === 'push'}
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
