import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import '../../kit/css/reports.css'
import { address, call } from '../../api.ts'
import type { ExportFile, ReportKind, SavedReport } from '../../contract/reports.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Button } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State, type ToneName } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { ComplianceNav } from '../compliance/ComplianceNav.tsx'
import { EvidenceDialog } from './EvidenceDialog.tsx'
import { filesQuery, libraryQuery, savedQuery } from './queries.ts'
import { ReportDialog } from './ReportDialog.tsx'

type Asking =
  | { what: 'make' | 'save'; kind: ReportKind }
  | { what: 'change'; kind: ReportKind; report: SavedReport }
  | { what: 'evidence' }
  | null

/** What can be reported, what is reported by itself, and the files that were made. */
export function ReportsPage() {
  const { t, locale } = useVoice()
  const can = useCan()
  const [asking, setAsking] = useState<Asking>(null)
  const library = useQuery(libraryQuery(locale))
  const kinds = (library.data?.items ?? []).filter(k => can(k.permission))
  const close = () => setAsking(null)
  return (
    <>
      <PageHead title={t('nav.reports')} lede={t('reports.lede')}>
        {can('reports:write') && (
          <Button icon="shield" onClick={() => setAsking({ what: 'evidence' })}>
            {t('reports.evidence')}
          </Button>
        )}
      </PageHead>
      <ComplianceNav />
      <div className="pad tab-body">
        <ProblemNote error={library.error} />
        {library.isPending && <Bones lines={6} label={t('kit.loading')} />}
      </div>
      <Files />
      <Section id="library" title={t('reports.library')} hint={t('reports.libraryHint')}>
        <ul className="report-cards">
          {kinds.map(kind => (
            <li key={kind.id}>
              <h3>{kind.title}</h3>
              <p className="small soft">{kind.about}</p>
              <p className="acts">
                <Button size="sm" onClick={() => setAsking({ what: 'make', kind })}>
                  <span aria-hidden>{t('reports.make')}</span>
                  <span className="vh">{t('reports.makeOne', { name: kind.title })}</span>
                </Button>
                {can('reports:write') && (
                  <Button size="sm" variant="quiet" onClick={() => setAsking({ what: 'save', kind })}>
                    <span aria-hidden>{t('reports.plan')}</span>
                    <span className="vh">{t('reports.planOne', { name: kind.title })}</span>
                  </Button>
                )}
              </p>
            </li>
          ))}
        </ul>
      </Section>
      <Saved kinds={kinds} onChange={(kind, report) => setAsking({ what: 'change', kind, report })} />
      {asking?.what === 'evidence' && <EvidenceDialog onClose={close} />}
      {asking && asking.what !== 'evidence' && (
        <ReportDialog
          kind={asking.kind}
          save={asking.what !== 'make'}
          report={asking.what === 'change' ? asking.report : null}
          onClose={close}
        />
      )}
    </>
  )
}

const tones: Record<ExportFile['state'], ToneName> = {
  waiting: 'pending',
  running: 'pending',
  done: 'ok',
  failed: 'danger',
  canceled: 'none',
  expired: 'none',
}

function Files() {
  const { t, f } = useVoice()
  const client = useQueryClient()
  const files = useQuery(filesQuery)
  const rows = files.data?.items ?? []
  const stop = useMutation({
    mutationFn: (id: string) => call('POST', `/exports/${id}/cancel`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['reports', 'files'] }),
  })
  const done = (row: ExportFile): string =>
    row.totalRows ? f.percent(Math.min(1, row.doneRows / row.totalRows)) : f.number(row.doneRows)
  return (
    <Section id="files" title={t('reports.files')} hint={t('reports.filesHint')}>
      <ProblemNote error={files.error ?? stop.error} />
      {files.data && rows.length === 0 && <Empty title={t('reports.noFiles')}>{t('reports.noFilesText')}</Empty>}
      {rows.length > 0 && (
        <ListTable
          caption={t('reports.files')}
          rows={rows}
          keyOf={row => row.id}
          columns={[
            { id: 'title', head: t('reports.report'), cell: row => <span lang={langOf(row.title)}>{row.title}</span> },
            { id: 'asOf', head: t('reports.asOf'), width: 190, aside: true, cell: row => f.dateTime(row.asOf) },
            {
              id: 'state',
              head: t('reports.state'),
              width: 200,
              cell: row => (
                <span aria-live="polite">
                  <State tone={tones[row.state]}>
                    {row.state === 'running'
                      ? t('reports.running', { done: done(row) })
                      : t(`reports.state.${row.state}`)}
                  </State>
                </span>
              ),
            },
            {
              id: 'size',
              head: t('reports.lines'),
              width: 90,
              num: true,
              aside: true,
              cell: row => (row.state === 'done' && row.format !== 'zip' ? f.number(row.doneRows) : '–'),
            },
            {
              id: 'acts',
              head: t('admins.actions'),
              quiet: true,
              width: 150,
              num: true,
              cell: row =>
                row.state === 'done' ? (
                  <a className="link" href={address(`/exports/${row.id}/file`)} download={row.name}>
                    {t('reports.fetch', { format: row.format.toUpperCase() })}
                  </a>
                ) : row.state === 'running' || row.state === 'waiting' ? (
                  <Button size="sm" variant="quiet" onClick={() => stop.mutate(row.id)}>
                    {t('reports.stop')}
                  </Button>
                ) : null,
            },
          ]}
        />
      )}
    </Section>
  )
}

function Saved(props: { kinds: readonly ReportKind[]; onChange(kind: ReportKind, report: SavedReport): void }) {
  const { t, f } = useVoice()
  const can = useCan()
  const client = useQueryClient()
  const saved = useQuery(savedQuery)
  const rows = saved.data?.items ?? []
  const titles = new Map(props.kinds.map(k => [k.id, k.title]))
  const refresh = () => client.invalidateQueries({ queryKey: ['reports'] })
  const remove = useMutation({ mutationFn: (id: string) => call('DELETE', `/reports/${id}`), onSuccess: refresh })
  const run = useMutation({
    mutationFn: (id: string) => call('POST', `/reports/${id}/run`, { body: {} }),
    onSuccess: refresh,
  })
  const kindOf = (report: SavedReport) => props.kinds.find(k => k.id === report.kind)
  return (
    <Section id="saved" title={t('reports.saved')} hint={t('reports.savedHint')}>
      <ProblemNote error={saved.error ?? remove.error ?? run.error} />
      {saved.data && rows.length === 0 && <Empty title={t('reports.noSaved')}>{t('reports.noSavedText')}</Empty>}
      {rows.length > 0 && (
        <ListTable
          caption={t('reports.saved')}
          rows={rows}
          keyOf={row => row.id}
          columns={[
            { id: 'name', head: t('reports.name'), cell: row => <span lang={langOf(row.name)}>{row.name}</span> },
            {
              id: 'kind',
              head: t('reports.report'),
              width: 160,
              aside: true,
              cell: row => titles.get(row.kind) ?? row.kind,
            },
            {
              id: 'next',
              head: t('reports.next'),
              width: 190,
              cell: row => (row.nextAt === null ? t('reports.never') : f.dateTime(row.nextAt)),
            },
            {
              id: 'last',
              head: t('reports.last'),
              width: 220,
              aside: true,
              cell: row =>
                row.last ? (
                  <State tone={tones[row.last.state]}>
                    {t(`reports.state.${row.last.state}`)}, {f.dateTime(row.last.at)}
                  </State>
                ) : (
                  '–'
                ),
            },
            {
              id: 'acts',
              head: t('admins.actions'),
              quiet: true,
              width: 64,
              num: true,
              cell: row => {
                const kind = kindOf(row)
                return (
                  can('reports:write') && (
                    <ActionMenu
                      small
                      label={t('reports.menu', { name: row.name })}
                      lines={[
                        { key: 'run', icon: 'reports', label: t('reports.makeNow'), onClick: () => run.mutate(row.id) },
                        ...(kind
                          ? [
                              {
                                key: 'change',
                                icon: 'edit' as const,
                                label: t('reports.change'),
                                onClick: () => props.onChange(kind, row),
                              },
                            ]
                          : []),
                        {
                          key: 'remove',
                          icon: 'x',
                          label: t('reports.remove'),
                          apart: true,
                          onClick: () => remove.mutate(row.id),
                        },
                      ]}
                    />
                  )
                )
              },
            },
          ]}
        />
      )}
    </Section>
  )
}
