import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call, get } from '../../api.ts'
import type { Session } from '../../contract.ts'
import type { AlertRules, Notifications as Mine, Way } from '../../contract/alerts.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Segments, SelectField, Tick } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan, useSession } from '../../session.tsx'
import { typeWord } from './typeWord.ts'
import { severities } from './words.ts'
import { State } from '../../kit/State.tsx'

const ways = ['now', 'digest', 'off'] as const

/** How the signed-in admin hears of alerts, and what the org has decided about them. */
export function Notifications() {
  const { t } = useVoice()
  const can = useCan()
  return (
    <>
      <PageHead
        title={t('notifications.title')}
        crumbs={[{ label: t('nav.settings'), to: '/settings' }, { label: t('notifications.title') }]}
        lede={t('notifications.lede')}
      />
      <Own />
      {can('alerts:read') && <Org />}
    </>
  )
}

function useMine() {
  const client = useQueryClient()
  const mine = useQuery({
    queryKey: ['notifications'],
    queryFn: ({ signal }) => get<Mine>('/me/notifications', {}, signal),
  })
  const change = useMutation({
    scope: { id: 'notifications' },
    mutationFn: (body: { digestHour?: number | null; ways?: Record<string, Way> }) =>
      call<Mine>('PUT', '/me/notifications', { body }),
    onSuccess: now => {
      client.setQueryData(['notifications'], now)
      void client.invalidateQueries({ queryKey: ['digest'] })
    },
  })
  return { mine, change }
}

function Own() {
  const voice = useVoice()
  const { t } = voice
  const { mine, change } = useMine()
  if (!mine.data)
    return (
      <div className="pad">
        {mine.error ? <ProblemNote error={mine.error} /> : <Bones lines={8} label={t('kit.loading')} />}
      </div>
    )
  const { items, digestHour, email } = mine.data
  return (
    <>
      <Section id="mine" title={t('notifications.mine')} hint={t('notifications.to', { email })}>
        <div className="stack narrow">
          <SelectField
            label={t('notifications.hour')}
            value={digestHour === null ? '' : String(digestHour)}
            onChange={event =>
              change.mutate({ digestHour: event.target.value === '' ? null : Number(event.target.value) })
            }
            options={[
              { value: '', label: t('notifications.none') },
              ...Array.from({ length: 24 }, (_, hour) => ({
                value: String(hour),
                label: `${String(hour).padStart(2, '0')}:00`,
              })),
            ]}
          />
          <Zone />
          <ProblemNote error={change.error} />
        </div>
      </Section>
      <ul className="mail-ways" aria-label={t('notifications.mine')}>
        {items.map(row => (
          <li key={row.type}>
            <span>{typeWord(voice, row.type)}</span>
            {row.fixed ? (
              <span className="small muted">{t('notifications.fixed')}</span>
            ) : (
              <Segments<Way>
                label={t('notifications.way', { what: typeWord(voice, row.type) })}
                value={row.way}
                onChange={way => change.mutate({ ways: { [row.type]: way } })}
                options={ways.map(value => ({ value, label: t(`notifications.${value}`) }))}
              />
            )}
          </li>
        ))}
      </ul>
      <Preview />
    </>
  )
}

/** The zone of the digest's hour is the person's own. */
function Zone() {
  const { t } = useVoice()
  const { admin } = useSession()
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (zone: string) => call<Session>('PATCH', '/me', { body: { zone } }),
    onSuccess: session => client.setQueryData(['session'], session),
  })
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const zones = Intl.supportedValuesOf('timeZone')
  const now = admin.zone ?? 'UTC'
  return (
    <>
      <SelectField
        label={t('notifications.zone')}
        value={now}
        onChange={event => change.mutate(event.target.value)}
        options={[...new Set(['UTC', now, ...zones])].map(zone => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      />
      {here !== now && (
        <p className="soft">
          {t('notifications.zoneHere', { zone: here.replaceAll('_', ' ') })}{' '}
          <Button size="sm" onClick={() => change.mutate(here)}>
            {t('notifications.zoneTake')}
          </Button>
        </p>
      )}
      <ProblemNote error={change.error} />
    </>
  )
}

function Preview() {
  const { t } = useVoice()
  const digest = useQuery({
    queryKey: ['digest'],
    queryFn: ({ signal }) =>
      get<{ digest: { subject: string; text: string } | null }>('/me/notifications/digest', {}, signal),
  })
  return (
    <Section id="preview" title={t('notifications.preview')}>
      <div>
        {digest.isPending && <Bones lines={4} label={t('kit.loading')} />}
        <ProblemNote error={digest.error} />
        {digest.data && digest.data.digest === null && <p className="soft">{t('notifications.previewNone')}</p>}
        {digest.data?.digest && (
          <article className="letter">
            <h3>{digest.data.digest.subject}</h3>
            <p>{digest.data.digest.text}</p>
          </article>
        )}
      </div>
    </Section>
  )
}

/** Which alerts are opened at all, and of which people are told. */
function Org() {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const client = useQueryClient()
  const rules = useQuery({
    queryKey: ['alert-rules'],
    queryFn: ({ signal }) => get<AlertRules>('/alerts/settings', {}, signal),
  })
  const change = useMutation({
    scope: { id: 'alert-rules' },
    mutationFn: (body: { type: string; opens?: boolean; toPerson?: boolean }) =>
      call<AlertRules>('PUT', '/alerts/settings', { body }),
    onSuccess: now => client.setQueryData(['alert-rules'], now),
  })
  const fixed = !can('alerts:write') || change.isPending
  return (
    <Section id="org" title={t('notifications.org')}>
      <div>
        <p className="soft">{t('notifications.orgHint')}</p>
        <ProblemNote error={rules.error ?? change.error} />
      </div>
      <ListTable
        caption={t('notifications.org')}
        inset
        rows={(rules.data?.items ?? []).filter(row => !row.everyone)}
        keyOf={row => row.type}
        columns={[
          {
            id: 'type',
            head: t('alerts.col.type'),
            width: 280,
            cell: row => <span className="alert-type">{typeWord(voice, row.type)}</span>,
          },
          {
            id: 'severity',
            head: t('alerts.col.severity'),
            width: 120,
            aside: true,
            cell: row => {
              const { tone, icon, label } = severities[row.severity]
              return (
                <State tone={tone} icon={icon}>
                  {t(label)}
                </State>
              )
            },
          },
          {
            id: 'opens',
            head: t('notifications.opens'),
            width: 120,
            cell: row => (
              <Tick
                toggle
                disabled={fixed}
                checked={row.opens}
                label={<span className="vh">{`${t('notifications.opens')}: ${typeWord(voice, row.type)}`}</span>}
                onChange={event => change.mutate({ type: row.type, opens: event.target.checked })}
              />
            ),
          },
          {
            id: 'person',
            head: t('notifications.toPerson'),
            width: 140,
            cell: row =>
              row.toPerson === null ? (
                <span className="muted">–</span>
              ) : (
                <Tick
                  toggle
                  disabled={fixed}
                  checked={row.toPerson}
                  label={<span className="vh">{`${t('notifications.toPerson')}: ${typeWord(voice, row.type)}`}</span>}
                  onChange={event => change.mutate({ type: row.type, toPerson: event.target.checked })}
                />
              ),
          },
        ]}
      />
    </Section>
  )
}
