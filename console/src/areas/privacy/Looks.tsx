import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Bones, Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Grid } from './Grid.tsx'
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
        <Grid
          caption={t('privacy.looks')}
          heads={[
            t('privacy.lookBy'),
            t('privacy.lookWhat'),
            t('privacy.lookDevice'),
            t('privacy.lookWhy'),
            t('privacy.lookWhen'),
          ]}
          rows={rows.map(look => [
            look.by.name ?? '–',
            what(look.what),
            <Link key="device" to="/devices/$id" params={{ id: look.device.id }}>
              {look.device.name || look.device.id}
            </Link>,
            look.purpose,
            f.dateTime(look.at),
          ])}
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
