import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Segments, SelectField, TextArea, TextField } from '../../kit/Field.tsx'
import { PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useScope, useUnits } from '../../scope.tsx'
import { blueprintsQuery } from '../blueprints/queries.ts'
import { DropFile } from '../changes/ImportStart.tsx'
import { plan, type Reading, readFile, setupsQuery } from './queries.ts'
import { ReadLines } from './ReadLines.tsx'

type Source = 'file' | 'paste' | 'roster'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
const nextWeek = (): string => new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)

/** A new batch on one page: which devices, for whom, and what they get; every line of the file is shown with its fault before anything is kept. */
export function NewBatch() {
  const { t } = useVoice()
  const navigate = useNavigate()
  const client = useQueryClient()
  const scope = useScope()
  const units = useUnits()
  const blueprints = useQuery(blueprintsQuery)
  const setups = useQuery(setupsQuery)
  const [source, setSource] = useState<Source>('file')
  const [text, setText] = useState('')
  const [filter, setFilter] = useState('')
  const [reading, setReading] = useState<Reading | null>(null)
  const [form, setForm] = useState({ name: '', day: nextWeek(), unit: '', blueprint: '', setup: '' })
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const unit = form.unit || scope.unit?.id || units.data?.[0]?.id || ''
  const read = useMutation({ mutationFn: (file: Blob) => readFile(file, unit), onSuccess: setReading })
  const create = useMutation({
    mutationFn: () =>
      plan({
        name: form.name.trim() || t('batch.nameDefault', { day: form.day }),
        day: form.day,
        zone,
        unit,
        blueprint: form.blueprint || null,
        setup: form.setup || null,
        source: source === 'roster' ? { kind: 'roster', filter } : { kind: 'list', lines: linesOf(reading) },
      }),
    onSuccess: async made => {
      await client.invalidateQueries({ queryKey: ['intakes'] })
      await navigate({ to: '/enrollment/batches/$intake', params: { intake: made.id } })
    },
  })
  const ready = source === 'roster' || (reading !== null && reading.lines.length > 0)
  return (
    <>
      <PageHead
        title={t('batch.new')}
        crumbs={[
          { label: t('enroll.title'), to: '/enrollment' },
          { label: t('batch.title'), to: '/enrollment/batches' },
          { label: t('batch.new') },
        ]}
        lede={t('batch.newLede')}
      />
      <Section id="which" title={t('batch.which')}>
        <div className="stack batch-source">
          <Segments<Source>
            label={t('batch.which')}
            value={source}
            onChange={setSource}
            options={(['file', 'paste', 'roster'] as const).map(value => ({
              value,
              label: t(`batch.source.${value}`),
            }))}
          />
          {source === 'file' && <DropFile busy={read.isPending} onFile={file => read.mutate(file)} />}
          {source === 'paste' && (
            <>
              <TextArea
                label={t('batch.paste')}
                hint={t('batch.pasteHint')}
                rows={6}
                value={text}
                onChange={event => setText(event.target.value)}
              />
              <p>
                <Button
                  busy={read.isPending}
                  disabled={text.trim() === ''}
                  onClick={() => read.mutate(new Blob([text]))}
                >
                  {t('batch.readList')}
                </Button>
              </p>
            </>
          )}
          {source === 'roster' && (
            <TextField
              label={t('batch.filter')}
              hint={t('batch.filterHint')}
              placeholder="family:iPad added<30d"
              mono
              value={filter}
              onChange={event => setFilter(event.target.value)}
            />
          )}
          <ProblemNote error={read.error} />
        </div>
        {source !== 'roster' && reading && <ReadLines reading={reading} />}
      </Section>
      <Section id="what" title={t('batch.what')}>
        <form
          className="stack narrow"
          onSubmit={event => {
            event.preventDefault()
            if (ready && !create.isPending) create.mutate()
          }}
        >
          <TextField
            label={t('batch.col.name')}
            placeholder={t('batch.nameDefault', { day: form.day })}
            value={form.name}
            maxLength={120}
            onChange={event => set({ name: event.target.value })}
          />
          <TextField
            label={t('batch.col.day')}
            hint={t('batch.dayHint', { zone })}
            type="date"
            required
            value={form.day}
            onChange={event => set({ day: event.target.value })}
          />
          <SelectField
            label={t('device.col.unit')}
            hint={t('batch.unitHint')}
            value={unit}
            onChange={event => set({ unit: event.target.value })}
            options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
          />
          <SelectField
            label={t('batch.blueprint')}
            hint={t('batch.blueprintHint')}
            value={form.blueprint}
            onChange={event => set({ blueprint: event.target.value })}
            options={[
              { value: '', label: t('batch.blueprintNone') },
              ...(blueprints.data?.items ?? []).map(one => ({ value: one.id, label: one.name })),
            ]}
          />
          {(setups.data?.items ?? []).length > 0 && (
            <SelectField
              label={t('batch.setup')}
              hint={t('batch.setupHint')}
              value={form.setup}
              onChange={event => set({ setup: event.target.value })}
              options={[
                { value: '', label: t('batch.setupNone') },
                ...(setups.data?.items ?? []).map(one => ({ value: one.id, label: one.name })),
              ]}
            />
          )}
          <ProblemNote error={create.error} />
          <p className="acts">
            <Button type="submit" variant="primary" busy={create.isPending} disabled={!ready}>
              {t('batch.plan')}
            </Button>
          </p>
        </form>
      </Section>
    </>
  )
}

/** Lines as they are sent: what was read, with nothing left out. */
function linesOf(reading: Reading | null): object[] {
  return (reading?.lines ?? []).map(({ line, raw, serial, assetTag, person, place }) => ({
    line,
    raw,
    serial,
    assetTag,
    person,
    place,
  }))
}
