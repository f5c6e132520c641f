import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { ApplePush, Invitation, InvitationLink, Page } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, State } from '../../kit/State.tsx'
import { shortPath, useScope, useUnits } from '../../scope.tsx'
import { useCan, useSession } from '../../session.tsx'
import { OpenRuns } from '../setups/OpenRuns.tsx'
import { EnrollNav } from './EnrollNav.tsx'
import { standingOfInvitation } from './words.ts'

/** Makes an invitation, and lists those that were made. */
export function Enroll() {
  const can = useCan()
  const { t, rich } = useVoice()
  const push = useQuery({
    queryKey: ['certificates', 'push'],
    queryFn: ({ signal }) => get<ApplePush>('/push/apple', {}, signal),
    retry: false,
  })
  const missing = push.data && push.data.state !== 'ready'
  return (
    <>
      <PageHead
        title={t('enroll.title')}
        crumbs={[{ label: t('nav.devices'), to: '/devices' }, { label: t('enroll.title') }]}
        lede={t('enroll.lede')}
      />
      <EnrollNav />
      <div className="pad">
        {missing && (
          <Note
            tone="attention"
            acts={
              <ButtonLink to="/settings/certificates" size="sm">
                {t('enroll.toPush')}
              </ButtonLink>
            }
          >
            <p>{rich('enroll.noPush', {})}</p>
          </Note>
        )}
      </div>
      <div className="cols enroll-cols">
        <InviteForm />
        <div>
          {can('devices:read') && <OpenRuns />}
          <Invitations />
        </div>
      </div>
    </>
  )
}

const hours = [1, 24, 24 * 7, 24 * 30, 24 * 90]

function InviteForm() {
  const { t, f } = useVoice()
  const client = useQueryClient()
  const navigate = useNavigate()
  const scope = useScope()
  const { units: roots } = useSession()
  const units = useUnits()
  const [form, setForm] = useState({ name: '', unit: '', ownership: 'company', uses: '1', hours: '24' })
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const unit = form.unit || scope.unit?.id || roots[0]?.id || units.data?.[0]?.id || ''
  const invite = useMutation({
    mutationFn: () =>
      call<InvitationLink>('POST', '/invitations', {
        body: {
          platform: 'apple',
          unit,
          ownership: form.ownership,
          uses: form.uses === 'any' ? null : Number(form.uses),
          expiresInHours: Number(form.hours),
          ...(form.name.trim() ? { name: form.name.trim() } : {}),
        },
      }),
    onSuccess: made => {
      client.setQueryData(['invitation-link', made.id], made)
      void client.invalidateQueries({ queryKey: ['invitations'] })
      void navigate({ to: '/enrollment/$invitation', params: { invitation: made.id } })
    },
  })
  return (
    <Section id="invite" title={t('enroll.new')}>
      <form
        className="stack narrow"
        onSubmit={event => {
          event.preventDefault()
          if (unit && !invite.isPending) invite.mutate()
        }}
      >
        <TextField
          label={t('enroll.name')}
          hint={t('enroll.nameHint')}
          value={form.name}
          onChange={event => set({ name: event.target.value })}
        />
        <SelectField
          label={t('enroll.unit')}
          value={unit}
          onChange={event => set({ unit: event.target.value })}
          options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
        />
        <SelectField
          label={t('enroll.ownership')}
          hint={t('enroll.ownershipHint')}
          value={form.ownership}
          onChange={event => set({ ownership: event.target.value })}
          options={(['company', 'personal', 'unknown'] as const).map(value => ({
            value,
            label: t(`device.ownership.${value}`),
          }))}
        />
        <div className="pair">
          <SelectField
            label={t('enroll.uses')}
            value={form.uses}
            onChange={event => set({ uses: event.target.value })}
            options={[
              ...['1', '5', '20', '100'].map(n => ({ value: n, label: t('enroll.times', { n: Number(n) }) })),
              { value: 'any', label: t('enroll.anyTimes') },
            ]}
          />
          <SelectField
            label={t('enroll.expires')}
            value={form.hours}
            onChange={event => set({ hours: event.target.value })}
            options={hours.map(n => ({ value: String(n), label: f.span(n * 3_600_000) }))}
          />
        </div>
        <ProblemNote error={invite.error} />
        <div>
          <Button type="submit" variant="primary" icon="qr" disabled={unit === ''} busy={invite.isPending}>
            {t('enroll.make')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function Invitations() {
  const { t, f } = useVoice()
  const now = useNow()
  const list = useQuery({
    queryKey: ['invitations'],
    queryFn: ({ signal }) => get<Page<Invitation>>('/invitations', { limit: 50 }, signal),
  })
  const rows = list.data?.items ?? []
  return (
    <div>
      <Section id="made" title={t('enroll.made')}>
        <ProblemNote error={list.error} />
        {list.data && rows.length === 0 && <Empty title={t('enroll.none')}>{t('enroll.noneText')}</Empty>}
        {rows.length > 0 && (
          <ListTable
            caption={t('enroll.made')}
            inset
            rows={rows}
            keyOf={row => row.id}
            columns={[
              {
                id: 'name',
                head: t('enroll.invitation'),
                cell: row => (
                  <Link className="plain" to="/enrollment/$invitation" params={{ invitation: row.id }}>
                    {row.name ?? shortPath(row.unit.path)}
                  </Link>
                ),
              },
              {
                id: 'state',
                head: t('device.col.state'),
                width: 120,
                cell: row => <InvitationState invitation={row} now={now} />,
              },
              {
                id: 'used',
                head: t('enroll.used'),
                width: 84,
                num: true,
                cell: row =>
                  row.uses === null ? f.number(row.used) : t('enroll.usedOf', { used: row.used, uses: row.uses }),
              },
              {
                id: 'left',
                head: t('home.left'),
                width: 72,
                num: true,
                aside: true,
                cell: row => (row.expiresAt > now ? f.age(row.expiresAt - now) : '–'),
              },
            ]}
          />
        )}
      </Section>
    </div>
  )
}

/** The state of an invitation as icon and word. */
export function InvitationState({ invitation, now }: { invitation: Invitation; now: number }) {
  const { t } = useVoice()
  const { tone, icon, label } = standingOfInvitation(invitation, now)
  return (
    <State tone={tone} icon={icon} quiet>
      {t(label)}
    </State>
  )
}
