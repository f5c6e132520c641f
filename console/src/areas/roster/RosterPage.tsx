import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import '../../kit/css/roster.css'
import type { PortalLine } from '../../contract/portal.ts'
import type { Entry } from '../../contract/roster.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import type { FilterField } from '../../kit/chips.ts'
import { FilterBar } from '../../kit/FilterBar.tsx'
import { type ListColumn, ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { EnrollNav } from '../enrollment/EnrollNav.tsx'
import { BulkDialog } from './BulkDialog.tsx'
import { BulkFilterDialog } from './BulkFilterDialog.tsx'
import { PortalDialog } from './PortalDialog.tsx'
import { LineState } from './PortalLines.tsx'
import { linesOfQuery, portalsQuery } from './portal.ts'
import { rosterQuery } from './queries.ts'
import { assignedTones, sayTrouble } from './words.ts'

/** Devices that vendors promise: what is wanted for each, and how far it is. */
export function RosterPage() {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const { filter = '' } = useSearch({ strict: false }) as { filter?: string }
  const navigate = useNavigate()
  const list = useInfiniteQuery(rosterQuery(filter))
  const rows = useMemo(() => list.data?.pages.flatMap(page => page.items) ?? [], [list.data])
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<'change' | 'portal' | 'all' | null>(null)
  const portal = usePortal(rows)
  const shown = (text: string) => {
    setChosen(new Set())
    void navigate({ to: '/enrollment/promised', search: text ? { filter: text } : {} })
  }
  const close = (done: boolean) => {
    setAsking(null)
    if (done) setChosen(new Set())
  }
  return (
    <>
      <PageHead
        title={t('roster.promised')}
        crumbs={[
          { label: t('nav.devices'), to: '/devices' },
          { label: t('enroll.title'), to: '/enrollment' },
          { label: t('roster.promised') },
        ]}
        lede={t('roster.lede')}
      />
      <EnrollNav />
      <FilterBar
        label={t('roster.filter')}
        example="assigned:failed family:iPad"
        fields={fieldsOf(voice)}
        text={filter}
        onChange={shown}
      />
      <div className="pad">
        <ProblemNote error={list.error} />
        {list.isPending && <Bones lines={6} label={t('kit.loading')} />}
        {list.data && rows.length === 0 && (
          <Empty title={t(filter === '' ? 'roster.none' : 'roster.noneMatch')}>{t('roster.noneText')}</Empty>
        )}
      </div>
      {rows.length > 0 && (
        <>
          {can('roster:write') && (
            <div className="roster-bar" role="status">
              <span className="soft">{t('roster.chosen', { n: chosen.size })}</span>
              <Button size="sm" onClick={() => setChosen(new Set(rows.slice(0, 1000).map(r => r.serial)))}>
                {t('roster.chooseShown', { n: Math.min(rows.length, 1000) })}
              </Button>
              {chosen.size > 0 && (
                <Button size="sm" variant="primary" onClick={() => setAsking('change')}>
                  {t('roster.change')}
                </Button>
              )}
              {chosen.size > 0 && portal.programs.length > 0 && (
                <Button size="sm" onClick={() => setAsking('portal')}>
                  {t('portalAct.begin')}
                </Button>
              )}
              <Button size="sm" onClick={() => setAsking('all')}>
                {t('roster.changeAll')}
              </Button>
            </div>
          )}
          <div className="roster-list">
            <ListTable
              caption={t('roster.promised')}
              rows={rows}
              keyOf={row => row.id}
              columns={columnsOf(voice, portal.last, can('roster:write') ? { chosen, setChosen } : null)}
            />
          </div>
          {list.hasNextPage && (
            <div className="pad">
              <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t('kit.more')}
              </Button>
            </div>
          )}
        </>
      )}
      {asking === 'change' && <BulkDialog serials={[...chosen]} onClose={close} />}
      {asking === 'portal' && <PortalDialog programs={portal.programs} serials={[...chosen]} onClose={close} />}
      {asking === 'all' && <BulkFilterDialog filter={filter} onClose={() => setAsking(null)} />}
    </>
  )
}

interface Choosing {
  chosen: ReadonlySet<string>
  setChosen(next: ReadonlySet<string>): void
}

function columnsOf(
  voice: Voice,
  last: ReadonlyMap<string, PortalLine>,
  choosing: Choosing | null,
): ListColumn<Entry>[] {
  const { t, f } = voice
  const toggle = ({ chosen, setChosen }: Choosing, serial: string, on: boolean) => {
    const next = new Set(chosen)
    if (on && next.size < 1000) next.add(serial)
    else next.delete(serial)
    setChosen(next)
  }
  return [
    {
      id: 'serial',
      head: t('roster.serial'),
      width: 170,
      cell: row => (
        <span className="roster-serial">
          {choosing && (
            <input
              type="checkbox"
              className="box"
              aria-label={t('kit.select', { name: row.serial })}
              checked={choosing.chosen.has(row.serial)}
              onChange={event => toggle(choosing, row.serial, event.target.checked)}
            />
          )}
          {row.device ? (
            <Link className="plain mono" to="/devices/$device" params={{ device: row.device }}>
              {row.serial}
            </Link>
          ) : (
            <span className="mono">{row.serial}</span>
          )}
        </span>
      ),
    },
    {
      id: 'model',
      head: t('roster.model'),
      width: 150,
      aside: true,
      cell: row => <span lang="en">{row.model ?? row.family ?? '–'}</span>,
    },
    { id: 'state', head: t('roster.state'), width: 120, aside: true, cell: row => t(`roster.state.${row.state}`) },
    {
      id: 'setup',
      head: t('roster.setup'),
      cell: row => <Wanted entry={row} last={last.get(row.serial)} voice={voice} />,
    },
    {
      id: 'unit',
      head: t('roster.unit'),
      width: 150,
      aside: true,
      cell: row => <span data-name>{row.unit.name}</span>,
    },
    {
      id: 'user',
      head: t('roster.user'),
      width: 150,
      aside: true,
      cell: row => <span data-name>{row.user?.displayName ?? '–'}</span>,
    },
    {
      id: 'deadline',
      head: t('roster.deadline'),
      width: 110,
      aside: true,
      cell: row => (row.migrationDeadline === null ? '–' : f.date(row.migrationDeadline)),
    },
  ]
}

function Wanted({ entry, last, voice }: { entry: Entry; last: PortalLine | undefined; voice: Voice }) {
  const { t, f } = voice
  const trouble = entry.problem && sayTrouble(voice, entry.problem)
  return (
    <div className="roster-wanted">
      <State tone={assignedTones[entry.assigned]}>{t(`roster.assigned.${entry.assigned}`)}</State>
      {entry.setup && <span data-name>{entry.setup.name}</span>}
      {trouble && (
        <span className="small soft">
          {trouble.what} {trouble.next}
          {entry.nextAt !== null && entry.assigned === 'failed' && (
            <> {t('roster.again', { when: f.dateTime(entry.nextAt) })}</>
          )}
          {entry.problem?.text && (
            <span className="mono" lang="en">
              {' '}
              {entry.problem.text}
            </span>
          )}
        </span>
      )}
      {last && <LineState line={last} />}
    </div>
  )
}

/** What was last done in the portal about each of these devices. */
function usePortal(rows: readonly Entry[]) {
  const portals = useQuery(portalsQuery)
  const programs = portals.data?.items ?? []
  // The newest page is looked at: what was done long ago is on the page of the portal.
  const serials = rows.slice(-100).map(r => r.serial)
  const lines = useQueries({ queries: programs.map(p => linesOfQuery(p.id, serials)) })
  const last = new Map<string, PortalLine>()
  for (const line of lines.flatMap(l => l.data?.items ?? []).sort((a, b) => a.createdAt - b.createdAt))
    last.set(line.serial, line)
  return { programs, last }
}

function fieldsOf({ t }: Voice): FilterField[] {
  const states = ['promised', 'enrolled', 'gone'] as const
  const assigned = ['none', 'wanted', 'assigned', 'delivered', 'removed', 'failed'] as const
  return [
    { name: 'serial', label: t('roster.serial'), kind: 'text', example: 'F9F' },
    { name: 'model', label: t('roster.model'), kind: 'text', example: 'iPad' },
    {
      name: 'state',
      label: t('roster.state'),
      kind: 'choice',
      options: states.map(value => ({ value, label: t(`roster.state.${value}`) })),
    },
    {
      name: 'assigned',
      label: t('roster.assigned'),
      kind: 'choice',
      options: assigned.map(value => ({ value, label: t(`roster.assigned.${value}`) })),
    },
    { name: 'setup', label: t('roster.setup'), kind: 'text' },
    { name: 'program', label: t('roster.program'), kind: 'text' },
    { name: 'unit', label: t('roster.unit'), kind: 'text' },
  ]
}
