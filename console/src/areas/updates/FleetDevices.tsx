import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FleetStanding } from '../../contract/updates.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { fleetQuery } from './queries.ts'
import { platformWord } from './words.ts'

/** The devices behind a number: of one platform, that stand so. */
export function FleetDevices({ platform, standing }: { platform: string; standing: FleetStanding }) {
  const { t } = useVoice()
  const whole = platform === ''
  const list = useInfiniteQuery(fleetQuery(`${whole ? '' : `platform:${platform} `}standing:${standing}`))
  const rows = list.data?.pages.flatMap(p => p.items) ?? []
  const caption = `${whole ? t('updates.whole') : platformWord(platform)}: ${t(`updates.standing.${standing}`)}`
  return (
    <div className="fleet-devices">
      <h3>{caption}</h3>
      <ProblemNote error={list.error} />
      {list.isPending && <Bones lines={3} label={t('kit.loading')} />}
      <ListTable
        caption={caption}
        rows={rows}
        keyOf={row => row.device.id}
        columns={[
          {
            id: 'device',
            head: t('campaign.device'),
            cell: row => (
              <Link to="/devices/$device" params={{ device: row.device.id }} lang={langOf(row.device.name)}>
                {row.device.name || row.device.id}
              </Link>
            ),
          },
          { id: 'version', head: t('campaign.version'), width: 140, cell: row => row.version || '–' },
          { id: 'newest', head: t('updates.couldHave'), width: 160, cell: row => row.newest ?? '–' },
        ]}
      />
      {list.hasNextPage && (
        <div className="campaign-more">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('kit.more')}
          </Button>
        </div>
      )}
    </div>
  )
}
