import { useQuery } from '@tanstack/react-query'
import type { Page } from '../../contract.ts'
import type { DataType } from '../../contract/privacy.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { DeviceApps } from '../apps/DeviceApps.tsx'
import { GatePanel } from '../privacy/GatePanel.tsx'
import { type AppRow, deviceListQuery } from './queries.ts'

/** The apps of an Android device: who signed each, what brought it, and what it may do. */
export function AndroidApps({ device }: { device: string }) {
  const { t, f } = useVoice()
  const apps = useQuery(deviceListQuery<AppRow>(device, 'apps'))
  const page: (Page<AppRow> & { gated?: DataType | null }) | undefined = apps.data
  const rows = page?.items ?? []
  const seen = rows[0]?.seenAt
  return (
    <>
      <DeviceApps device={device} />
      {page?.gated && (
        <div className="pad">
          <GatePanel device={device} what={[page.gated]} />
        </div>
      )}
      <Section
        id="apps"
        title={t('apps.apps')}
        hint={rows.length > 0 ? f.number(rows.length) : null}
        by={seen ? <Age at={seen} ago focusable /> : null}
      >
        <ProblemNote error={apps.error} />
        {apps.isPending && <Bones label={t('kit.loading')} />}
        {page && rows.length === 0 && !page.gated && (
          <Empty title={t('android.noApps')}>{t('android.noAppsText')}</Empty>
        )}
        {rows.length > 0 && (
          <ListTable
            caption={t('apps.apps')}
            inset
            rows={rows}
            keyOf={row => row.identifier ?? ''}
            columns={[
              {
                id: 'name',
                head: t('apps.name'),
                cell: row => (
                  <>
                    <span lang="en">{row.name ?? row.identifier}</span>{' '}
                    <span className="mono small soft">{row.identifier}</span>
                  </>
                ),
              },
              { id: 'version', head: t('apps.version'), width: 96, cell: row => row.version ?? '–' },
              {
                id: 'by',
                head: t('apps.by'),
                width: 200,
                cell: row =>
                  row.managed ? t('apps.managed') : row.system ? t('android.system.app') : <Installer row={row} />,
              },
              {
                id: 'signer',
                head: t('android.appSigner'),
                width: 132,
                aside: true,
                cell: row =>
                  row.signer ? (
                    <span className="mono" title={row.signer}>
                      {row.signer.slice(0, 12)}…
                    </span>
                  ) : (
                    '–'
                  ),
              },
              {
                id: 'permissions',
                head: t('android.permissions'),
                width: 132,
                aside: true,
                cell: row => <Permissions names={row.permissions ?? []} />,
              },
            ]}
          />
        )}
      </Section>
    </>
  )
}

function Installer({ row }: { row: AppRow }) {
  const { t } = useVoice()
  if (!row.installer) return t('android.sideloaded')
  return <span className="mono">{row.installer}</span>
}

/** Those that were granted, by the names Android gives them, which no language translates. */
function Permissions({ names }: { names: readonly string[] }) {
  const { f } = useVoice()
  if (names.length === 0) return '–'
  const short = names.map(name => name.split('.').at(-1) ?? name)
  return (
    <details>
      <summary>{f.number(names.length)}</summary>
      <span className="mono small" lang="en">
        {short.join(', ')}
      </span>
    </details>
  )
}
