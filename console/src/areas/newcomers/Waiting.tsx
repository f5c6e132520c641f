import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { DataTable } from '../../kit/DataTable.tsx'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { isSelected, noSelection, type Selection } from '../../kit/selection.ts'
import { useCan } from '../../session.tsx'
import { EnrollNav } from '../enrollment/EnrollNav.tsx'
import { newcomerColumns } from './columns.tsx'
import {
  admissionQuery,
  type Decided,
  type Decision,
  type Newcomer,
  newcomersQuery,
  newcomerStates,
  type NewcomerState,
  useAdmission,
  useDeciding,
} from './queries.ts'

const keyed: Readonly<Record<string, Decision>> = { a: 'approve', d: 'deny' }

/** Devices that ask to be let in: what each says of itself, and what its chip says. */
export function Waiting() {
  const voice = useVoice()
  const { t } = voice
  const { state: asked } = useSearch({ strict: false }) as { state?: string }
  const state = newcomerStates.find(s => s === asked) ?? 'waiting'
  const list = useInfiniteQuery(newcomersQuery(state))
  const admission = useQuery(admissionQuery)
  const rows = useMemo(() => list.data?.pages.flatMap(page => page.items) ?? [], [list.data])
  return (
    <>
      <PageHead
        title={t('newcomers.title')}
        crumbs={[
          { label: t('nav.devices'), to: '/devices' },
          { label: t('enroll.title'), to: '/enrollment' },
          { label: t('newcomers.title') },
        ]}
        lede={state === 'waiting' && list.data ? leadOf(voice, rows.length, list.hasNextPage) : undefined}
      />
      <EnrollNav />
      <Admission />
      <nav className="tabs" aria-label={t('newcomers.show')}>
        {newcomerStates.map(one => (
          <Link
            key={one}
            to="/enrollment/waiting"
            search={one === 'waiting' ? {} : { state: one }}
            {...(one === state ? { 'aria-current': 'page' as const } : {})}
            activeOptions={{ exact: true, includeSearch: true, explicitUndefined: true }}
          >
            {t(`newcomers.state.${one}`)}
          </Link>
        ))}
      </nav>
      <div className="pad">
        <ProblemNote error={list.error} />
        {list.isPending && <Bones lines={4} label={t('kit.loading')} />}
        {list.data && rows.length === 0 && <Nobody state={state} wait={admission.data?.wait ?? true} />}
      </div>
      <Deciding key={state} rows={rows} loading={list.isFetchingNextPage}>
        {{ more: list.hasNextPage, onMore: () => void list.fetchNextPage() }}
      </Deciding>
    </>
  )
}

const leadOf = ({ t }: Voice, n: number, more: boolean): string =>
  more ? t('newcomers.many', { n }) : t('newcomers.lead', { n })

/** Whether devices wait at all, and what that means. */
function Admission() {
  const { t } = useVoice()
  const can = useCan()
  const admission = useQuery(admissionQuery)
  const change = useAdmission()
  if (!admission.data) return <ProblemNote error={admission.error} />
  return (
    <div className="pad more">
      <label className="ck">
        <input
          type="checkbox"
          className="box"
          checked={change.isPending ? change.variables : admission.data.wait}
          disabled={!can('org:write') || change.isPending}
          onChange={event => change.mutate(event.target.checked)}
        />
        <span>{t('newcomers.switch')}</span>
      </label>
      <p className="small soft">{t('newcomers.switchWhat')}</p>
      <ProblemNote error={change.error} />
    </div>
  )
}

function Nobody({ state, wait }: { state: NewcomerState; wait: boolean }) {
  const { t } = useVoice()
  if (state !== 'waiting') return <Empty title={t('newcomers.emptyOther')}>{t('newcomers.emptyOtherText')}</Empty>
  return wait ? (
    <Empty title={t('newcomers.emptyOn')}>{t('newcomers.emptyOnText')}</Empty>
  ) : (
    <Empty title={t('newcomers.emptyOff')}>{t('newcomers.emptyOffText')}</Empty>
  )
}

/** The list with what can be done: one by one, many at once, by keys, and taken back. */
function Deciding(props: { rows: readonly Newcomer[]; loading: boolean; children: { more: boolean; onMore(): void } }) {
  const voice = useVoice()
  const { t } = voice
  const { rows } = props
  const can = useCan()
  const may = can('invitations:write')
  const [selection, setSelection] = useState<Selection>(noSelection)
  const deciding = useDeciding()
  const chosen = rows.filter(row => isSelected(selection, row.id)).slice(0, 200)
  const decide = (decision: Decision, of: readonly Pick<Newcomer, 'id'>[]) =>
    deciding.mutate({ decision, ids: of.map(row => row.id) }, { onSuccess: () => setSelection(noSelection) })
  const undo = () =>
    deciding.data &&
    decide(
      'wait',
      deciding.data.ids.map(id => ({ id })),
    )
  const onKey = (event: KeyboardEvent) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !(event.target instanceof HTMLInputElement)
    if (!plain || !may || deciding.isPending) return
    if (event.key === 'u' && deciding.data && deciding.data.decision !== 'wait') return undo()
    const decision = keyed[event.key]
    const at = Number((event.target as HTMLElement).closest('tr')?.dataset['index'] ?? -1)
    const of = chosen.length > 0 ? chosen : rows[at] ? [rows[at]] : []
    if (decision === undefined || of.length === 0) return
    event.preventDefault()
    decide(decision, of)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys for the row in focus, beside those of the table
    <div onKeyDown={onKey}>
      <div className="pad">
        <ProblemNote error={deciding.error} />
        {deciding.data && <Said of={deciding.data} onUndo={undo} />}
      </div>
      {chosen.length > 0 && may && (
        <section className="bulk" aria-label={t('devices.selection')}>
          <b role="status">{t('newcomers.chosen', { n: chosen.length })}</b>
          <Button size="sm" icon="check" busy={deciding.isPending} onClick={() => decide('approve', chosen)}>
            {t('newcomers.approve')}
          </Button>
          <Button size="sm" variant="quiet" busy={deciding.isPending} onClick={() => decide('deny', chosen)}>
            {t('newcomers.deny')}
          </Button>
          <Button size="sm" variant="quiet" onClick={() => setSelection(noSelection)}>
            {t('devices.clear')}
          </Button>
        </section>
      )}
      {rows.length > 0 && (
        <>
          <DataTable
            caption={t('newcomers.title')}
            columns={newcomerColumns(voice, may ? (decision, row) => decide(decision, [row]) : null)}
            rows={rows}
            total={null}
            loading={props.loading}
            hasMore={props.children.more}
            onMore={props.children.onMore}
            {...(may ? { selection, onSelection: setSelection } : {})}
            nameOf={row => row.name}
            stickyTop={48}
            card={['device', 'asked', 'chip', 'acts']}
          />
          {may && <p className="pad more small soft">{t('newcomers.keys')}</p>}
        </>
      )}
    </div>
  )
}

/** What was just done, and the way back while it has had no effect. */
function Said({ of, onUndo }: { of: Decided; onUndo(): void }) {
  const { t, has } = useVoice()
  const n = of.ids.length
  const [first] = of.refused
  const why = `problem.${first ?? ''}`
  return (
    <p role="status">
      {n > 0 && t(`newcomers.done.${of.decision}`, { n })}{' '}
      {first !== undefined && t('newcomers.notDone', { n: of.refused.length, why: has(why) ? t(why) : first })}{' '}
      {n > 0 && of.decision !== 'wait' && (
        <Button size="sm" variant="quiet" onClick={onUndo}>
          {t('newcomers.undo')}
        </Button>
      )}
    </p>
  )
}
