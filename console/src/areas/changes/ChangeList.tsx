import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Change } from '../../contract/changes.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { PeopleNav } from '../identity/PeopleNav.tsx'
import { changesQuery } from './queries.ts'
import { changeStates } from './words.ts'

/** When a change is carried out, on the clock of the zone it was planned for. */
export function sayInstant({ locale, t }: Voice, change: Pick<Change, 'at' | 'zone'>): string {
  if (change.at === null) return t('changes.atOnce')
  const when = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    timeZone: change.zone,
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(change.at)
  return t('changes.inZone', { when, zone: change.zone.split('/').at(-1)?.replaceAll('_', ' ') ?? change.zone })
}

/** Everything that is planned, under way or done. */
export function ChangeList() {
  const voice = useVoice()
  const { t, f } = voice
  const list = useInfiniteQuery(changesQuery)
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  return (
    <>
      <PageHead title={t('changes.title')} lede={t('changes.lede')} />
      <PeopleNav />
      <div className="pad">
        <ProblemNote error={list.error} />
        {list.isPending && <Bones lines={5} label={t('kit.loading')} />}
        {list.data && rows.length === 0 && (
          <Empty title={t('changes.none')} action={<ButtonLink to="/people">{t('changes.noneAction')}</ButtonLink>}>
            {t('changes.noneText')}
          </Empty>
        )}
      </div>
      {rows.length > 0 && (
        <ListTable
          caption={t('changes.title')}
          rows={rows}
          keyOf={row => row.id}
          columns={[
            {
              id: 'name',
              head: t('changes.name'),
              cell: (row: Change) => (
                <Link to="/people/changes/$change" params={{ change: row.id }} lang={langOf(row.name)}>
                  {row.name}
                </Link>
              ),
            },
            {
              id: 'state',
              head: t('device.col.state'),
              width: 188,
              cell: row => (
                <State tone={changeStates[row.state].tone} icon={changeStates[row.state].icon} quiet>
                  {t(`changes.state.${row.state}`)}
                </State>
              ),
            },
            { id: 'at', head: t('changes.when'), width: 240, aside: true, cell: row => sayInstant(voice, row) },
            {
              id: 'moves',
              head: t('changes.moves'),
              width: 88,
              num: true,
              aside: true,
              cell: row => f.number(row.moves),
            },
            { id: 'by', head: t('imports.by'), width: 160, aside: true, cell: row => row.by.name ?? '–' },
            { id: 'made', head: t('changes.made'), width: 96, num: true, cell: row => <Age at={row.createdAt} /> },
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
    </>
  )
}
