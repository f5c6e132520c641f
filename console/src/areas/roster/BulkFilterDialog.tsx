import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call, get } from '../../api.ts'
import type { RosterBulk } from '../../contract/roster.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { SelectField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Roll } from '../../kit/Roll.tsx'
import { Note, Sentence } from '../../kit/State.tsx'
import { useUnits } from '../../scope.tsx'
import { setupsQuery } from './queries.ts'

const keep = 'keep'

/** Changes every promised device that the filter matches: how many is said first, then how far it is, then how it ended. */
export function BulkFilterDialog({ filter, onClose }: { filter: string; onClose(): void }) {
  const { t, rich } = useVoice()
  const client = useQueryClient()
  const units = useUnits()
  const setups = useQuery(setupsQuery)
  const [form, setForm] = useState({ setup: keep, unit: keep })
  const count = useQuery({
    queryKey: ['roster', 'count', filter],
    retry: false,
    staleTime: 0,
    queryFn: ({ signal }) => get<{ devices: number; enrolled: number }>('/roster/count', { filter }, signal),
  })
  const found = count.data?.devices ?? 0
  const begin = useMutation({
    mutationFn: () =>
      call<RosterBulk>('POST', '/roster/bulks', {
        body: {
          filter,
          devices: found,
          ...(form.setup === keep ? {} : { setup: form.setup || null }),
          ...(form.unit === keep ? {} : { unit: form.unit }),
        },
      }),
    onError: () => client.invalidateQueries({ queryKey: ['roster', 'count'] }),
  })
  const nothing = (form.setup === keep && form.unit === keep) || found === 0
  const stays = { value: keep, label: t('roster.keep') }
  if (begin.data) return <BulkProgress begun={begin.data} onClose={onClose} />
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('roster.allTitle')}
      onSubmit={() => !nothing && !begin.isPending && begin.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={begin.isPending} disabled={nothing}>
            {t('roster.allGo', { n: found })}
          </Button>
        </>
      }
    >
      <p className="soft">
        {filter === '' ? (
          t('roster.allEverything')
        ) : (
          <>
            {t('roster.allFilter')}: <span className="mono">{filter}</span>
          </>
        )}
      </p>
      <p role="status">
        {count.isPending
          ? t('roster.allCounting')
          : count.data && rich('roster.allCount', { n: found, enrolled: count.data.enrolled })}
      </p>
      <SelectField
        label={t('roster.setup')}
        hint={t('roster.setupHint')}
        value={form.setup}
        onChange={event => setForm({ ...form, setup: event.target.value })}
        options={[
          stays,
          { value: '', label: t('roster.noSetup') },
          ...(setups.data?.items ?? []).map(one => ({ value: one.id, label: one.name })),
        ]}
      />
      <SelectField
        label={t('roster.unit')}
        value={form.unit}
        onChange={event => setForm({ ...form, unit: event.target.value })}
        options={[stays, ...(units.data ?? []).map(one => ({ value: one.id, label: one.path }))]}
      />
      <ProblemNote error={begin.error ?? count.error} />
    </Dialog>
  )
}

function BulkProgress({ begun, onClose }: { begun: RosterBulk; onClose(): void }) {
  const voice = useVoice()
  const { t } = voice
  const client = useQueryClient()
  const { data: bulk = begun, error } = useQuery({
    queryKey: ['roster-bulk', begun.id],
    queryFn: ({ signal }) => get<RosterBulk>(`/roster/bulks/${begun.id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : 700),
  })
  const over = bulk.state !== 'running'
  useEffect(() => {
    if (over)
      void Promise.all(['programs', 'roster', 'setups'].map(key => client.invalidateQueries({ queryKey: [key] })))
  }, [over, client])
  const problem = `problem.${bulk.problem ?? ''}`
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('roster.allTitle')}
      onSubmit={onClose}
      actions={
        <Button type="submit" variant={over ? 'primary' : 'default'}>
          {t('kit.close')}
        </Button>
      }
    >
      <div className="roster-progress" aria-live="polite">
        <Roll
          shares={[
            { tone: bulk.state === 'failed' ? 'bad' : 'ok', count: bulk.changed },
            { tone: 'off', count: over && bulk.state === 'done' ? 0 : Math.max(0, bulk.devices - bulk.changed) },
          ]}
        />
        <p className="small muted">
          {t('roster.allRunning')}: {t('progress.of', { done: bulk.changed, of: bulk.devices })}
        </p>
        {!over && <p className="soft">{t('roster.allClose')}</p>}
        {bulk.state === 'done' && <Sentence tone="ok">{t('roster.allDone', { n: bulk.changed })}</Sentence>}
        {bulk.state === 'failed' && (
          <Note tone="danger" role="alert">
            <p>
              <b>{t('roster.allFailed')}</b> {voice.has(problem) && voice.tell(problem, {})}
            </p>
          </Note>
        )}
      </div>
      <ProblemNote error={error} />
    </Dialog>
  )
}
