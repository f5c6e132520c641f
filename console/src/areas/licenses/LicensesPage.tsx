import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import '../../kit/css/licenses.css'
import { address } from '../../api.ts'
import type { License } from '../../contract/licenses.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, Sentence, State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { AppsNav } from '../apps/AppsNav.tsx'
import { licensesQuery, missingQuery, tokensQuery } from './queries.ts'
import { TokenDialog } from './TokenDialog.tsx'
import { Tokens } from './Tokens.tsx'

/** Licenses of apps and books: what is missing first, then who may hand out what, then every item with its numbers. */
export function LicensesPage() {
  const { t } = useVoice()
  const can = useCan()
  const [adding, setAdding] = useState(false)
  const [search, setSearch] = useState('')
  const tokens = useQuery(tokensQuery)
  const list = useInfiniteQuery(licensesQuery(search))
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  return (
    <>
      <PageHead title={t('licenses.title')} lede={t('licenses.lede')}>
        <a className="btn" href={address('/licenses.csv')} download>
          {t('licenses.csv')}
        </a>
        {can('roster:write') && (
          <Button variant="primary" icon="plus" onClick={() => setAdding(true)}>
            {t('licenses.addToken')}
          </Button>
        )}
      </PageHead>
      <AppsNav />
      <div className="pad tab-body">
        <ProblemNote error={tokens.error ?? list.error} />
        {tokens.data && tokens.data.items.length > 0 && list.data && <Lead rows={rows} />}
        <Missing />
      </div>
      <Section id="tokens" title={t('licenses.tokens')} hint={t('licenses.tokensHint')}>
        {tokens.data?.items.length === 0 ? (
          <Empty title={t('licenses.noToken')}>{t('licenses.noTokenText')}</Empty>
        ) : (
          <Tokens rows={tokens.data?.items ?? []} />
        )}
      </Section>
      <Section id="licenses" title={t('licenses.items')}>
        <div className="license-find">
          <TextField label={t('licenses.search')} value={search} onChange={event => setSearch(event.target.value)} />
        </div>
        {list.isPending && <Bones lines={6} label={t('kit.loading')} />}
        {list.data && rows.length === 0 && <Empty title={t('licenses.none')}>{t('licenses.noneText')}</Empty>}
        {rows.length > 0 && <Items rows={rows} />}
        {list.hasNextPage && (
          <p className="pad">
            <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('licenses.more')}
            </Button>
          </p>
        )}
      </Section>
      {adding && <TokenDialog onClose={() => setAdding(false)} />}
    </>
  )
}

/** What needs somebody, in one sentence. */
function Lead({ rows }: { rows: readonly License[] }) {
  const { t } = useVoice()
  const short = rows.filter(row => row.short > 0)
  const n = short.reduce((sum, row) => sum + row.short, 0)
  const unused = rows.reduce((sum, row) => sum + row.seats.unused, 0)
  return (
    <Sentence tone={n > 0 ? 'danger' : 'ok'}>
      <b>{n > 0 ? t('licenses.leadShort', { n, apps: short.length }) : t('licenses.leadOk')}</b>{' '}
      {unused > 0 && t('licenses.leadUnused', { n: unused })}
    </Sentence>
  )
}

/** Apps that devices should have and nobody has bought. */
function Missing() {
  const { t } = useVoice()
  const missing = useQuery(missingQuery)
  return (missing.data?.items ?? []).map(({ app, wanted }) => (
    <Note key={app.id} tone="danger">
      <p>
        <b lang="en">{app.name}</b>: {t('licenses.unlicensed', { n: wanted })}
      </p>
    </Note>
  ))
}

function Items({ rows }: { rows: readonly License[] }) {
  const { t, f } = useVoice()
  const number = (id: string, head: string, value: (row: License) => number, aside = true) => ({
    id,
    head,
    num: true,
    width: 100,
    aside,
    cell: (row: License) => f.number(value(row)),
  })
  return (
    <ListTable
      caption={t('licenses.items')}
      rows={rows}
      keyOf={row => row.id}
      columns={[
        {
          id: 'name',
          head: t('licenses.item'),
          cell: row => (
            <Link to="/apps/licenses/$license" params={{ license: row.id }} lang={row.name === '' ? undefined : 'en'}>
              {row.name === '' ? t('licenses.nameless', { product: row.product, number: row.storeId }) : row.name}
            </Link>
          ),
        },
        {
          id: 'state',
          head: t('licenses.state'),
          width: 190,
          cell: row => <Standing row={row} />,
        },
        {
          id: 'program',
          head: t('licenses.token'),
          width: 210,
          aside: true,
          wraps: true,
          cell: row => <span lang="en">{row.program.name}</span>,
        },
        number('total', t('licenses.total'), row => row.total),
        number('assigned', t('licenses.assigned'), row => row.assigned),
        number('free', t('licenses.free'), row => row.free, false),
        number('unused', t('licenses.unused'), row => row.seats.unused),
      ]}
    />
  )
}

/** How one license stands: missing, being given, or enough. */
export function Standing({ row }: { row: License }) {
  const { t } = useVoice()
  if (row.short > 0) return <State tone="danger">{t('licenses.short', { n: row.short })}</State>
  if (row.seats.refused > 0) return <State tone="attention">{t('licenses.refused', { n: row.seats.refused })}</State>
  if (row.seats.slow > 0) return <State tone="attention">{t('licenses.slow', { n: row.seats.slow })}</State>
  const moving = row.seats.asked + row.seats.wanted + row.seats.returning
  if (moving > 0) return <State tone="pending">{t('licenses.moving', { n: moving })}</State>
  return <State tone="ok">{t('licenses.enough')}</State>
}
