import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { dangerous } from '@muster/wire/apple/catalog/overlay.ts'
import type { Device } from '../../../contract.ts'
import { useVoice } from '../../../i18n/index.tsx'
import { fold } from '../../../i18n/messages.ts'
import '../../../kit/css/catalog-form.css'
import { ButtonLink } from '../../../kit/Button.tsx'
import { Icon } from '../../../kit/Icon.tsx'
import { ListTable } from '../../../kit/ListTable.tsx'
import { Bones, Empty, PageHead } from '../../../kit/Page.tsx'
import { ProblemNote } from '../../../kit/Problem.tsx'
import { type CatalogLine, catalogQuery } from '../../policies/catalogQueries.ts'
import { crumbsOf } from './crumbs.tsx'
import { recipientOf, sayRefusal } from './recipient.ts'

type Row = CatalogLine & { why: string | null }

/** Every command of the catalog, those first that the device can take; the others say why not. */
export function Commands({ device }: { device: Device }) {
  const voice = useVoice()
  const { t } = voice
  const [typed, setTyped] = useState('')
  const list = useQuery(catalogQuery)
  const to = recipientOf(device)
  const words = fold(typed).split(/\s+/).filter(Boolean)
  const rows: Row[] = (list.data?.items ?? [])
    .filter(line => line.family === 'command')
    .filter(line => words.every(word => fold(`${line.name} ${line.id}`).includes(word)))
    .map(line => ({ ...line, why: sayRefusal(voice, line, to) }))
    .toSorted((a, b) => Number(a.why !== null) - Number(b.why !== null) || (a.name < b.name ? -1 : 1))
  return (
    <>
      <PageHead title={t('apple.title')} crumbs={crumbsOf(t, device)} lede={t('apple.lede', { name: device.name })}>
        <ButtonLink to="/devices/$device/apple" params={{ device: device.id }} search={{ command: '*' }}>
          {t('apple.byHand')}
        </ButtonLink>
      </PageHead>
      <div className="pad">
        <div className="cf-bar">
          <div className="in-wrap cf-find">
            <Icon name="search" />
            <input
              className="in"
              type="search"
              aria-label={t('apple.search')}
              placeholder={t('apple.search')}
              value={typed}
              onChange={event => setTyped(event.target.value)}
            />
          </div>
        </div>
        <ProblemNote error={list.error} />
        {list.isPending && <Bones label={t('kit.loading')} />}
        {list.data && rows.length === 0 && <Empty title={t('apple.none')}>{t('apple.noneText')}</Empty>}
      </div>
      {rows.length > 0 && <Table device={device} rows={rows} />}
    </>
  )
}

function Table({ device, rows }: { device: Device; rows: readonly Row[] }) {
  const { t } = useVoice()
  return (
    <ListTable
      caption={t('apple.title')}
      rows={rows}
      keyOf={row => row.id}
      columns={[
        {
          id: 'name',
          head: t('catalog.name'),
          cell: row =>
            row.why === null ? (
              <Link to="/devices/$device/apple" params={{ device: device.id }} search={{ command: row.id }} lang="en">
                {row.name}
              </Link>
            ) : (
              <span className="muted" lang="en">
                {row.name}
              </span>
            ),
        },
        {
          id: 'standing',
          head: t('apple.standing'),
          cell: row =>
            row.why !== null ? (
              <span className="muted">{row.why}</span>
            ) : dangerous.has(`command ${row.id}`) ? (
              <span className="badge">{t('apple.risky')}</span>
            ) : (
              t('apple.can')
            ),
        },
        {
          id: 'id',
          head: t('catalog.id'),
          aside: true,
          cell: row => (
            <span className="mono" lang="en">
              {row.id}
            </span>
          ),
        },
      ]}
    />
  )
}
