import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type { Import, ImportLine } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Segments } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { csvOf, saveFile } from './csv.ts'
import { linesQuery } from './queries.ts'
import { outcomes, sayField, sayRemark } from './words.ts'

/** The lines of a file by what they would do, those with errors first; the errors as a file of their own. */
export function ImportRows({ one }: { one: Import }) {
  const { t } = useVoice()
  const { counts } = one
  const [only, setOnly] = useState(counts.error > 0 ? 'errors' : '')
  const list = useInfiniteQuery(linesQuery(one.id, only))
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  const choices = [
    ['', t('imports.all')],
    ...(counts.error > 0 ? [['errors', t('imports.outcome.error')]] : []),
    ...(counts.add > 0 ? [['add', t('imports.outcome.add')]] : []),
    ...(counts.change > 0 ? [['change', t('imports.outcome.change')]] : []),
    ...(counts.remove > 0 ? [['remove', t('imports.outcome.remove')]] : []),
    ...(counts.failed > 0 ? [['failed', t('imports.failed')]] : []),
    ...(counts.kept > 0 ? [['kept', t('imports.kept')]] : []),
  ] as [string, string][]
  return (
    <>
      <div className="lines-head">
        <Segments
          label={t('imports.which')}
          value={only}
          onChange={setOnly}
          options={choices.map(([value, label]) => ({ value, label }))}
        />
        {counts.error > 0 && <ErrorsFile one={one} />}
      </div>
      <ProblemNote error={list.error} />
      {list.isPending && <Bones lines={5} label={t('kit.loading')} />}
      {list.data && rows.length === 0 && <Empty title={t('imports.noLines')} />}
      {rows.length > 0 && <Lines rows={rows} />}
      {list.hasNextPage && (
        <div className="more">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('kit.more')}
          </Button>
        </div>
      )}
    </>
  )
}

function Lines({ rows }: { rows: readonly ImportLine[] }) {
  const { t, f } = useVoice()
  return (
    <ListTable
      inset
      caption={t('imports.linesTitle')}
      rows={rows}
      keyOf={row => String(row.n)}
      columns={[
        {
          id: 'label',
          head: t('imports.who'),
          width: 240,
          cell: row => (
            <>
              <span lang={langOf(row.label)}>{row.label || t('imports.nameless')}</span>
              <span className="phone-only small">
                <What row={row} />
              </span>
            </>
          ),
        },
        {
          id: 'line',
          head: t('imports.line'),
          width: 64,
          num: true,
          cell: row => (row.line === null ? <span className="muted">–</span> : f.number(row.line)),
        },
        {
          id: 'outcome',
          head: t('imports.does'),
          width: 128,
          cell: row => row.outcome && <Outcome row={row} />,
        },
        { id: 'what', head: t('imports.what'), aside: true, cell: row => <What row={row} /> },
      ]}
    />
  )
}

function Outcome({ row }: { row: ImportLine }) {
  const { t } = useVoice()
  if (row.state === 'kept' || row.state === 'failed') return <State tone="attention">{t(`imports.${row.state}`)}</State>
  if (!row.outcome) return null
  const look = outcomes[row.outcome]
  return (
    <State tone={look.tone} icon={look.icon} quiet>
      {t(`imports.outcome.${row.outcome}`)}
    </State>
  )
}

/** What is wrong, else what changes. */
function What({ row }: { row: ImportLine }) {
  const voice = useVoice()
  const { t } = voice
  if (row.errors.length > 0)
    return (
      <>
        {row.errors.map(error => (
          <span key={`${error.column}${error.code}`} className="remark-line">
            {error.column && <b>{sayField(voice, error.column)}: </b>}
            {sayRemark(voice, error)}
          </span>
        ))}
      </>
    )
  return (
    <>
      {row.fields.slice(0, 4).map(one => (
        <span key={one.field} className="remark-line">
          {sayField(voice, one.field)}: {one.before && row.outcome !== 'add' && <s className="muted">{one.before}</s>}{' '}
          <b lang={langOf(one.after ?? '')}>{one.after ?? t('value.none')}</b>
        </span>
      ))}
      {row.notes.map(note => (
        <span key={note.code} className="remark-line muted">
          {sayRemark(voice, note)}
        </span>
      ))}
    </>
  )
}

/** Every wrong line with what is wrong, as a file to send back to whoever made the other one. */
function ErrorsFile({ one }: { one: Import }) {
  const voice = useVoice()
  const { t } = voice
  const make = useMutation({
    mutationFn: async () => {
      const rows: ImportLine[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page: Page<ImportLine> = await get<Page<ImportLine>>(`/imports/${one.id}/rows`, {
          only: 'errors',
          cursor,
          limit: 500,
        })
        rows.push(...page.items)
        cursor = page.next
      }
      const fields = one.columns.flatMap(column => (column.field ? [column] : []))
      const head = [t('imports.line'), t('imports.wrong'), ...fields.map(column => column.title)]
      const lines = rows.map(row => [
        String(row.line ?? ''),
        row.errors
          .map(error => (error.column ? `${sayField(voice, error.column)}: ` : '') + sayRemark(voice, error))
          .join('; '),
        ...fields.map(column => row.cells[column.field ?? ''] ?? ''),
      ])
      saveFile(`${one.name.replace(/\.[^.]*$/, '')}-${t('imports.errorsFile')}.csv`, csvOf([head, ...lines]))
    },
  })
  return (
    <>
      <Button icon="download" busy={make.isPending} onClick={() => make.mutate()}>
        {t('imports.errorsCsv', { n: one.counts.error })}
      </Button>
      <ProblemNote error={make.error} />
    </>
  )
}
