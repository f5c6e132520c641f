import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Expectation, Json, PolicyTest } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { readFilter } from '../../kit/chips.ts'
import { Dialog } from '../../kit/Dialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { sayKey, sayKind } from '../../kit/values.tsx'
import { useScope, useUnits } from '../../scope.tsx'
import { ExpectationText } from './ExpectationText.tsx'
import { kindsQuery } from './queries.ts'
import { fieldsOf, useKindForm } from './useForm.ts'

type How = 'has' | 'lacks' | 'equals' | 'oneOf' | 'atLeast' | 'atMost'

interface Form {
  name: string
  unit: string
  where: string
  how: How
  kind: string
  instance: string
  key: string
  value: string
}

function formOf(test: PolicyTest | null, unit: string): Form {
  const empty: Form = { name: '', unit, where: '', how: 'has', kind: 'passcode', instance: '', key: '', value: '' }
  if (!test) return empty
  const { expect } = test
  const [kind = '', ...instance] = ('lacks' in expect ? expect.lacks : expect.has).split('#')
  const base: Form = {
    ...empty,
    name: test.name,
    unit: test.unit.id,
    where: test.where,
    kind,
    instance: instance.join('#'),
  }
  const key = 'key' in expect ? (expect.key ?? '') : ''
  if ('lacks' in expect) return { ...base, how: 'lacks', key }
  if ('atLeast' in expect) return { ...base, how: 'atLeast', key, value: String(expect.atLeast) }
  if ('atMost' in expect) return { ...base, how: 'atMost', key, value: String(expect.atMost) }
  if ('equals' in expect) return { ...base, how: 'equals', key, value: written(expect.equals) }
  if ('oneOf' in expect) return { ...base, how: 'oneOf', key, value: expect.oneOf.map(written).join(', ') }
  return base
}

function expectationOf(form: Form): Expectation {
  const item = form.instance.trim() === '' ? form.kind : `${form.kind}#${form.instance.trim()}`
  const { key, value } = form
  switch (form.how) {
    case 'has':
      return { has: item }
    case 'lacks':
      return { lacks: item, ...(key === '' ? {} : { key }) }
    case 'equals':
      return { has: item, key, equals: readValue(value) }
    case 'oneOf':
      return { has: item, key, oneOf: value.split(',').map(one => readValue(one.trim())) }
    case 'atLeast':
      return { has: item, key, atLeast: bound(value) }
    case 'atMost':
      return { has: item, key, atMost: bound(value) }
  }
}

/** A number, or a version such as 17.4.1. */
const bound = (text: string): number | string => (/^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text.trim())

const written = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

function readValue(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

/** Writes an assertion: for which devices, what they must or must not have. */
export function TestEditor({ test, onClose }: { test: PolicyTest | null; onClose(): void }) {
  const voice = useVoice()
  const { t } = voice
  const client = useQueryClient()
  const scope = useScope()
  const units = useUnits()
  const kinds = useQuery(kindsQuery)
  const [form, setForm] = useState(() => formOf(test, scope.unit?.id ?? ''))
  const set = (part: Partial<Form>) => setForm({ ...form, ...part })
  const kind = useKindForm(form.kind)
  const unit = form.unit || units.data?.[0]?.id || ''
  const { fault } = readFilter(form.where)
  const expect = expectationOf(form)
  const save = useMutation({
    mutationFn: () =>
      call(test ? 'PATCH' : 'POST', test ? `/policy-tests/${test.id}` : '/policy-tests', {
        body: { name: form.name.trim(), where: form.where.trim(), expect, ...(test ? {} : { unit }) },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['policy-tests'] })
      onClose()
    },
  })
  const needsKey = form.how !== 'has' && form.how !== 'lacks'
  const ready =
    form.name.trim() !== '' && unit !== '' && fault === null && (!needsKey || (form.key !== '' && form.value !== ''))
  const merge = kinds.data?.find(one => one.kind === form.kind)?.merge
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={t(test ? 'tests.editTitle' : 'tests.add')}
      onSubmit={() => ready && !save.isPending && save.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={save.isPending}>
            {t('kit.save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('tests.name')}
        hint={t('tests.nameHint')}
        value={form.name}
        onChange={event => set({ name: event.target.value })}
        error={fieldError(save.error, 'name')}
        data-autofocus
      />
      <TextField
        label={t('tests.where')}
        hint={t('tests.whereHint')}
        value={form.where}
        onChange={event => set({ where: event.target.value })}
        error={fault ? t(`filter.fault.${fault.code}`, { at: fault.at + 1 }) : fieldError(save.error, 'where')}
        placeholder="ownership:personal"
        spellCheck={false}
        mono
      />
      <div className="pair">
        <SelectField
          label={t('tests.how')}
          value={form.how}
          onChange={event => set({ how: event.target.value as How })}
          options={(['has', 'lacks', 'equals', 'oneOf', 'atLeast', 'atMost'] as const).map(value => ({
            value,
            label: t(`tests.how.${value}`),
          }))}
        />
        <SelectField
          label={t('policies.col.kind')}
          value={form.kind}
          onChange={event => set({ kind: event.target.value, key: '' })}
          options={(kinds.data ?? []).map(one => ({ value: one.kind, label: sayKind(voice, one.kind) }))}
        />
      </div>
      {merge === 'instances' && (
        <TextField
          label={t('tests.instance')}
          hint={t('tests.instanceHint')}
          value={form.instance}
          onChange={event => set({ instance: event.target.value })}
        />
      )}
      {form.how !== 'has' && (
        <div className="pair">
          <SelectField
            label={t('tests.key')}
            value={form.key}
            onChange={event => set({ key: event.target.value })}
            options={[
              { value: '', label: needsKey ? t('tests.chooseKey') : t('tests.anyKey') },
              ...(kind.data ? fieldsOf(kind.data) : []).map(({ name: key }) => ({
                value: key,
                label: sayKey(voice, form.kind, key),
              })),
            ]}
          />
          {needsKey && (
            <TextField
              label={t('filter.value')}
              value={form.value}
              onChange={event => set({ value: event.target.value })}
              mono
            />
          )}
        </div>
      )}
      <SelectField
        label={t('policies.unit')}
        hint={t('tests.unitHint')}
        value={unit}
        onChange={event => set({ unit: event.target.value })}
        disabled={test !== null}
        options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
      />
      {(!needsKey || (form.key !== '' && form.value !== '')) && (
        <p className="once">
          <ExpectationText test={{ where: form.where.trim(), expect }} />
        </p>
      )}
      <ProblemNote error={save.error} />
    </Dialog>
  )
}
