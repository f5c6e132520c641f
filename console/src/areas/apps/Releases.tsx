import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { AppPageData } from '../../contract/apps.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { UploadDialog } from './UploadDialog.tsx'

/** The versions of an app of one's own, and who must have signed them. */
export function Releases({ app }: { app: AppPageData }) {
  const { t, f } = useVoice()
  const can = useCan()
  const client = useQueryClient()
  const [adding, setAdding] = useState(false)
  const act = useMutation({
    mutationFn: ({ method, path }: { method: 'POST' | 'DELETE'; path: string }) => call(method, path),
    onSuccess: () => client.invalidateQueries({ queryKey: ['app', app.id] }),
  })
  const writes = can('apps:write')
  return (
    <Section id="releases" title={t('appsPage.releases')} hint={app.signer ? t('appsPage.pinned') : null}>
      <div>
        <ProblemNote error={act.error} />
        {app.releases.length === 0 && <Empty title={t('appsPage.noReleases')}>{t('appsPage.uploadText')}</Empty>}
        {writes && (
          <p className="acts-line">
            <Button icon="upload" onClick={() => setAdding(true)}>
              {t('appsPage.newRelease')}
            </Button>
            {app.signer && (
              <Button
                variant="quiet"
                busy={act.isPending}
                onClick={() => act.mutate({ method: 'POST', path: `/apps/${app.id}/allow-signer` })}
              >
                {t('appsPage.allowSigner')}
              </Button>
            )}
          </p>
        )}
      </div>
      {app.releases.length > 0 && (
        <ListTable
          caption={t('appsPage.releases')}
          rows={app.releases}
          keyOf={row => row.id}
          columns={[
            {
              id: 'version',
              head: t('apps.version'),
              cell: row => (
                <span>
                  <span data-name>{row.shortVersion}</span>{' '}
                  {row.latest && (
                    <State tone="ok" quiet>
                      {t('appsPage.latest')}
                    </State>
                  )}
                  {row.withdrawnAt !== null && (
                    <State tone="none" quiet>
                      {t('appsPage.withdrawn')}
                    </State>
                  )}
                </span>
              ),
            },
            { id: 'size', head: t('apps.size'), width: 100, num: true, cell: row => f.bytes(row.size) },
            { id: 'os', head: t('appsPage.fromOs'), width: 100, aside: true, cell: row => row.minimumOs ?? '–' },
            {
              id: 'signer',
              head: t('appsPage.signer'),
              aside: true,
              cell: row => <span data-name>{row.signerName ?? '–'}</span>,
            },
            {
              id: 'ends',
              head: t('appsPage.ends'),
              width: 120,
              aside: true,
              cell: row => (row.expiresAt === null ? '–' : f.date(row.expiresAt)),
            },
            { id: 'added', head: t('appsPage.added'), width: 120, aside: true, cell: row => f.date(row.addedAt) },
            {
              id: 'acts',
              head: t('appsPage.withdraw'),
              quiet: true,
              width: 130,
              cell: row =>
                writes && row.withdrawnAt === null ? (
                  <Button
                    size="sm"
                    busy={act.isPending}
                    onClick={() => act.mutate({ method: 'DELETE', path: `/releases/${row.id}` })}
                  >
                    {t('appsPage.withdraw')}
                  </Button>
                ) : null,
            },
          ]}
        />
      )}
      {adding && <UploadDialog app={{ id: app.id, unit: app.unit.id }} onClose={() => setAdding(false)} />}
    </Section>
  )
}
