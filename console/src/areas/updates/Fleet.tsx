import { useState } from 'react'
import type { FleetStanding, UpdatesOverview } from '../../contract/updates.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Section } from '../../kit/Page.tsx'
import { Roll } from '../../kit/Roll.tsx'
import { FleetDevices } from './FleetDevices.tsx'
import { fleetStandings, fleetTones, platformWord } from './words.ts'

type Row = UpdatesOverview['platforms'][number]

/** Every platform in one row: how many of all devices stand how. */
function wholeOf(rows: readonly Row[]): Row {
  const counts: Row['counts'] = {}
  for (const standing of fleetStandings) counts[standing] = rows.reduce((n, p) => n + (p.counts[standing] ?? 0), 0)
  return { platform: '', latest: null, previous: null, counts }
}

/** How the devices of each platform stand: how many have the newest version, how many cannot; a number opens its devices. */
export function Fleet({ overview }: { overview: UpdatesOverview }) {
  const { t, f } = useVoice()
  const [shown, setShown] = useState<{ platform: string; standing: FleetStanding } | null>(null)
  const own = overview.platforms.filter(p => Object.keys(p.counts).length > 0)
  const rows = own.length > 1 ? [wholeOf(own), ...own] : own
  const total = (p: (typeof rows)[number]): number => Object.values(p.counts).reduce((a, b) => a + b, 0)
  if (rows.length === 0) return null
  return (
    <Section
      id="fleet"
      title={t('updates.fleet')}
      by={
        <>
          {t('updates.counted')} <Age at={overview.countedAt} ago />
        </>
      }
    >
      <ListTable
        caption={t('updates.fleet')}
        rows={rows}
        keyOf={row => row.platform}
        columns={[
          {
            id: 'platform',
            head: t('campaign.platform'),
            width: 150,
            cell: row => (row.platform === '' ? <b>{t('updates.whole')}</b> : platformWord(row.platform)),
          },
          { id: 'latest', head: t('updates.newest'), width: 100, aside: true, cell: row => row.latest ?? '–' },
          {
            id: 'share',
            head: t('home.share'),
            aside: true,
            cell: row => (
              <Roll
                shares={fleetStandings.map(s => ({ tone: fleetTones[s], count: row.counts[s] ?? 0 }))}
                label={f.number(total(row))}
              />
            ),
          },
          ...fleetStandings.map(standing => ({
            id: standing,
            head: t(`updates.standing.${standing}`),
            width: 118,
            num: true,
            aside: standing !== 'latest' && standing !== 'behind',
            cell: (row: (typeof rows)[number]) => {
              const n = row.counts[standing] ?? 0
              const open = shown?.platform === row.platform && shown.standing === standing
              if (n === 0) return <span className="muted">{f.number(0)}</span>
              return (
                <button
                  type="button"
                  className="link"
                  aria-expanded={open}
                  onClick={() => setShown(open ? null : { platform: row.platform, standing })}
                >
                  {t('updates.share', { n, share: f.percent(n / total(row)) })}
                </button>
              )
            },
          })),
        ]}
      />
      {shown && <FleetDevices {...shown} />}
    </Section>
  )
}
