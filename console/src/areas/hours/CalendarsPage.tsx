import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import '../../kit/css/hours.css'
import type { Calendar } from '../../contract/hours.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Button } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan } from '../../session.tsx'
import { PolicyNav } from '../policies/PolicyNav.tsx'
import { CalendarForm, RemoveCalendar } from './CalendarDialogs.tsx'
import { calendarsQuery } from './queries.ts'
import { UnitZones } from './Zones.tsx'

type Asking = { what: 'add' } | { what: 'change' | 'remove'; calendar: Calendar } | null

/** On which days nobody works, and by whose clocks the others are counted. */
export function CalendarsPage() {
  const { t, f } = useVoice()
  const can = useCan()
  const [asking, setAsking] = useState<Asking>(null)
  const calendars = useQuery(calendarsQuery)
  const rows = calendars.data?.items ?? []
  const close = () => setAsking(null)
  const dayText = (day: string | null) => (day === null ? '–' : f.date(Date.parse(`${day}T12:00:00`)))
  const add = can('hours:write') && (
    <Button icon="plus" onClick={() => setAsking({ what: 'add' })}>
      {t('calendars.add')}
    </Button>
  )
  return (
    <>
      <PageHead
        title={t('calendars.title')}
        crumbs={[{ label: t('nav.policies'), to: '/policies' }, { label: t('calendars.title') }]}
        lede={t('calendars.lede')}
      >
        {rows.length > 0 && add}
      </PageHead>
      <PolicyNav />
      <div className="pad tab-body">
        <ProblemNote error={calendars.error} />
        {calendars.isPending && <Bones lines={4} label={t('kit.loading')} />}
        {calendars.data && rows.length === 0 && (
          <Empty title={t('calendars.none')} action={add}>
            {t('calendars.noneText')}
          </Empty>
        )}
      </div>
      {rows.length > 0 && (
        <ListTable
          caption={t('calendars.title')}
          rows={rows}
          keyOf={row => row.id}
          columns={[
            {
              id: 'name',
              head: t('people.name'),
              cell: row => (
                <button
                  type="button"
                  className="link"
                  lang={langOf(row.name)}
                  onClick={() => setAsking({ what: 'change', calendar: row })}
                >
                  {row.name}
                </button>
              ),
            },
            {
              id: 'unit',
              head: t('device.col.unit'),
              width: 200,
              aside: true,
              cell: row => <span lang={langOf(row.unit.name ?? '')}>{row.unit.name ?? '–'}</span>,
            },
            { id: 'days', head: t('calendars.count'), width: 96, num: true, cell: row => f.number(row.count) },
            {
              id: 'until',
              head: t('calendars.until'),
              width: 180,
              cell: row => (row.lastDay === null ? '–' : dayText(row.lastDay)),
            },
            {
              id: 'menu',
              head: t('admins.actions'),
              quiet: true,
              width: 64,
              num: true,
              cell: row =>
                row.mine && (
                  <ActionMenu
                    small
                    label={t('calendars.menu', { name: row.name })}
                    lines={[
                      {
                        key: 'change',
                        icon: 'edit',
                        label: t('calendars.change'),
                        onClick: () => setAsking({ what: 'change', calendar: row }),
                      },
                      {
                        key: 'remove',
                        icon: 'x',
                        label: t('calendars.remove'),
                        apart: true,
                        onClick: () => setAsking({ what: 'remove', calendar: row }),
                      },
                    ]}
                  />
                ),
            },
          ]}
        />
      )}
      <Section id="zones" title={t('zones.title')} hint={t('zones.hint')}>
        <UnitZones />
      </Section>
      {(asking?.what === 'add' || asking?.what === 'change') && (
        <CalendarForm calendar={asking.what === 'change' ? asking.calendar : null} onClose={close} />
      )}
      {asking?.what === 'remove' && <RemoveCalendar calendar={asking.calendar} onClose={close} />}
    </>
  )
}
