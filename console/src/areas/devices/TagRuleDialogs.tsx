import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { TagRule } from '../../contract/changes.ts'
import type { Preview } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { bothFilters } from '../../kit/chips.ts'
import { useDryRun } from '../../kit/dryRun.ts'
import { EffectDialog } from '../../kit/EffectDialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { FilterBar } from '../../kit/FilterBar.tsx'
import { fieldError } from '../../kit/Problem.tsx'
import { unitFilter, useScope, useUnits } from '../../scope.tsx'
import { deviceFields } from './columns.tsx'
import { countsQuery } from './queries.ts'

/** Fields a rule cannot look at: time alone, or another rule, would change the answer. */
const notForRules = new Set(['seen', 'enrolled', 'tag'])

/** How many devices would get the tag, and how many would lose it. */
interface Delta {
  gain: number
  lose: number
}

interface Draft {
  name: string
  tag: string
  filter: string
  unit: string
}

/** Adds a rule or changes one: how many devices match, how many gain and lose, and what that does to them, before it is saved. */
export function TagRuleForm({ rule, onClose }: { rule: TagRule | null; onClose(): void }) {
  const voice = useVoice()
  const { t } = voice
  const client = useQueryClient()
  const units = useUnits()
  const scope = useScope()
  const [draft, setDraft] = useState<Draft>({
    name: rule?.name ?? '',
    tag: rule?.tag ?? '',
    filter: rule?.filter ?? '',
    unit: rule?.unit.id ?? scope.unit?.id ?? '',
  })
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const unit = draft.unit || (units.data?.[0]?.id ?? '')
  const body = { name: draft.name.trim(), tag: draft.tag.trim(), filter: draft.filter, unit }
  const full = body.tag !== '' && body.filter !== '' && unit !== ''
  const write = (dryRun: boolean, gate: object = {}, signal?: AbortSignal) =>
    call<Delta & { preview: Preview }>(rule ? 'PATCH' : 'POST', rule ? `/tag-rules/${rule.id}` : '/tag-rules', {
      query: dryRun ? { dryRun: true } : {},
      body: { ...body, ...(dryRun && body.name === '' ? { name: body.tag } : {}), ...gate },
      ...(signal ? { signal } : {}),
    })
  const [delta, setDelta] = useState<Delta | null>(null)
  const run = useDryRun(full ? JSON.stringify(['tag-rule', rule?.id, { ...body, name: '' }]) : null, async signal => {
    const answer = await write(true, {}, signal)
    setDelta(answer)
    return answer
  })
  const save = useMutation({
    mutationFn: (gate: object) => write(false, gate),
    onSuccess: async () => {
      await Promise.all(['tag-rules', 'devices'].map(name => client.invalidateQueries({ queryKey: [name] })))
      onClose()
    },
  })
  return (
    <EffectDialog
      title={rule ? t('tagRules.changeTitle', { name: rule.name }) : t('tagRules.add')}
      go={rule ? t('kit.save') : t('people.addGo')}
      run={run}
      notYet={!full || body.name === ''}
      untouched={t('tagRules.untouched')}
      error={save.error}
      busy={save.isPending}
      onGo={gate => save.mutate(gate)}
      onClose={onClose}
    >
      <div className="pair">
        <TextField
          label={t('people.name')}
          value={draft.name}
          onChange={event => set({ name: event.target.value })}
          error={fieldError(save.error, 'name')}
          data-autofocus
        />
        <TextField
          label={t('tagRules.tag')}
          value={draft.tag}
          onChange={event => set({ tag: event.target.value })}
          error={fieldError(save.error, 'tag')}
        />
      </div>
      <SelectField
        label={t('device.col.unit')}
        hint={t('tagRules.unitHint')}
        value={unit}
        onChange={event => set({ unit: event.target.value })}
        options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
      />
      <div className="in-dialog">
        <span className="lab">{t('tagRules.filter')}</span>
        <FilterBar
          label={t('tagRules.filter')}
          example="platform:ios os<18.2 ownership:company"
          fields={deviceFields(voice).filter(field => !notForRules.has(field.name))}
          text={draft.filter}
          onChange={filter => set({ filter })}
        />
        <Matching filter={draft.filter} unit={unit} />
        {full && delta && !run.stale && (
          <p className="small" role="status">
            {t('tagRules.delta', { gain: delta.gain, lose: delta.lose, tag: body.tag })}
          </p>
        )}
      </div>
    </EffectDialog>
  )
}

/** How many devices match now. */
function Matching({ filter, unit }: { filter: string; unit: string }) {
  const { t } = useVoice()
  const units = useUnits()
  const place = units.data?.find(one => one.id === unit)
  const counts = useQuery({
    ...countsQuery(bothFilters(place ? unitFilter(place) : '', filter)),
    enabled: filter !== '' && place !== undefined,
    retry: false,
  })
  if (filter === '' || !counts.data) return null
  return (
    <p className="small muted" role="status">
      {t('tagRules.matching', { n: counts.data.total })}
    </p>
  )
}

/** Removes a rule: devices lose what only it gave them. */
export function RemoveTagRule({ rule, onClose }: { rule: TagRule; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const write = (query: Record<string, string | boolean>, signal?: AbortSignal) =>
    call<{ preview: Preview }>('DELETE', `/tag-rules/${rule.id}`, { query, ...(signal ? { signal } : {}) })
  const run = useDryRun(JSON.stringify(['tag-rule', rule.id, 'remove']), signal => write({ dryRun: true }, signal))
  const remove = useMutation({
    mutationFn: (gate: Record<string, string>) => write(gate),
    onSuccess: async () => {
      await Promise.all(['tag-rules', 'devices'].map(name => client.invalidateQueries({ queryKey: [name] })))
      onClose()
    },
  })
  return (
    <EffectDialog
      title={t('tagRules.removeTitle', { name: rule.name })}
      text={t('tagRules.removeText', { n: rule.devices, tag: rule.tag })}
      go={t('tagRules.removeGo')}
      run={run}
      untouched={t('tagRules.untouched')}
      error={remove.error}
      busy={remove.isPending}
      onGo={gate => remove.mutate({ ...gate })}
      onClose={onClose}
    />
  )
}
