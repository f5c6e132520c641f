import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { address, get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type { Alert, AlertSummary } from '../../contract/alerts.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { ButtonAnchor } from '../../kit/Button.tsx'
import { bothFilters } from '../../kit/chips.ts'
import { DataTable } from '../../kit/DataTable.tsx'
import { FilterBar } from '../../kit/FilterBar.tsx'
import { Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { isSelected, noSelection, type Selection } from '../../kit/selection.ts'
import { useScope } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { AlertSelection } from './AlertSelection.tsx'
import { alertColumns, alertFields } from './columns.tsx'
import { summaryQuery, useDoingMany } from './query.ts'
import { useSeen } from './seen.ts'
import { titleOf } from './words.ts'

/** The views a person asks for most; the first needs someone. */
const views = [
  { label: 'alerts.view.open', filter: 'state:open snoozed:no', counted: 'open' },
  { label: 'alerts.view.taken', filter: 'state:acknowledged snoozed:no', counted: 'acknowledged' },
  { label: 'alerts.view.mine', filter: 'assigned:me -state:resolved', counted: null },
  { label: 'alerts.view.resting', filter: 'snoozed:yes', counted: null },
  { label: 'alerts.view.ended', filter: 'state:resolved', counted: null },
] as const

const usual = views[0].filter

/** The alert centre: what needs a person first, and everything else a click away. */
export function AlertList() {
  const voice = useVoice()
  const { t } = voice
  const { filter = usual } = useSearch({ strict: false }) as { filter?: string }
  const navigate = useNavigate()
  const scope = useScope()
  const full = bothFilters(scope.filter, filter)
  const list = useInfiniteQuery({
    queryKey: ['alerts', full],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<Alert>>('/alerts', { filter: full, cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: page => page.next,
    placeholderData: previous => previous,
  })
  const rows = useMemo(() => list.data?.pages.flatMap(page => page.items) ?? [], [list.data])
  const [selection, setSelection] = useState<Selection>(noSelection)
  const chosen = rows.filter(row => isSelected(selection, row.id)).slice(0, 200)
  const many = useDoingMany()
  const can = useCan()
  useSeen()
  const onKey = (event: KeyboardEvent) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !(event.target instanceof HTMLInputElement)
    if (event.key !== 'e' || !plain || !can('alerts:write')) return
    const at = Number((event.target as HTMLElement).closest('tr')?.dataset['index'] ?? -1)
    const ids = chosen.length > 0 ? chosen.map(row => row.id) : rows[at] ? [rows[at].id] : []
    if (ids.length === 0) return
    event.preventDefault()
    many.mutate({ do: 'acknowledge', ids }, { onSuccess: () => setSelection(noSelection) })
  }
  return (
    <>
      <PageHead
        title={t('alerts.title')}
        crumbs={[{ label: t('nav.activity'), to: '/activity' }, { label: t('alerts.title') }]}
        lede={t('alerts.lede')}
      >
        <ButtonAnchor href={address('/alerts.csv', { filter: full })} icon="download" download>
          {t('alerts.export')}
        </ButtonAnchor>
      </PageHead>
      <Views current={filter} />
      <FilterBar
        label={t('alerts.filter')}
        example="type:violation opened<7d"
        fields={alertFields(voice)}
        text={filter}
        onChange={text => void navigate({ to: '/alerts', search: { filter: text } })}
      />
      <div className="pad">
        <ProblemNote error={list.error ?? many.error} />
        {many.data !== undefined && many.data > 0 && <p className="soft">{t('alerts.failed', { n: many.data })}</p>}
        {!list.isPending && !list.error && rows.length === 0 && (
          <Empty title={t('alerts.empty')}>{t('alerts.emptyText')}</Empty>
        )}
      </div>
      {chosen.length > 0 && <AlertSelection ids={chosen.map(row => row.id)} onDone={() => setSelection(noSelection)} />}
      {(list.isPending || rows.length > 0) && (
        // biome-ignore lint/a11y/noStaticElementInteractions: a key for the row in focus, beside those of the table
        <div onKeyDown={onKey}>
          <DataTable
            caption={t('alerts.title')}
            columns={alertColumns(voice)}
            rows={rows}
            total={null}
            loading={list.isPending || list.isFetchingNextPage}
            hasMore={list.hasNextPage}
            onMore={() => void list.fetchNextPage()}
            onOpen={row => void navigate({ to: '/alerts/$alert', params: { alert: row.id } })}
            {...(can('alerts:write') ? { selection, onSelection: setSelection } : {})}
            nameOf={row => titleOf(voice, row)}
            stickyTop={48}
            card={['what', 'since', 'severity', 'assignee']}
          />
        </div>
      )}
    </>
  )
}

function Views({ current }: { current: string }) {
  const voice = useVoice()
  const { t } = voice
  const summary = useQuery(summaryQuery)
  return (
    <nav className="tabs" aria-label={t('alerts.title')}>
      {views.map(view => (
        <Link
          key={view.label}
          to="/alerts"
          search={view.filter === usual ? {} : { filter: view.filter }}
          {...(view.filter === current ? { 'aria-current': 'page' as const } : {})}
          activeOptions={{ exact: true, includeSearch: true, explicitUndefined: true }}
        >
          {counted(voice, t(view.label), view.counted, summary.data)}
        </Link>
      ))}
    </nav>
  )
}

function counted({ t }: Voice, label: string, state: string | null, summary: AlertSummary | undefined): string {
  if (state === null || !summary) return label
  const n = summary.items.filter(item => item.state === state).reduce((sum, item) => sum + item.count, 0)
  if (n === 0) return label
  return t(summary.more ? 'alerts.countMore' : 'alerts.count', { label, n })
}
