import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { bothFilters } from '../../kit/chips.ts'
import { type ListColumn, ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { useScope } from '../../scope.tsx'
import { EnrollNav } from '../enrollment/EnrollNav.tsx'
import { useCan } from '../../session.tsx'
import { type BatchRow, batchesQuery } from './queries.ts'
import { batchStates } from './words.ts'

const views = [
  { label: 'batch.view.coming', filter: 'state:planned,open' },
  { label: 'batch.view.closed', filter: 'state:closed' },
  { label: 'batch.view.all', filter: '' },
] as const

/** Devices that are expected together, by their day. */
export function BatchList() {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const scope = useScope()
  const { filter = 'state:planned,open' } = useSearch({ strict: false }) as { filter?: string }
  const list = useInfiniteQuery(batchesQuery(bothFilters(scope.filter, filter)))
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  return (
    <>
      <PageHead
        title={t('batch.title')}
        crumbs={[
          { label: t('nav.devices'), to: '/devices' },
          { label: t('enroll.title'), to: '/enrollment' },
          { label: t('batch.title') },
        ]}
        lede={t('batch.lede')}
      >
        {can('intakes:write') && (
          <ButtonLink to="/enrollment/batches/new" variant="primary" icon="plus">
            {t('batch.new')}
          </ButtonLink>
        )}
      </PageHead>
      <EnrollNav />
      <nav className="tabs" aria-label={t('devices.views')}>
        {views.map(view => (
          <Link
            key={view.label}
            to="/enrollment/batches"
            search={{ filter: view.filter }}
            {...(view.filter === filter ? { 'aria-current': 'page' as const, className: 'active' } : {})}
            activeProps={{}}
          >
            {t(view.label)}
          </Link>
        ))}
      </nav>
      <div className="pad">
        <ProblemNote error={list.error} />
        {list.isPending && <Bones lines={4} label={t('kit.loading')} />}
        {list.data && rows.length === 0 && (
          <Empty
            title={t('batch.empty')}
            action={
              can('intakes:write') ? (
                <ButtonLink to="/enrollment/batches/new" icon="plus">
                  {t('batch.new')}
                </ButtonLink>
              ) : undefined
            }
          >
            {t('batch.emptyText')}
          </Empty>
        )}
      </div>
      {rows.length > 0 && (
        <ListTable caption={t('batch.title')} rows={rows} keyOf={row => row.id} columns={columnsOf(voice)} />
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

function columnsOf(voice: Voice): ListColumn<BatchRow>[] {
  const { t, f } = voice
  return [
    {
      id: 'name',
      head: t('batch.col.name'),
      wraps: true,
      cell: row => (
        <Link to="/enrollment/batches/$intake" params={{ intake: row.id }} lang={langOf(row.name)} data-name>
          {row.name}
        </Link>
      ),
    },
    { id: 'day', head: t('batch.col.day'), width: 110, cell: row => f.date(Date.parse(`${row.day}T12:00:00`)) },
    {
      id: 'state',
      head: t('device.col.state'),
      width: 120,
      aside: true,
      cell: row => (
        <State tone={batchStates[row.state].tone} icon={batchStates[row.state].icon} quiet>
          {t(batchStates[row.state].label)}
        </State>
      ),
    },
    {
      id: 'checks',
      head: t('batch.checks'),
      width: 160,
      cell: row => <Verdict row={row} />,
    },
    {
      id: 'ready',
      head: t('batch.line.ready'),
      width: 96,
      num: true,
      cell: row => t('batch.of', { n: f.number(row.counts.ready), of: f.number(row.counts.total) }),
    },
    {
      id: 'stuck',
      head: t('batch.line.stuck'),
      width: 70,
      num: true,
      aside: true,
      cell: row => (row.counts.stuck > 0 ? <b>{f.number(row.counts.stuck)}</b> : '0'),
    },
    {
      id: 'unit',
      head: t('device.col.unit'),
      width: 150,
      aside: true,
      wraps: true,
      cell: row => <span data-name>{row.unit.path}</span>,
    },
    {
      id: 'checked',
      head: t('batch.checked'),
      width: 110,
      num: true,
      aside: true,
      cell: row => <Age at={row.checkedAt} />,
    },
  ]
}

/** How the look before the day turned out, in a word. */
export function Verdict({ row }: { row: Pick<BatchRow, 'reds' | 'ambers' | 'checkedAt'> }) {
  const { t } = useVoice()
  if (row.checkedAt === null) return <State tone="none">{t('batch.verdict.none')}</State>
  if (row.reds > 0) return <State tone="danger">{t('batch.verdict.red', { n: row.reds })}</State>
  if (row.ambers > 0) return <State tone="attention">{t('batch.verdict.amber', { n: row.ambers })}</State>
  return <State tone="ok">{t('batch.verdict.green')}</State>
}
