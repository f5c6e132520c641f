import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { get } from '../../api.ts'
import type { Command, Page } from '../../contract.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import type { FilterField } from '../../kit/chips.ts'
import { type Column, DataTable } from '../../kit/DataTable.tsx'
import { FilterBar } from '../../kit/FilterBar.tsx'
import { Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { langOf } from '../../kit/names.ts'
import { actorWord } from '../audit/words.tsx'
import { CommandStanding } from './CommandStanding.tsx'
import { kindWord, standings } from './words.ts'

const kinds = [
  'lock',
  'wipe',
  'restart',
  'shutdown',
  'clear-passcode',
  'lost-mode.enable',
  'lost-mode.disable',
  'lost-mode.sound',
  'location.query',
  'device.query',
  'security.query',
  'apps.query',
  'profiles.query',
  'certificates.query',
  'profile.install',
  'profile.remove',
  'settings',
  'apple.raw',
]

/** The views a person asks for most. `routine` are the questions the server asks by itself. */
const views = [
  { label: 'commands.view.all', filter: '' },
  { label: 'commands.view.ordered', filter: 'routine:no' },
  { label: 'commands.view.open', filter: 'state:queued,sent' },
  { label: 'commands.view.failed', filter: 'state:failed' },
] as const

/** Every command of every device, newest first. */
export function CommandList() {
  const voice = useVoice()
  const { t } = voice
  const { filter = '' } = useSearch({ strict: false }) as { filter?: string }
  const navigate = useNavigate()
  const list = useInfiniteQuery({
    queryKey: ['commands', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<Command>>('/commands', { filter, cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: page => page.next,
    placeholderData: previous => previous,
  })
  const rows = useMemo(() => list.data?.pages.flatMap(page => page.items) ?? [], [list.data])
  return (
    <>
      <PageHead
        title={t('commands.title')}
        crumbs={[{ label: t('nav.activity'), to: '/activity' }, { label: t('commands.title') }]}
        lede={t('commands.lede')}
      />
      <nav className="tabs" aria-label={t('devices.views')}>
        {views.map(view => (
          <Link
            key={view.label}
            to="/commands"
            search={view.filter ? { filter: view.filter } : {}}
            activeOptions={{ exact: true, includeSearch: true, explicitUndefined: true }}
          >
            {t(view.label)}
          </Link>
        ))}
      </nav>
      <FilterBar
        label={t('commands.filter')}
        example="state:failed created<7d"
        fields={fieldsOf(voice)}
        text={filter}
        onChange={text => void navigate({ to: '/commands', search: text ? { filter: text } : {} })}
      />
      <div className="pad">
        <ProblemNote error={list.error} />
        {!list.isPending && !list.error && rows.length === 0 && (
          <Empty title={t('commands.empty')}>{t('commands.emptyText')}</Empty>
        )}
      </div>
      {(list.isPending || rows.length > 0) && (
        <DataTable
          caption={t('commands.title')}
          columns={columnsOf(voice)}
          rows={rows}
          total={list.data?.pages[0]?.total ?? null}
          loading={list.isPending || list.isFetchingNextPage}
          hasMore={list.hasNextPage}
          onMore={() => void list.fetchNextPage()}
          onOpen={row => void navigate({ to: '/commands/$command', params: { command: row.id } })}
          nameOf={row => kindWord(voice, row.kind)}
          stickyTop={48}
          card={['kind', 'age', 'state', 'device']}
        />
      )}
    </>
  )
}

function columnsOf(voice: Voice): Column<Command>[] {
  const { t } = voice
  return [
    {
      id: 'kind',
      head: t('commands.command'),
      width: 200,
      cell: (row, link) => (
        <Link to="/commands/$command" params={{ command: row.id }} {...link} className="row-link cut">
          {kindWord(voice, row.kind)}
        </Link>
      ),
    },
    { id: 'state', head: t('device.col.state'), width: 160, cell: row => <CommandStanding command={row} /> },
    {
      id: 'device',
      head: t('device.col.name'),
      width: 180,
      cell: row => (
        <Link
          className="plain"
          to="/devices/$device"
          params={{ device: row.device.id }}
          tabIndex={-1}
          lang={langOf(row.device.name)}
        >
          {row.device.name}
        </Link>
      ),
    },
    { id: 'by', head: t('command.by'), width: 160, cell: row => actorWord(voice, row.by) },
    { id: 'reason', head: t('order.reason'), width: 220, cell: row => row.reason ?? <span className="muted">–</span> },
    { id: 'age', head: t('command.created'), width: 96, num: true, cell: row => <Age at={row.createdAt} /> },
  ]
}

function fieldsOf(voice: Voice): FilterField[] {
  const { t } = voice
  const states = ['queued', 'sent', 'done', 'failed', 'expired', 'canceled', 'superseded'] as const
  return [
    {
      name: 'state',
      label: t('device.col.state'),
      kind: 'choice',
      options: states.map(value => ({ value, label: t(standings[value].label, { n: 0 }) })),
    },
    {
      name: 'kind',
      label: t('commands.command'),
      kind: 'choice',
      options: kinds.map(value => ({ value, label: kindWord(voice, value) })),
    },
    { name: 'device', label: t('device.col.name'), kind: 'text' },
    { name: 'by', label: t('command.by'), kind: 'text' },
    { name: 'created', label: t('command.created'), kind: 'age', example: '7d' },
    { name: 'batch', label: t('commands.batch'), kind: 'text' },
  ]
}
