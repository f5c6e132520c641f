import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Intent } from '../../contract/guard.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { Tabs } from '../../kit/Tabs.tsx'
import { actorWord } from '../audit/words.tsx'
import '../../kit/css/guard.css'
import { intentsQuery } from './queries.ts'
import { actionWord, intentStates, waitsFor, whyWord } from './words.ts'

/** What waits for others, for time or for room, and what became of it. */
export function HeldList() {
  const { t } = useVoice()
  const { which = 'open' } = useSearch({ strict: false }) as { which?: string }
  const state = which === 'ended' ? 'ended' : 'open'
  const navigate = useNavigate()
  return (
    <>
      <PageHead
        title={t('held.title')}
        lede={t('held.lede')}
        crumbs={[{ label: t('nav.activity'), to: '/activity' }, { label: t('held.title') }]}
      />
      <Tabs
        label={t('held.which')}
        tabs={[
          { id: 'open', label: t('held.open'), panel: <Rows state="open" /> },
          { id: 'ended', label: t('held.ended'), panel: <Rows state="ended" /> },
        ]}
        current={state}
        onChange={id => void navigate({ to: '/activity/held', search: id === 'ended' ? { which: id } : {} })}
      />
    </>
  )
}

function Rows({ state }: { state: 'open' | 'ended' }) {
  const voice = useVoice()
  const { t, f } = voice
  const list = useInfiniteQuery(intentsQuery(state))
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  return (
    <>
      <div className="pad">
        <ProblemNote error={list.error} />
        {list.isPending && <Bones lines={4} label={t('kit.loading')} />}
        {list.data && rows.length === 0 && (
          <Empty title={t('held.none')} action={<ButtonLink to="/settings/guard">{t('held.noneAction')}</ButtonLink>}>
            {t('held.noneText')}
          </Empty>
        )}
      </div>
      {rows.length > 0 && (
        <ListTable
          caption={t('held.title')}
          rows={rows}
          keyOf={row => row.id}
          columns={[
            {
              id: 'what',
              head: t('held.what'),
              cell: (row: Intent) => (
                <span className="guard-wrap">
                  <Link to="/activity/held/$intent" params={{ intent: row.id }}>
                    {actionWord(voice, row.action)}
                  </Link>
                  <br />
                  <span className="small muted">{whyWord(voice, row.why)}</span>
                </span>
              ),
            },
            {
              id: 'state',
              head: t('device.col.state'),
              width: 176,
              cell: row => (
                <State {...intentStates[row.state]} quiet>
                  {t(`held.state.${row.state}`)}
                </State>
              ),
            },
            {
              id: 'for',
              head: t('held.waitsFor'),
              width: 240,
              aside: true,
              cell: row => (state === 'open' ? waitsFor(voice, row) : (row.endedWhy ?? '–')),
            },
            { id: 'n', head: t('held.devices'), width: 80, num: true, cell: row => f.number(row.devices) },
            {
              id: 'by',
              head: t('held.by'),
              width: 160,
              aside: true,
              cell: row => <span lang={langOf(row.by.name ?? '')}>{actorWord(voice, row.by)}</span>,
            },
            {
              id: 'since',
              head: t('held.since'),
              width: 88,
              num: true,
              aside: true,
              cell: row => <Age at={row.endedAt ?? row.createdAt} />,
            },
          ]}
        />
      )}
      {list.hasNextPage && (
        <div className="pad more">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('kit.more')}
          </Button>
        </div>
      )}
    </>
  )
}
