import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { looksQuery } from './queries.ts'

/** Who opened what is hidden, of which device, and why. */
export function Looks() {
  const { t, f, has } = useVoice()
  const found = useInfiniteQuery(looksQuery)
  const rows = found.data?.pages.flatMap(p => p.items) ?? []
  const what = (type: string): string => {
    const key = `privacy.type.${type}`
    return has(key) ? t(key) : type
  }
  return (
    <Section id="looks" title={t('privacy.looks')} hint={t('privacy.looksHint')}>
      <ProblemNote error={found.error} />
      {found.isPending && <Bones lines={3} label={t('kit.loading')} />}
      {found.data && rows.length === 0 && <Empty title={t('privacy.noLooks')}>{t('privacy.noLooksText')}</Empty>}
      {rows.length > 0 && (
        <ListTable
          caption={t('privacy.looks')}
          rows={rows}
          keyOf={look => look.id}
          inset
          columns={[
            { id: 'who', head: t('privacy.lookBy'), cell: look => look.by.name ?? '–' },
            { id: 'what', head: t('privacy.lookWhat'), cell: look => what(look.what) },
            {
              id: 'device',
              head: t('privacy.lookDevice'),
              cell: look => (
                <Link to="/devices/$id" params={{ id: look.device.id }}>
                  {look.device.name || look.device.id}
                </Link>
              ),
            },
            { id: 'why', head: t('privacy.lookWhy'), cell: look => look.purpose },
            { id: 'when', head: t('privacy.lookWhen'), width: 168, cell: look => f.dateTime(look.at) },
          ]}
        />
      )}
      {found.hasNextPage && (
        <Button busy={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          {t('privacy.more')}
        </Button>
      )}
    </Section>
  )
}
