import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { WakeEstimate, WakeRhythm } from '../../contract/wake.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { SelectField } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useUnits } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { span } from './words.ts'

const minute = 60_000
const intervals = [5, 15, 30, 60, 120, 240, 480, 720, 1440].map(m => m * minute)
const lostIntervals = [1, 2, 5, 10, 15].map(m => m * minute)
const jitters = [5, 10, 20, 50, 100]

/** How often agents call by themselves, for a unit and those below, with what that costs a phone. */
export function Rhythm() {
  const { t } = useVoice()
  const units = useUnits()
  const [chosen, setChosen] = useState<string | null>(null)
  const unit = chosen ?? units.data?.[0]?.id ?? null
  const now = useQuery({
    queryKey: ['wake-rhythm', unit],
    queryFn: ({ signal }) => get<WakeRhythm>(`/units/${unit}/wake-rhythm`, {}, signal),
    enabled: unit !== null,
  })
  return (
    <Section id="rhythm" title={t('waking.rhythm')}>
      <div className="stack">
        <p className="soft">{t('waking.rhythmLede')}</p>
        <SelectField
          label={t('waking.unit')}
          data-name
          value={unit ?? ''}
          onChange={e => setChosen(e.target.value)}
          options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
        />
        <ProblemNote error={units.error ?? now.error} />
        {now.data && unit !== null && <Form key={`${unit} ${JSON.stringify(now.data)}`} unit={unit} now={now.data} />}
      </div>
    </Section>
  )
}

function Form({ unit, now }: { unit: string; now: WakeRhythm }) {
  const voice = useVoice()
  const { t } = voice
  const may = useCan()('policies:write')
  const client = useQueryClient()
  const { everyMs, jitterPercent, lostEveryMs } = now
  const [form, setForm] = useState({ everyMs, jitterPercent, lostEveryMs })
  const change = useMutation({
    mutationFn: (body: typeof form | null) =>
      body === null
        ? call('DELETE', `/units/${unit}/wake-rhythm`)
        : call('PUT', `/units/${unit}/wake-rhythm`, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['wake-rhythm'] }),
  })
  const choice = (of: number[], value: number, say: (n: number) => string) =>
    [...new Set([...of, value])].toSorted((a, b) => a - b).map(n => ({ value: String(n), label: say(n) }))
  const spans = (of: number[], value: number) => choice(of, value, n => span(voice, n))
  return (
    <form
      className="stack"
      onSubmit={event => {
        event.preventDefault()
        change.mutate(form)
      }}
    >
      <p className="small muted">
        {now.own ? t('waking.rhythm.own') : now.from === null ? t('waking.rhythm.usual') : t('waking.rhythm.inherited')}
      </p>
      <div className="three">
        <SelectField
          label={t('waking.every')}
          disabled={!may}
          value={String(form.everyMs)}
          onChange={e => setForm({ ...form, everyMs: Number(e.target.value) })}
          options={spans(intervals, everyMs)}
        />
        <SelectField
          label={t('waking.jitter')}
          disabled={!may}
          value={String(form.jitterPercent)}
          onChange={e => setForm({ ...form, jitterPercent: Number(e.target.value) })}
          options={choice(jitters, jitterPercent, n => t('waking.percent', { n }))}
        />
        <SelectField
          label={t('waking.lostEvery')}
          disabled={!may}
          value={String(form.lostEveryMs)}
          onChange={e => setForm({ ...form, lostEveryMs: Number(e.target.value) })}
          options={spans(lostIntervals, lostEveryMs)}
        />
      </div>
      <Estimate everyMs={form.everyMs} jitterPercent={form.jitterPercent} />
      <ProblemNote error={change.error} />
      {may && (
        <div className="acts">
          <Button type="submit" variant="primary" busy={change.isPending}>
            {t('kit.save')}
          </Button>
          {now.own && (
            <Button variant="quiet" onClick={() => change.mutate(null)}>
              {t('waking.rhythm.forget')}
            </Button>
          )}
        </div>
      )}
    </form>
  )
}

/** What an agent that has nothing to report costs a phone in a day, at most. */
function Estimate({ everyMs, jitterPercent }: { everyMs: number; jitterPercent: number }) {
  const { t, f } = useVoice()
  const { data } = useQuery({
    queryKey: ['wake-estimate', everyMs, jitterPercent],
    queryFn: ({ signal }) => get<WakeEstimate>('/wake-estimate', { everyMs, jitterPercent }, signal),
    placeholderData: before => before,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!data) return null
  const { batteryMAh, joulesMobile, joulesWifi, keepAliveSeconds } = data.assumed
  const cost = (of: { mAh: number; percent: number }) =>
    t('waking.cost', { mAh: f.number(of.mAh), percent: f.number(of.percent) })
  return (
    <>
      <h3 className="lab">{t('waking.estimate')}</h3>
      <ListTable
        caption={t('waking.estimate')}
        inset
        rows={data.items}
        keyOf={row => row.channel}
        columns={[
          { id: 'mix', head: t('waking.mix'), wraps: true, cell: row => t(`waking.mix.${row.channel}`) },
          {
            id: 'traffic',
            head: t('waking.traffic'),
            width: 120,
            cell: row => t('waking.kB', { n: f.number(row.kB) }),
          },
          { id: 'mobile', head: t('waking.mobile'), width: 170, cell: row => cost(row.mobile) },
          { id: 'wifi', head: t('waking.wifi'), width: 170, aside: true, cell: row => cost(row.wifi) },
        ]}
      />
      <p className="small muted">
        {t('waking.assumed', {
          battery: f.number(batteryMAh),
          mobile: joulesMobile,
          wifi: joulesWifi,
          minutes: keepAliveSeconds / 60,
        })}
      </p>
    </>
  )
}
