import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Release } from '../../contract/updates.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { releasesQuery } from './queries.ts'
import { useCan } from '../../session.tsx'
import { platformWord } from './words.ts'

const few = 8

/** Every version that vendors offer or offered, newest first. */
export function Releases() {
  const { t, f } = useVoice()
  const can = useCan()
  const list = useQuery(releasesQuery)
  const [all, setAll] = useState(false)
  const items = list.data?.items ?? []
  if (items.length === 0) return <ProblemNote error={list.error} />
  const tone = (row: Release): 'ok' | 'none' | 'info' => (row.goneAt !== null ? 'none' : row.open ? 'ok' : 'info')
  const word = (row: Release): string =>
    t(
      row.goneAt !== null
        ? 'updates.gone'
        : row.background
          ? 'updates.background'
          : row.open
            ? 'updates.open'
            : 'updates.signed',
    )
  return (
    <Section id="releases" title={t('updates.releases')}>
      <ListTable
        caption={t('updates.releases')}
        rows={all ? items : items.slice(0, few)}
        keyOf={row => `${row.platform} ${row.version} ${row.build}`}
        columns={[
          {
            id: 'version',
            head: t('campaign.version'),
            width: 170,
            cell: row => `${platformWord(row.platform)} ${row.version}`,
          },
          {
            id: 'build',
            head: t('updates.build'),
            width: 130,
            aside: true,
            cell: row => <span className="mono">{row.build}</span>,
          },
          {
            id: 'state',
            head: t('campaign.stateHead'),
            wraps: true,
            cell: row => <State tone={tone(row)}>{word(row)}</State>,
          },
          { id: 'posted', head: t('updates.posted'), width: 140, aside: true, cell: row => f.date(row.postedAt) },
          {
            id: 'expires',
            head: t('updates.expires'),
            width: 140,
            aside: true,
            cell: row => (row.expiresAt === null ? '–' : f.date(row.expiresAt)),
          },
          {
            id: 'hardware',
            head: t('updates.hardware'),
            width: 110,
            num: true,
            aside: true,
            cell: row => f.number(row.hardware),
          },
          ...(can('updates:write')
            ? [
                {
                  id: 'bring',
                  head: t('campaign.acts'),
                  quiet: true,
                  width: 170,
                  cell: (row: Release) =>
                    row.goneAt === null && !row.background ? (
                      <Link
                        to="/updates/new"
                        search={{ platform: row.platform, version: row.version }}
                        aria-label={`${t('updates.bring')}: ${platformWord(row.platform)} ${row.version}`}
                      >
                        {t('updates.bring')}
                      </Link>
                    ) : null,
                },
              ]
            : []),
        ]}
      />
      {items.length > few && (
        <div className="campaign-more">
          <Button size="sm" onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? t('updates.fewer') : t('updates.all', { n: items.length })}
          </Button>
        </div>
      )}
    </Section>
  )
}
