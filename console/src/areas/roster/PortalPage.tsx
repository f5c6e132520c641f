import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import '../../kit/css/roster.css'
import type { PortalAct, PortalDevice } from '../../contract/portal.ts'
import type { Program } from '../../contract/roster.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { type ListColumn, ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { EnrollNav } from '../enrollment/EnrollNav.tsx'
import { PortalDialog } from './PortalDialog.tsx'
import { ActDevices, sayAct } from './PortalLines.tsx'
import { actsQuery, actTones, portalDevicesQuery, portalsQuery, serversQuery } from './portal.ts'
import { Standing } from './Standing.tsx'

/** One portal: what was ordered there and how it stands, and the devices that it holds, wherever they are assigned. */
export function PortalPage() {
  const { t } = useVoice()
  const { program: id } = useParams({ strict: false }) as { program: string }
  const portals = useQuery(portalsQuery)
  const program = portals.data?.items.find(one => one.id === id)
  const name = program?.name ?? t('portal.title')
  return (
    <>
      <PageHead
        title={name}
        crumbs={[
          { label: t('nav.devices'), to: '/devices' },
          { label: t('enroll.title'), to: '/enrollment' },
          { label: t('roster.automated'), to: '/enrollment/automated' },
          { label: name },
        ]}
        lede={t('portal.lede')}
      />
      <EnrollNav />
      <div className="pad tab-body">
        <ProblemNote error={portals.error} />
        {portals.isPending && <Bones lines={3} label={t('kit.loading')} />}
        {portals.data && !program && <Empty title={t('portal.gone')} />}
        {program && <Standing program={program} renew="" onRenew={null} />}
      </div>
      {program && <Acts program={id} />}
      {program && <Devices program={program} />}
    </>
  )
}

function Acts({ program }: { program: string }) {
  const voice = useVoice()
  const { t } = voice
  const acts = useQuery(actsQuery(program))
  const servers = useQuery(serversQuery(program))
  const [open, setOpen] = useState<string | null>(null)
  const rows = acts.data?.items ?? []
  const nameOf = (act: PortalAct) =>
    act.server === null ? null : (servers.data?.items.find(s => s.id === act.server)?.name ?? act.server)
  const columns: ListColumn<PortalAct>[] = [
    {
      id: 'what',
      head: t('portalAct.what'),
      cell: act => <span className="roster-wanted">{sayAct(voice, act, nameOf(act))}</span>,
    },
    {
      id: 'n',
      head: t('portalAct.devices'),
      num: true,
      width: 90,
      cell: act => (
        <Button
          size="sm"
          aria-expanded={open === act.id}
          aria-label={`${t('portalAct.devices')}: ${act.devices.all}`}
          onClick={() => setOpen(open === act.id ? null : act.id)}
        >
          {act.devices.all}
        </Button>
      ),
    },
    {
      id: 'state',
      head: t('portalAct.stateHead'),
      cell: act => (
        <span className="roster-wanted">
          <State tone={actTones[act.state]}>{t(`portalAct.state.${act.state}`)}</State>
          {act.state === 'failed' && act.answer && (
            <span className="mono small" lang="en">
              {act.answer}
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'by',
      head: t('portalAct.by'),
      aside: true,
      width: 160,
      cell: act => <span data-name>{act.by.name ?? '–'}</span>,
    },
    { id: 'reason', head: t('portalAct.reason'), aside: true, cell: act => <span data-name>{act.reason ?? '–'}</span> },
    {
      id: 'at',
      head: t('portalAct.ordered'),
      aside: true,
      width: 130,
      cell: act => <Age at={act.createdAt} focusable ago />,
    },
  ]
  return (
    <Section id="acts" title={t('portalAct.history')}>
      <ProblemNote error={acts.error} />
      {acts.data && rows.length === 0 && <Empty title={t('portalAct.none')}>{t('portalAct.noneText')}</Empty>}
      {rows.length > 0 && (
        <ListTable
          caption={t('portalAct.history')}
          columns={columns}
          rows={rows}
          keyOf={act => act.id}
          below={act => (open === act.id ? <ActDevices program={program} act={act.id} /> : null)}
        />
      )}
    </Section>
  )
}

function Devices({ program }: { program: Program }) {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const [begins, setBegins] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState(false)
  const list = useInfiniteQuery(
    portalDevicesQuery(
      program.id,
      begins
        .trim()
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, ''),
    ),
  )
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  const mine = can('roster:write')
  const toggle = (serial: string, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(serial)
    else next.delete(serial)
    setChosen(next)
  }
  return (
    <Section id="held" title={t('portal.devices')} hint={t('portal.devicesHint')}>
      <div className="portal-find">
        <TextField label={t('portal.find')} mono value={begins} onChange={event => setBegins(event.target.value)} />
      </div>
      {mine && rows.length > 0 && (
        <div className="roster-bar" role="status">
          <span className="soft">{t('roster.chosen', { n: chosen.size })}</span>
          {chosen.size > 0 && (
            <Button size="sm" variant="primary" onClick={() => setAsking(true)}>
              {t('portalAct.begin')}
            </Button>
          )}
        </div>
      )}
      <ProblemNote error={list.error} />
      {list.isPending && <Bones lines={3} label={t('kit.loading')} />}
      {list.data && rows.length === 0 && <Empty title={t('portal.noDevices')}>{t('portal.noDevicesText')}</Empty>}
      {rows.length > 0 && (
        <ListTable
          caption={t('portal.devices')}
          rows={rows}
          keyOf={row => row.serial}
          columns={deviceColumns(voice, mine ? { chosen, toggle } : null)}
        />
      )}
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('kit.more')}
        </Button>
      )}
      {asking && (
        <PortalDialog
          programs={[program]}
          serials={[...chosen]}
          onClose={done => {
            setAsking(false)
            if (done) setChosen(new Set())
          }}
        />
      )}
    </Section>
  )
}

interface Choosing {
  chosen: ReadonlySet<string>
  toggle(serial: string, on: boolean): void
}

function deviceColumns({ t, f }: Voice, choosing: Choosing | null): ListColumn<PortalDevice>[] {
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
              onChange={event => choosing.toggle(row.serial, event.target.checked)}
            />
          )}
          <span className="mono">{row.serial}</span>
        </span>
      ),
    },
    {
      id: 'model',
      head: t('roster.model'),
      aside: true,
      cell: row => <span lang="en">{row.model ?? row.family ?? '–'}</span>,
    },
    {
      id: 'server',
      head: t('portalAct.server'),
      cell: row => <span data-name>{row.server?.name ?? t('portal.unassigned')}</span>,
    },
    {
      id: 'deadline',
      head: t('roster.deadline'),
      width: 130,
      cell: row => (row.deadline === null ? '–' : f.date(row.deadline)),
    },
    { id: 'seen', head: t('portal.seen'), aside: true, width: 120, cell: row => <Age at={row.seenAt} focusable ago /> },
  ]
}
