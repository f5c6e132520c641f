import '../../kit/css/apps.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { AppRow } from '../../contract/apps.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan } from '../../session.tsx'
import { AppMark } from './AppMark.tsx'
import { AppProgress } from './AppProgress.tsx'
import { AppsNav } from './AppsNav.tsx'
import { appsQuery } from './queries.ts'
import { StoreDialog } from './StoreDialog.tsx'
import { UploadDialog } from './UploadDialog.tsx'
import { WebDialog } from './WebDialog.tsx'
import { kindKeys } from './words.ts'

type Adding = 'store' | 'file' | 'web' | null

/** The catalog: every app with on how many devices it is there, on its way, or not to be had. */
export function AppList() {
  const { t } = useVoice()
  const can = useCan()
  const { kind = '', words = '' } = useSearch({ strict: false }) as { kind?: string; words?: string }
  const navigate = useNavigate()
  const [adding, setAdding] = useState<Adding>(null)
  const list = useInfiniteQuery({ ...appsQuery(kind, words), placeholderData: previous => previous })
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  const narrow = (to: { kind?: string; words?: string }) => {
    const next = { kind, words, ...to }
    const search = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== ''))
    void navigate({ to: '/apps', search, replace: true })
  }
  const nothing = list.data && rows.length === 0
  return (
    <>
      <PageHead title={t('nav.apps')} lede={t('appsPage.lede')}>
        {can('apps:write') && (
          <>
            <Button icon="upload" onClick={() => setAdding('file')}>
              {t('appsPage.upload')}
            </Button>
            <Button icon="globe" onClick={() => setAdding('web')}>
              {t('appsPage.addWeb')}
            </Button>
            <Button variant="primary" icon="plus" onClick={() => setAdding('store')}>
              {t('appsPage.addStore')}
            </Button>
          </>
        )}
      </PageHead>
      <AppsNav />
      <div className="pad row-fields below-tabs">
        <TextField
          label={t('appsPage.search')}
          value={words}
          onChange={event => narrow({ words: event.target.value })}
        />
        <SelectField
          label={t('appsPage.kind')}
          value={kind}
          onChange={event => narrow({ kind: event.target.value })}
          options={[
            { value: '', label: t('appsPage.allKinds') },
            ...Object.entries(kindKeys).map(([value, key]) => ({ value, label: t(key) })),
          ]}
        />
      </div>
      <div className="pad">
        <ProblemNote error={list.error} />
        {list.isPending && <Bones lines={6} label={t('kit.loading')} />}
        {nothing && (
          <Empty title={t(kind || words ? 'appsPage.noneFound' : 'appsPage.empty')}>{t('appsPage.emptyText')}</Empty>
        )}
      </div>
      {rows.length > 0 && <Rows rows={rows} />}
      {list.hasNextPage && (
        <div className="pad more">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('kit.more')}
          </Button>
        </div>
      )}
      {adding === 'store' && <StoreDialog onClose={() => setAdding(null)} />}
      {adding === 'file' && <UploadDialog onClose={() => setAdding(null)} />}
      {adding === 'web' && <WebDialog onClose={() => setAdding(null)} />}
    </>
  )
}

function Rows({ rows }: { rows: readonly AppRow[] }) {
  const { t, f } = useVoice()
  return (
    <ListTable
      caption={t('nav.apps')}
      rows={rows}
      keyOf={row => row.id}
      columns={[
        {
          id: 'name',
          head: t('apps.name'),
          cell: row => (
            <span className="with-mark">
              <AppMark icon={row.icon} />
              <Link to="/apps/$app" params={{ app: row.id }} className="plain cut" lang={langOf(row.name)}>
                {row.name}
              </Link>
            </span>
          ),
        },
        {
          id: 'kind',
          head: t('appsPage.kind'),
          width: 150,
          aside: true,
          cell: row => t(kindKeys[row.kind] ?? 'appsPage.kind.store'),
        },
        {
          id: 'platform',
          head: t('appsPage.system'),
          width: 130,
          aside: true,
          cell: row => t(`appsPage.platform.${row.platform}`),
        },
        { id: 'version', head: t('apps.version'), width: 90, aside: true, cell: row => row.version ?? '–' },
        {
          id: 'progress',
          head: t('appsPage.installed'),
          width: 190,
          cell: row => <AppProgress counts={row.counts} />,
        },
        {
          id: 'required',
          head: t('appsPage.required'),
          width: 90,
          num: true,
          aside: true,
          cell: row => f.number(row.counts.required),
        },
        {
          id: 'pending',
          head: t('appsPage.pending'),
          width: 96,
          num: true,
          aside: true,
          cell: row => f.number(row.counts.pending),
        },
        {
          id: 'failed',
          head: t('appsPage.failed'),
          width: 80,
          num: true,
          cell: row => <Failed n={row.counts.failed} />,
        },
      ]}
    />
  )
}

/** A number that wants to be seen when it is not nothing. */
function Failed({ n }: { n: number }) {
  const { f } = useVoice()
  return n === 0 ? <span className="muted">{f.number(n)}</span> : <b className="s s-danger">{f.number(n)}</b>
}
