import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { type Family, families } from '@muster/wire/apple/catalog/catalog.ts'
import '../../kit/css/catalog-form.css'
import { useVoice } from '../../i18n/index.tsx'
import { badgesOf } from '../../kit/catalog-form/words.ts'
import { Icon } from '../../kit/Icon.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { PolicyNav } from './PolicyNav.tsx'
import { type CatalogHit, type CatalogLine, catalogQuery, catalogSearchQuery } from './catalogQueries.ts'

/** Everything Apple devices can be told, asked and say: what we know of it, to look up and to try. */
export function CatalogPage() {
  const { t, f } = useVoice()
  const { family = 'payload' } = useSearch({ strict: false }) as { family?: Family }
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed.trim(), 120)
  const navigate = useNavigate()
  const list = useQuery(catalogQuery)
  const hits = useQuery(catalogSearchQuery(text))
  const lines = list.data?.items ?? []
  return (
    <>
      <PageHead
        title={t('catalog.title')}
        crumbs={[{ label: t('nav.policies'), to: '/policies' }, { label: t('catalog.title') }]}
        lede={t('catalog.lede', { n: f.number(lines.length) })}
      />
      <PolicyNav />
      <div className="pad">
        <div className="cf-bar">
          <span className="pick">
            <select
              className="in"
              aria-label={t('catalog.families')}
              value={family}
              disabled={text !== ''}
              onChange={event => void navigate({ to: '/policies/catalog', search: { family: event.target.value } })}
            >
              {families.map(one => (
                <option key={one} value={one}>
                  {t('catalog.familyCount', {
                    family: t(`catalog.family.${one}`),
                    n: f.number(lines.filter(line => line.family === one).length),
                  })}
                </option>
              ))}
            </select>
            <Icon name="down" />
          </span>
          <div className="in-wrap cf-find">
            <Icon name="search" />
            <input
              className="in"
              type="search"
              aria-label={t('catalog.search')}
              placeholder={t('catalog.search')}
              value={typed}
              onChange={event => setTyped(event.target.value)}
            />
          </div>
        </div>
        <ProblemNote error={list.error ?? hits.error} />
        {list.isPending && <Bones label={t('kit.loading')} />}
      </div>
      {text === '' ? (
        <Lines lines={lines.filter(line => line.family === family)} />
      ) : (
        <Hits hits={hits.data?.items ?? []} settled={!hits.isPending} />
      )}
    </>
  )
}

function Lines({ lines }: { lines: readonly CatalogLine[] }) {
  const voice = useVoice()
  const { t, f } = voice
  if (lines.length === 0) return null
  return (
    <ListTable
      caption={t('catalog.title')}
      rows={lines}
      keyOf={line => `${line.family} ${line.id}`}
      columns={[
        { id: 'name', head: t('catalog.name'), cell: line => <ArtifactLink {...line}>{line.name}</ArtifactLink> },
        { id: 'id', head: t('catalog.id'), cell: line => <span className="mono">{line.id}</span> },
        {
          id: 'where',
          head: t('catalog.where'),
          aside: true,
          cell: line =>
            badgesOf(voice, [line.os])
              .map(badge => badge.text)
              .join(', '),
        },
        {
          id: 'keys',
          head: t('catalog.keys'),
          width: 90,
          num: true,
          cell: line => (line.open ? t('catalog.unknown') : f.number(line.keys)),
        },
      ]}
    />
  )
}

function Hits({ hits, settled }: { hits: readonly CatalogHit[]; settled: boolean }) {
  const { t } = useVoice()
  if (hits.length === 0)
    return <div className="pad">{settled && <Empty title={t('catalog.none')}>{t('catalog.noneText')}</Empty>}</div>
  return (
    <ListTable
      caption={t('catalog.title')}
      rows={hits}
      keyOf={hit => `${hit.family} ${hit.id} ${hit.path}`}
      columns={[
        { id: 'label', head: t('catalog.name'), cell: hit => <ArtifactLink {...hit}>{hit.label}</ArtifactLink> },
        {
          id: 'in',
          head: t('catalog.in'),
          cell: hit => (hit.path === '' ? t(`catalog.family.${hit.family}`) : <span lang="en">{hit.name}</span>),
        },
        {
          id: 'path',
          head: t('catalog.id'),
          aside: true,
          cell: hit => <span className="mono">{hit.path === '' ? hit.id : hit.path.slice(1)}</span>,
        },
      ]}
    />
  )
}

function ArtifactLink(props: { family: Family; id: string; path?: string; children: string }) {
  const [key] = props.path?.slice(1).split('/') ?? []
  return (
    <Link
      to="/policies/catalog/$family/$id"
      params={{ family: props.family, id: props.id }}
      search={key ? { at: key } : {}}
      lang="en"
    >
      {props.children}
    </Link>
  )
}
