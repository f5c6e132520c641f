import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { type ListColumn, ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { MendLine } from './MendLine.tsx'
import { type Batch, type Line, type LineState, linesQuery } from './queries.ts'
import { causeNext, causeWords, faultWords, lineStates } from './words.ts'

const stages: readonly LineState[] = ['expected', 'unboxed', 'enrolled', 'configuring', 'ready', 'stuck']

/** How far the devices are: a number for each stage, and below them the devices of the one that is chosen. */
export function DayView({ batch }: { batch: Batch }) {
  const voice = useVoice()
  const { t, f } = voice
  const { filter = '' } = useSearch({ strict: false }) as { filter?: string }
  const navigate = useNavigate()
  const list = useInfiniteQuery(linesQuery(batch.id, filter))
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  const show = (text: string) =>
    void navigate({
      to: '/enrollment/batches/$intake',
      params: { intake: batch.id },
      search: text && text !== filter ? { filter: text } : {},
      resetScroll: false,
    })
  const all = batch.counts.blocked > 0 ? [...stages, 'blocked' as const] : stages
  return (
    <Section id="devices" title={t('nav.devices')} hint={t('batch.live')}>
      <ul className="stages" aria-label={t('batch.stages')}>
        {all.map(state => (
          <li key={state}>
            <button
              type="button"
              className={`stage ${state}`}
              aria-pressed={filter === `state:${state}`}
              onClick={() => show(`state:${state}`)}
            >
              <span className="n">{f.number(batch.counts[state])}</span>
              <State tone={lineStates[state].tone} icon={lineStates[state].icon} quiet>
                {t(lineStates[state].label)}
              </State>
            </button>
          </li>
        ))}
      </ul>
      <ProblemNote error={list.error} />
      {list.isPending && <Bones lines={5} label={t('kit.loading')} />}
      {list.data && rows.length === 0 && (
        <Empty title={t(filter === '' ? 'batch.noDevices' : 'batch.noneSo')}>
          {filter === '' && t(batch.gathering ? 'batch.gathering' : 'batch.noDevicesText')}
        </Empty>
      )}
      {rows.length > 0 && (
        <ListTable
          caption={t('nav.devices')}
          rows={rows}
          keyOf={row => String(row.n)}
          columns={columnsOf(voice, batch)}
        />
      )}
      {list.hasNextPage && (
        <div className="pad more">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('kit.more')}
          </Button>
        </div>
      )}
    </Section>
  )
}

function columnsOf(voice: Voice, batch: Batch): ListColumn<Line>[] {
  const { t, f } = voice
  return [
    {
      id: 'serial',
      head: t('batch.col.serial'),
      width: 130,
      cell: row => <Serial row={row} />,
    },
    {
      id: 'state',
      head: t('device.col.state'),
      width: 140,
      wraps: true,
      cell: row => (
        <State tone={lineStates[row.state].tone} icon={lineStates[row.state].icon} quiet>
          {t(lineStates[row.state].label)}
        </State>
      ),
    },
    { id: 'why', head: t('batch.col.why'), cell: row => <Why row={row} /> },
    {
      id: 'mend',
      head: t('batch.mend'),
      width: 96,
      quiet: true,
      under: true,
      cell: row => <Mend row={row} batch={batch} />,
    },
    {
      id: 'apps',
      head: t('batch.col.apps'),
      width: 110,
      aside: true,
      cell: row =>
        row.apps.wanted === 0
          ? '–'
          : t('batch.apps', { there: f.number(row.apps.there), wanted: f.number(row.apps.wanted) }),
    },
    {
      id: 'person',
      head: t('batch.col.person'),
      width: 140,
      aside: true,
      cell: row => <span data-name>{(row.user?.name ?? row.person) || '–'}</span>,
    },
    {
      id: 'asset',
      head: t('batch.col.asset'),
      width: 110,
      aside: true,
      cell: row => <span data-name>{row.assetTag || '–'}</span>,
    },
    { id: 'since', head: t('batch.col.since'), width: 90, num: true, aside: true, cell: row => <Age at={row.since} /> },
  ]
}

function Serial({ row }: { row: Line }) {
  const text = row.serial || row.raw || '–'
  if (!row.device)
    return (
      <span className="mono" lang="en" data-name>
        {text}
      </span>
    )
  return (
    <Link to="/devices/$device" params={{ device: row.device.id }} className="mono" lang={langOf(text)} data-name>
      {text}
    </Link>
  )
}

/** What holds it up and what to do, or what is wrong with its line. */
function Why({ row }: { row: Line }) {
  const voice = useVoice()
  const next = causeNext(voice, row.cause)
  if (row.cause === null && row.faults.length === 0) return <span className="muted">–</span>
  return (
    <div className="why-text">
      {row.cause === null ? row.faults.map(fault => faultWords(voice, fault)).join(' ') : causeWords(voice, row)}
      {next && <p className="small soft">{next}</p>}
    </div>
  )
}

/** A line with a fault can be mended as long as its device is not there. */
function Mend({ row, batch }: { row: Line; batch: Batch }) {
  const can = useCan()
  const mendable = row.faults.length > 0 && row.device === null && batch.state !== 'closed' && can('intakes:write')
  return mendable ? <MendLine batch={batch.id} row={row} /> : null
}
