import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Rollout } from '../../contract/rollouts.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { PolicyNav } from '../policies/PolicyNav.tsx'
import { rolloutsQuery } from './queries.ts'
import { rolloutStates } from './words.ts'

/** New versions on their way, and those that have arrived or were stopped. */
export function RolloutList() {
  const { t, f } = useVoice()
  const list = useInfiniteQuery(rolloutsQuery)
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  return (
    <>
      <PageHead
        title={t('rollouts.title')}
        crumbs={[{ label: t('nav.policies'), to: '/policies' }, { label: t('rollouts.title') }]}
        lede={t('rollouts.lede')}
      />
      <PolicyNav />
      <div className="tab-body">
        <div className="pad">
          <ProblemNote error={list.error} />
          {list.isPending && <Bones lines={5} label={t('kit.loading')} />}
          {list.data && rows.length === 0 && <Empty title={t('rollouts.empty')}>{t('rollouts.emptyText')}</Empty>}
        </div>
        {rows.length > 0 && (
          <ListTable
            caption={t('rollouts.caption')}
            rows={rows}
            keyOf={row => row.id}
            columns={[
              {
                id: 'policy',
                head: t('rollouts.policy'),
                cell: row => (
                  <Link
                    to="/policies/rollouts/$rollout"
                    params={{ rollout: row.id }}
                    className="plain cut"
                    lang={langOf(row.policy.name)}
                  >
                    {row.policy.name}
                  </Link>
                ),
              },
              {
                id: 'state',
                head: t('device.col.state'),
                width: 230,
                cell: row => (
                  <State {...rolloutStates[row.state]} quiet>
                    {t(`rollout.is.${row.state}`)}
                  </State>
                ),
              },
              {
                id: 'versions',
                head: t('rollouts.versions'),
                width: 100,
                aside: true,
                num: true,
                cell: row => t('rollouts.fromTo', { from: row.from, to: row.to }),
              },
              {
                id: 'reached',
                head: t('rollouts.reached'),
                width: 100,
                num: true,
                cell: row => f.percent(reachedBy(row)),
              },
              {
                id: 'failed',
                head: t('devicesTab.failed'),
                width: 100,
                num: true,
                aside: true,
                cell: row => f.number(failedIn(row)),
              },
              {
                id: 'begun',
                head: t('rollouts.begun'),
                width: 96,
                num: true,
                aside: true,
                cell: row => <Age at={row.createdAt} />,
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
      </div>
    </>
  )
}

/** Which share of the devices has the new version, as far as waves say. */
function reachedBy(rollout: Rollout): number {
  if (rollout.state === 'stopped' || rollout.state === 'canceled') return 0
  return (rollout.waves[rollout.wave]?.percent ?? 0) / 100
}

const failedIn = (rollout: Rollout): number => rollout.waves.findLast(wave => wave.counts)?.counts?.failed ?? 0
