import { useQuery } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { ApplePush, Invitation, Page } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ButtonLink } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { Icon } from '../../kit/Icon.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { OpenRuns } from '../setups/OpenRuns.tsx'
import { nameColumn, usedColumn } from './columns.tsx'
import { EnrollNav } from './EnrollNav.tsx'
import { InviteForm } from './InviteForm.tsx'
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

function Invitations() {
  const { t, f } = useVoice()
  const now = useNow()
  const list = useQuery({
    queryKey: ['invitations'],
    queryFn: ({ signal }) => get<Page<Invitation>>('/invitations', { limit: 50 }, signal),
  })
  const rows = list.data?.items ?? []
  const open = rows.filter(row => isOpen(row, now))
  const over = rows.filter(row => !isOpen(row, now))
  return (
    <Section id="made" title={t('enroll.made')} hint={open.length > 0 ? f.number(open.length) : null}>
      <ProblemNote error={list.error} />
      {list.data && rows.length === 0 && <Empty title={t('enroll.none')}>{t('enroll.noneText')}</Empty>}
      {open.length > 0 && <Table rows={open} />}
      {over.length > 0 && (
        <details className="rest used-up" open={open.length === 0}>
          <summary>
            <Icon name="right" />
            {t('enroll.over', { n: over.length })}
          </summary>
          <Table rows={over} />
        </details>
      )}
    </Section>
  )
}

const isOpen = (row: Invitation, now: number): boolean => standingOfInvitation(row, now).tone === 'ok'

function Table({ rows }: { rows: Invitation[] }) {
  const voice = useVoice()
  const { t, f } = voice
  const now = useNow()
  return (
    <ListTable<Invitation>
      caption={t('enroll.made')}
      inset
      rows={rows}
      keyOf={row => row.id}
      columns={[
        nameColumn(voice),
        {
          id: 'state',
          head: t('device.col.state'),
          width: 120,
          cell: row => <InvitationState invitation={row} now={now} />,
        },
        usedColumn(voice),
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
