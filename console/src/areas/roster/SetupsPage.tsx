import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useVoice } from '../../i18n/index.tsx'
import { ButtonLink } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan } from '../../session.tsx'
import { EnrollNav } from '../enrollment/EnrollNav.tsx'
import { setupsQuery } from './queries.ts'

/** How promised devices are received: every setup, and how many devices are meant to have it. */
export function SetupsPage() {
  const { t, f } = useVoice()
  const can = useCan()
  const setups = useQuery(setupsQuery)
  const rows = setups.data?.items ?? []
  const add = can('roster:write') && (
    <ButtonLink icon="plus" to="/enrollment/setups/new" variant={rows.length === 0 ? 'primary' : 'default'}>
      {t('setups.add')}
    </ButtonLink>
  )
  return (
    <>
      <PageHead
        title={t('setups.title')}
        crumbs={[
          { label: t('nav.devices'), to: '/devices' },
          { label: t('enroll.title'), to: '/enrollment' },
          { label: t('setups.title') },
        ]}
        lede={t('setups.lede')}
      >
        {rows.length > 0 && add}
      </PageHead>
      <EnrollNav />
      <div className="pad tab-body">
        <ProblemNote error={setups.error} />
        {setups.isPending && <Bones lines={4} label={t('kit.loading')} />}
        {setups.data && rows.length === 0 && (
          <Empty title={t('setups.none')} action={add}>
            {t('setups.noneText')}
          </Empty>
        )}
      </div>
      {rows.length > 0 && (
        <ListTable
          caption={t('setups.title')}
          rows={rows}
          keyOf={row => row.id}
          columns={[
            {
              id: 'name',
              head: t('setups.name'),
              cell: row => (
                <Link
                  className="plain"
                  to="/enrollment/setups/$setup"
                  params={{ setup: row.id }}
                  lang={langOf(row.name)}
                  data-name
                >
                  {row.name}
                </Link>
              ),
            },
            {
              id: 'unit',
              head: t('roster.unit'),
              width: 180,
              aside: true,
              cell: row => <span data-name>{row.unit.name}</span>,
            },
            {
              id: 'skip',
              head: t('setups.skipped'),
              width: 120,
              num: true,
              cell: row => f.number(row.body.skip.length),
            },
            { id: 'devices', head: t('setups.devices'), width: 120, num: true, cell: row => f.number(row.devices) },
          ]}
        />
      )}
    </>
  )
}
