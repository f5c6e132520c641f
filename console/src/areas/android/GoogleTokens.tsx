import { useInfiniteQuery } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { nameColumn, usedColumn } from '../enrollment/columns.tsx'
import { type GoogleToken, tokenTones } from './google.ts'

/** The tokens that devices enroll by: how often each was used, until when it is good, and which are gone at Google too. */
export function GoogleTokens({ program }: { program: string }) {
  const voice = useVoice()
  const { t, f } = voice
  const now = useNow()
  const list = useInfiniteQuery({
    queryKey: ['invitations', 'google', program],
    queryFn: ({ signal, pageParam }) =>
      get<Page<GoogleToken>>(
        `/programs/android/${program}/tokens`,
        { limit: 50, ...(pageParam === '' ? {} : { cursor: pageParam }) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: last => last.next ?? undefined,
    refetchInterval: 15_000,
  })
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  return (
    <Section id={`tokens-${program}`} title={t('google.tokens')} hint={rows.length > 0 ? f.number(rows.length) : null}>
      <ProblemNote error={list.error} />
      {list.isPending && <Bones label={t('kit.loading')} />}
      {list.data && rows.length === 0 && <Empty title={t('google.noTokens')}>{t('google.noTokensText')}</Empty>}
      {rows.length > 0 && (
        <ListTable<GoogleToken>
          caption={t('google.tokens')}
          inset
          rows={rows}
          keyOf={row => row.id}
          columns={[
            nameColumn(voice),
            {
              id: 'mode',
              head: t('google.mode'),
              width: 290,
              aside: true,
              cell: row => t(`enrollment.kind.${row.mode}`),
            },
            {
              id: 'state',
              head: t('device.col.state'),
              width: 170,
              cell: row => (
                <State tone={tokenTones[row.state]} quiet>
                  {t(`google.token.${row.state}`)}
                </State>
              ),
            },
            usedColumn(voice),
            {
              id: 'left',
              head: t('home.left'),
              width: 84,
              num: true,
              aside: true,
              cell: row => (row.expiresAt > now ? f.age(row.expiresAt - now) : '–'),
            },
          ]}
        />
      )}
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('kit.more')}
        </Button>
      )}
    </Section>
  )
}
