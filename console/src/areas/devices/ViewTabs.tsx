import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { SavedView } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { TextField, Tick } from '../../kit/Field.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { countsQuery, viewsQuery } from './queries.ts'
import { deviceStates } from './words.ts'

/** States that ask for a look: each is a view of its own while a device is in it. */
const exceptions = ['silent', 'lost', 'enrolling'] as const

/** Saved views as tabs over the list; the one that fits the filter is current, and can be renamed away. */
export function ViewTabs(props: {
  filter: string
  sort: string
  columns: readonly string[]
  /** The chosen part of the org as a filter; the counts are within it. */
  scope: string
  onOpen(view: SavedView | null): void
  onFilter(filter: string): void
}) {
  const { t, f } = useVoice()
  const client = useQueryClient()
  const views = useQuery(viewsQuery)
  const counts = useQuery(countsQuery(props.scope))
  const usual = exceptions
    .map(state => ({ state, filter: `state:${state}`, count: counts.data?.byState[state] ?? 0 }))
    .filter(view => view.count > 0 || view.filter === props.filter)
  const [saving, setSaving] = useState(false)
  const current = views.data?.items.find(view => view.filter === props.filter)
  const remove = useMutation({
    mutationFn: (id: string) => call('DELETE', `/views/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['views'] }),
  })
  return (
    <nav className="tabs" aria-label={t('devices.views')}>
      <button type="button" aria-current={props.filter === '' ? 'page' : undefined} onClick={() => props.onOpen(null)}>
        {t('devices.allView')}{' '}
        {counts.data && (
          <span className="n" aria-hidden="true">
            {f.number(counts.data.total)}
          </span>
        )}
      </button>
      {usual.map(({ state, filter, count }) => (
        <button
          key={state}
          type="button"
          aria-current={props.filter === filter && !current ? 'page' : undefined}
          onClick={() => props.onFilter(filter)}
        >
          {t(deviceStates[state].label)} <span className="n">{f.number(count)}</span>
        </button>
      ))}
      {views.data?.items.map(view => (
        <button
          key={view.id}
          type="button"
          aria-current={view === current ? 'page' : undefined}
          onClick={() => props.onOpen(view)}
        >
          {view.name}{' '}
          {view.count !== null && view.count !== undefined && <span className="n">{f.number(view.count)}</span>}
        </button>
      ))}
      <span className="push tab-acts">
        {current && (
          <button type="button" onClick={() => remove.mutate(current.id)}>
            {t('devices.removeView')}
          </button>
        )}
        {!current && props.filter !== '' && !usual.some(view => view.filter === props.filter) && (
          <button type="button" onClick={() => setSaving(true)}>
            <Icon name="plus" />
            {t('devices.saveView')}
          </button>
        )}
      </span>
      <SaveView {...props} opened={saving} onClose={() => setSaving(false)} />
    </nav>
  )
}

function SaveView(props: {
  filter: string
  sort: string
  columns: readonly string[]
  opened: boolean
  onClose(): void
}) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = useMutation({
    mutationFn: () =>
      call('POST', '/views', {
        body: {
          page: 'devices',
          name: name.trim(),
          filter: props.filter,
          sort: props.sort,
          columns: props.columns,
          shared,
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['views'] })
      setName('')
      props.onClose()
    },
  })
  return (
    <Dialog
      opened={props.opened}
      onClose={props.onClose}
      title={t('devices.saveView')}
      onSubmit={() => name.trim() && !save.isPending && save.mutate()}
      actions={
        <>
          <Button onClick={props.onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!name.trim()} busy={save.isPending}>
            {t('kit.save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('devices.viewName')}
        value={name}
        onChange={event => setName(event.target.value)}
        data-autofocus
      />
      <p className="mono small soft">{props.filter}</p>
      <Tick
        label={t('devices.viewShared')}
        hint={t('devices.viewSharedHint')}
        checked={shared}
        onChange={event => setShared(event.target.checked)}
      />
      <ProblemNote error={save.error} />
    </Dialog>
  )
}
