import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type { MailStanding, MailState, OutboxMail } from '../../contract/alerts.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { Facts } from '../../kit/Facts.tsx'
import { Segments } from '../../kit/Field.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, Sentence, State, type ToneName } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'

const looks: Record<MailState, { tone: ToneName; icon: IconName }> = {
  waiting: { tone: 'pending', icon: 'queued' },
  sent: { tone: 'ok', icon: 'check' },
  refused: { tone: 'danger', icon: 'danger' },
  late: { tone: 'attention', icon: 'pending' },
}

/** How mail leaves this server, a test of it, and what did not arrive. */
export function MailPage() {
  const { t } = useVoice()
  const can = useCan()
  const mail = useQuery({
    queryKey: ['mail'],
    queryFn: ({ signal }) => get<MailStanding>('/mail', {}, signal),
    refetchInterval: 10_000,
  })
  return (
    <>
      <PageHead
        title={t('mail.title')}
        crumbs={[{ label: t('nav.settings'), to: '/settings' }, { label: t('mail.title') }]}
        lede={mail.data?.ready ? <Standing mail={mail.data} /> : t('mail.lede')}
      >
        {mail.data?.ready && can('alerts:write') && <TestMail />}
      </PageHead>
      <div className="pad">
        <ProblemNote error={mail.error} />
        {mail.isPending && <Bones lines={4} label={t('kit.loading')} />}
        {mail.data && !mail.data.ready && <Empty title={t('mail.none')}>{t('mail.noneText')}</Empty>}
        {mail.data?.trouble && (
          <Note tone="attention">
            <p className="mono" lang="en">
              {mail.data.trouble}
            </p>
          </Note>
        )}
        {mail.data?.server && <Server mail={mail.data} />}
      </div>
      {mail.data?.ready && <Outbox counts={mail.data.counts} />}
    </>
  )
}

function Standing({ mail }: { mail: MailStanding }) {
  const { f, rich } = useVoice()
  const now = useNow(60_000)
  const bold = { b: (inside: React.ReactNode) => <b>{inside}</b> }
  const host = mail.server?.host ?? ''
  if (mail.failingSince !== null)
    return (
      <Sentence tone="attention">
        {rich('mail.fails', { host, since: f.relative(mail.failingSince, now) }, bold)}
      </Sentence>
    )
  if (mail.deliveredAt === null) return <Sentence tone="pending">{rich('mail.untried', {}, bold)}</Sentence>
  return <Sentence tone="ok">{rich('mail.works', { host, when: f.relative(mail.deliveredAt, now) }, bold)}</Sentence>
}

function TestMail() {
  const { t } = useVoice()
  const client = useQueryClient()
  const test = useMutation({
    mutationFn: () => call<{ to: string }>('POST', '/mail/test'),
    onSuccess: () => client.invalidateQueries({ queryKey: ['mail'] }),
  })
  return (
    <>
      <Button icon="send" busy={test.isPending} onClick={() => test.mutate()}>
        {t('mail.test')}
      </Button>
      <span className="small muted" role="status">
        {test.data && t('mail.tested', { to: test.data.to })}
      </span>
      {test.error && <ProblemNote error={test.error} />}
    </>
  )
}

function Server({ mail }: { mail: MailStanding }) {
  const { t } = useVoice()
  const { server, from } = mail
  if (!server) return null
  return (
    <Facts
      plain
      lines={[
        { key: 'host', label: t('mail.server'), value: `${server.host}:${server.port}`, mono: true },
        { key: 'from', label: t('mail.from'), value: from, mono: true },
        { key: 'tls', label: t('mail.tls'), value: t(`mail.tls.${server.tls}`) },
        { key: 'in', label: t('mail.signedIn'), value: server.signedIn ? t('kit.yes') : t('kit.no') },
      ]}
    />
  )
}

function Outbox({ counts }: { counts: MailStanding['counts'] }) {
  const { t } = useVoice()
  const [state, setState] = useState<MailState | 'all'>('all')
  const list = useInfiniteQuery({
    queryKey: ['mail', 'outbox', state],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<OutboxMail>>(
        '/mail/outbox',
        { limit: 50, ...(pageParam ? { cursor: pageParam } : {}), ...(state === 'all' ? {} : { state }) },
        signal,
      ),
    getNextPageParam: page => page.next,
    refetchInterval: 10_000,
  })
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  const label = (of: MailState) => t('alerts.count', { label: t(`mail.state.${of}`), n: counts[of] })
  return (
    <Section id="outbox" title={t('mail.outbox')}>
      <div className="stack">
        <Segments<MailState | 'all'>
          label={t('mail.state')}
          value={state}
          onChange={setState}
          options={[
            { value: 'all', label: t('mail.all') },
            ...(['waiting', 'refused', 'late', 'sent'] as const).map(value => ({ value, label: label(value) })),
          ]}
        />
        <ProblemNote error={list.error} />
        {list.data && rows.length === 0 && <p className="soft">{t('mail.outboxNone')}</p>}
      </div>
      {rows.length > 0 && (
        <ListTable
          caption={t('mail.outbox')}
          inset
          rows={rows}
          keyOf={row => row.id}
          columns={[
            { id: 'to', head: t('mail.to'), width: 220, cell: row => row.to },
            { id: 'subject', head: t('mail.subject'), aside: true, cell: row => row.subject },
            {
              id: 'state',
              head: t('mail.state'),
              width: 130,
              cell: row => (
                <State tone={looks[row.state].tone} icon={looks[row.state].icon}>
                  {t(`mail.state.${row.state}`)}
                </State>
              ),
            },
            {
              id: 'answer',
              head: t('mail.answer'),
              width: 260,
              aside: true,
              cell: row =>
                row.answer && row.state !== 'sent' ? (
                  <span className="mono small" lang="en">
                    {row.answer}
                  </span>
                ) : (
                  <span className="muted">–</span>
                ),
            },
            { id: 'at', head: t('mail.at'), width: 84, num: true, cell: row => <Age at={row.createdAt} /> },
          ]}
        />
      )}
      {list.hasNextPage && (
        <div>
          <Button variant="quiet" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('timeline.earlier')}
          </Button>
        </div>
      )}
    </Section>
  )
}
