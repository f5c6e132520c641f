import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type DragEvent, useId, useRef, useState } from 'react'
import type { Import, ImportMode, ImportOf } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { Segments, SelectField, Tick } from '../../kit/Field.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { useScope, useUnits } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { PeopleNav } from '../identity/PeopleNav.tsx'
import { keepFile } from './files.ts'
import { importsQuery, upload } from './queries.ts'
import { importStates } from './words.ts'

const kinds: readonly ImportOf[] = ['users', 'units', 'devices']
const modes: readonly ImportMode[] = ['add', 'update', 'replace']

/** Brings in a file: about what, how it counts, where it belongs; and the files that were brought in before. */
export function ImportStart() {
  const { t } = useVoice()
  const can = useCan()
  return (
    <>
      <PageHead title={t('imports.title')} lede={t('imports.lede')} />
      <PeopleNav />
      {can('changes:write') && <NewImport />}
      <Earlier />
    </>
  )
}

function NewImport() {
  const { t } = useVoice()
  const navigate = useNavigate()
  const client = useQueryClient()
  const scope = useScope()
  const units = useUnits()
  const [of, setOf] = useState<ImportOf>('users')
  const [mode, setMode] = useState<ImportMode>('add')
  const [unit, setUnit] = useState<string | null>(null)
  const [follow, setFollow] = useState(true)
  const place = unit ?? scope.unit?.id ?? units.data?.[0]?.id ?? ''
  const send = useMutation({
    mutationFn: (file: File) => upload(file, { of, mode, unit: place, devicesFollow: follow }),
    onSuccess: async (made, file) => {
      keepFile(made.id, file)
      await client.invalidateQueries({ queryKey: ['imports'] })
      await navigate({ to: '/people/import/$import', params: { import: made.id } })
    },
  })
  return (
    <Section id="new-import" title={t('imports.new')}>
      <div className="import-new">
        <div className="field">
          <span className="lab">{t('imports.of')}</span>
          <Segments<ImportOf>
            label={t('imports.of')}
            value={of}
            onChange={setOf}
            options={kinds.map(value => ({ value, label: t(`imports.of.${value}`) }))}
          />
        </div>
        <fieldset className="modes">
          <legend className="lab">{t('imports.mode')}</legend>
          {modes.map(value => (
            <label key={value} className={value === mode ? 'mode on' : 'mode'}>
              <input type="radio" name="mode" checked={value === mode} onChange={() => setMode(value)} />
              <span>
                <b>{t(`imports.mode.${value}`)}</b>
                <span className="small soft">{t(`imports.mode.${value}.text`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <SelectField
          label={t('imports.unit')}
          hint={t('imports.unitHint')}
          value={place}
          onChange={event => setUnit(event.target.value)}
          options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
        />
        {of === 'users' && (
          <Tick
            label={t('move.follow')}
            hint={t('move.followHint')}
            checked={follow}
            onChange={event => setFollow(event.target.checked)}
          />
        )}
        <DropFile busy={send.isPending} onFile={file => send.mutate(file)} />
        <ProblemNote error={send.error} />
      </div>
    </Section>
  )
}

/** Takes one file, by drag or by the picker of the browser. */
export function DropFile(props: { busy: boolean; small?: boolean; onFile(file: File): void }) {
  const { t } = useVoice()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const [file] = files ?? []
    if (file) props.onFile(file)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the other way; the button beside it is for everyone
    <div
      className={over ? 'drop over' : 'drop'}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {!props.small && <Icon name="upload" size={20} />}
      <p>
        <label htmlFor={id}>{t('imports.drop')}</label>
      </p>
      <input
        ref={input}
        id={id}
        type="file"
        className="vh"
        tabIndex={-1}
        accept=".csv,.txt,text/csv,text/plain"
        onChange={event => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
      <Button variant="primary" busy={props.busy} onClick={() => input.current?.click()}>
        {t('imports.choose')}
      </Button>
      <p className="small muted">{t('imports.dropHint')}</p>
    </div>
  )
}

function Earlier() {
  const { t, f } = useVoice()
  const list = useInfiniteQuery(importsQuery)
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  return (
    <>
      <Section id="earlier" title={t('imports.earlier')}>
        <ProblemNote error={list.error} />
        {list.data && rows.length === 0 && <Empty title={t('imports.none')}>{t('imports.noneText')}</Empty>}
      </Section>
      {rows.length > 0 && (
        <ListTable
          caption={t('imports.earlier')}
          rows={rows}
          keyOf={row => row.id}
          columns={[
            {
              id: 'name',
              head: t('imports.file'),
              cell: (row: Import) => (
                <Link to="/people/import/$import" params={{ import: row.id }} lang={langOf(row.name)}>
                  {row.name}
                </Link>
              ),
            },
            {
              id: 'state',
              head: t('device.col.state'),
              width: 168,
              cell: row => (
                <State tone={importStates[row.state].tone} icon={importStates[row.state].icon} quiet>
                  {t(`imports.state.${row.state}`)}
                </State>
              ),
            },
            { id: 'of', head: t('imports.of'), width: 112, aside: true, cell: row => t(`imports.of.${row.of}`) },
            {
              id: 'mode',
              head: t('imports.mode'),
              width: 160,
              aside: true,
              cell: row => t(`imports.mode.${row.mode}`),
            },
            {
              id: 'rows',
              head: t('imports.lines'),
              width: 88,
              num: true,
              aside: true,
              cell: row => f.number(row.counts.add + row.counts.change + row.counts.same + row.counts.error),
            },
            { id: 'by', head: t('imports.by'), width: 160, aside: true, cell: row => row.by.name ?? '–' },
            { id: 'at', head: t('imports.at'), width: 96, num: true, cell: row => <Age at={row.createdAt} /> },
          ]}
        />
      )}
      {list.hasNextPage && (
        <div className="pad more">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('kit.more')}
          </Button>
        </div>
      )}
    </>
  )
}
