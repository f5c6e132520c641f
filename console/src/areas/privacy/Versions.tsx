import { useInfiniteQuery } from '@tanstack/react-query'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Bones, Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { versionsQuery } from './queries.ts'

/** Every version of the charter, who made it and why, and who signed it. */
export function Versions() {
  const { t, f } = useVoice()
  const found = useInfiniteQuery(versionsQuery)
  const rows = found.data?.pages.flatMap(p => p.items) ?? []
  return (
    <Section id="versions" title={t('privacy.versions')}>
      <ProblemNote error={found.error} />
      {found.isPending && <Bones lines={3} label={t('kit.loading')} />}
      {found.data && rows.length === 0 && <Empty title={t('privacy.noVersions')}>{t('privacy.noVersionsText')}</Empty>}
      <ol className="lines privacy-versions">
        {rows.map(v => (
          <li key={v.id}>
            <b>{t('privacy.version', { version: v.version })}</b> <span className="muted">{f.dateTime(v.at)}</span>
            <span>{t('privacy.byWhom', { name: v.by.name ?? '–', why: v.why })}</span>
            {v.signatures.length > 0 && (
              <span>{t('privacy.signedBy', { names: f.list(v.signatures.map(s => s.name)) })}</span>
            )}
            <span className="small mono privacy-hash">SHA-256 {v.hash}</span>
          </li>
        ))}
      </ol>
      {found.hasNextPage && (
        <Button busy={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          {t('privacy.more')}
        </Button>
      )}
    </Section>
  )
}
