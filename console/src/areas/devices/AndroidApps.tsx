import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Page } from '../../contract.ts'
import type { DataType } from '../../contract/privacy.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { DeviceApps } from '../apps/DeviceApps.tsx'
import { Fingerprint } from '../apps/Fingerprint.tsx'
import { GatePanel } from '../privacy/GatePanel.tsx'
import { type AppRow, deviceListQuery } from './queries.ts'

/** The apps of an Android device: who signed each, what brought it, and what it may do. */
export function AndroidApps({ device }: { device: string }) {
  const { t, f } = useVoice()
  const apps = useQuery(deviceListQuery<AppRow>(device, 'apps'))
  const page: (Page<AppRow> & { gated?: DataType | null }) | undefined = apps.data
  const [words, setWords] = useState('')
  const all = page?.items ?? []
  const rows = all.filter(row => matches(row, words.trim().toLowerCase()))
  const seen = all[0]?.seenAt
  return (
    <>
      <DeviceApps device={device} />
      <Section
        id="apps"
        title={t('apps.apps')}
        hint={all.length > 0 ? f.number(all.length) : null}
        by={seen ? <Age at={seen} ago focusable /> : null}
      >
        <ProblemNote error={apps.error} />
        {page?.gated && <GatePanel device={device} what={[page.gated]} />}
        {apps.isPending && <Bones label={t('kit.loading')} />}
        {page && all.length === 0 && !page.gated && (
          <Empty title={t('android.noApps')}>{t('android.noAppsText')}</Empty>
        )}
        {all.length > 8 && (
          <div className="pad row-fields">
            <TextField label={t('android.searchApps')} value={words} onChange={event => setWords(event.target.value)} />
          </div>
        )}
        {all.length > 0 && rows.length === 0 && <p className="pad soft">{t('android.noSuchApps')}</p>}
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
              {
                id: 'version',
                head: t('apps.version'),
                width: 132,
                cell: row => (
                  <span data-name>
                    {row.version ?? '–'}{' '}
                    {typeof row.code === 'number' && <span className="soft small">({row.code})</span>}
                  </span>
                ),
              },
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
                width: 190,
                aside: true,
                cell: row => (row.signer ? <Fingerprint of={row.signer} /> : '–'),
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

/** By its name, its package, what brought it, or something it may do. */
function matches({ name, identifier, installer, permissions }: AppRow, words: string): boolean {
  return [name, identifier, installer, ...(permissions ?? [])].some(text => text?.toLowerCase().includes(words))
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
