import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import '../../kit/css/compliance.css'
import { call } from '../../api.ts'
import type { Rule, RuleKind, RuleResponse, RuleScope, Severity } from '../../contract/compliance.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { SelectField, TextArea, TextField } from '../../kit/Field.tsx'
import { Bones, PageHead } from '../../kit/Page.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { useScope, useUnits } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { Foreseen, useForecast } from './Foreseen.tsx'
import { firstParams, isFull, type Params, ParamsForm } from './ParamsForm.tsx'
import { foresee, ruleQuery } from './queries.ts'
import { RoadRemark } from './RoadRemark.tsx'
import { ResponsesForm } from './ResponsesForm.tsx'
import { ScopeForm } from './ScopeForm.tsx'
import { kinds, severities } from './words.ts'

interface Draft {
  name: string
  kind: RuleKind
  params: Params
  scope: RuleScope
  severity: Severity
  graceHours: number
  responses: RuleResponse[]
  fix: string
  unit: string
}

/** One rule, or a new one: what it demands, of whom, what a violation sets off, and which devices it would flag. */
export function RulePage() {
  const { t } = useVoice()
  const { rule: id = 'new' } = useParams({ strict: false }) as { rule?: string }
  const { kind } = useSearch({ strict: false }) as { kind?: string }
  const rule = useQuery({ ...ruleQuery(id), enabled: id !== 'new' })
  const scope = useScope()
  if (id === 'new') {
    const first = kinds.find(k => k === kind) ?? 'passcode'
    return <Form key={first} rule={null} first={blank(first, scope.unit?.id ?? '')} />
  }
  if (rule.data) return <Form key={rule.data.id} rule={rule.data} first={draftOf(rule.data)} />
  return (
    <>
      <PageHead title={t('rules.title')} crumbs={[{ label: t('rules.title'), to: '/reports/rules' }]} />
      <div className="pad">
        {rule.error ? <ProblemNote error={rule.error} /> : <Bones lines={6} label={t('kit.loading')} />}
      </div>
    </>
  )
}

const blank = (kind: RuleKind, unit: string): Draft => ({
  name: '',
  kind,
  params: firstParams(kind),
  scope: { ownerships: [], platforms: [], tags: [] },
  severity: 'medium',
  graceHours: 0,
  responses: kind === 'apps' ? [{ kind: 'notify-person', afterHours: 0 }] : [],
  fix: '',
  unit,
})

const draftOf = ({ name, kind, params, scope, severity, graceHours, responses, fix, unit }: Rule): Draft => ({
  name,
  kind,
  params: params as Params,
  scope,
  severity,
  graceHours,
  responses,
  fix,
  unit: unit.id,
})

function Form({ rule, first }: { rule: Rule | null; first: Draft }) {
  const { t } = useVoice()
  const can = useCan()
  const client = useQueryClient()
  const navigate = useNavigate()
  const units = useUnits()
  const [draft, setDraft] = useState(first)
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const unit = draft.unit || (units.data?.[0]?.id ?? '')
  const may = can('compliance:write')
  const full = isFull(draft.kind, draft.params) && unit !== ''
  const body = { ...draft, unit }
  const asked = { ...body, name: draft.name.trim() || t(`ruleKind.${draft.kind}`), responses: [], fix: '' }
  const { kind: _, ...without } = asked
  const path = rule ? `/rules/${rule.id}` : '/rules'
  const foreseen = useForecast(full && may ? JSON.stringify([rule?.id, asked]) : null, signal =>
    rule ? foresee('PATCH', path, without, signal) : foresee('POST', path, asked, signal),
  )
  const save = useMutation({
    mutationFn: () => {
      const { kind, ...rest } = { ...body, name: draft.name.trim() }
      return call<Rule>(rule ? 'PATCH' : 'POST', path, { body: rule ? rest : { kind, ...rest } })
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['compliance'] })
      await navigate({ to: draft.kind === 'apps' ? '/reports/app-usage' : '/reports/rules' })
    },
  })
  const title = rule ? rule.name : t(draft.kind === 'apps' ? 'appUsage.add' : 'rules.add')
  return (
    <>
      <PageHead title={title} crumbs={[{ label: t('rules.title'), to: '/reports/rules' }, { label: title }]}>
        {may && (
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={!full || draft.name.trim() === ''}
            onClick={() => save.mutate()}
          >
            {t('rules.save')}
          </Button>
        )}
      </PageHead>
      <form
        className="rule-form"
        onSubmit={event => {
          event.preventDefault()
          if (full && draft.name.trim() !== '' && !save.isPending) save.mutate()
        }}
      >
        <div>
          {rule && rule.looked !== null && (
            <Note tone="pending" role="status">
              <p>{t('rules.judging', { n: rule.looked })}</p>
            </Note>
          )}
          <ProblemNote error={save.error} />
          <TextField
            label={t('people.name')}
            value={draft.name}
            maxLength={200}
            onChange={event => set({ name: event.target.value })}
            error={fieldError(save.error, 'name')}
          />
          <div className="pair">
            <SelectField
              label={t('rules.kind')}
              hint={t(`ruleKindHint.${draft.kind}`)}
              value={draft.kind}
              disabled={rule !== null}
              onChange={event => {
                const kind = kinds.find(k => k === event.target.value) ?? 'passcode'
                set({ kind, params: firstParams(kind) })
              }}
              options={kinds.map(kind => ({ value: kind, label: t(`ruleKind.${kind}`) }))}
            />
            <SelectField
              label={t('rules.severity')}
              value={draft.severity}
              onChange={event => set({ severity: severities.find(s => s === event.target.value) ?? 'medium' })}
              options={severities.map(s => ({ value: s, label: t(`severity.${s}`) }))}
            />
          </div>
          <RoadRemark kind={draft.kind} platforms={draft.scope.platforms} />
          <ParamsForm
            kind={draft.kind}
            params={draft.params}
            error={save.error ?? foreseen.error}
            onChange={params => set({ params })}
          />
          <ScopeForm
            scope={draft.scope}
            unit={unit}
            onUnit={on => set({ unit: on })}
            onChange={scope => set({ scope })}
          />
          <TextField
            label={t('rules.grace')}
            hint={t('rules.graceHint')}
            type="number"
            min={0}
            max={2160}
            value={draft.graceHours}
            onChange={event => set({ graceHours: Math.max(0, Number(event.target.value) || 0) })}
          />
          <ResponsesForm responses={draft.responses} onChange={responses => set({ responses })} />
          <TextArea
            label={t('rules.fix')}
            hint={t('rules.fixHint')}
            value={draft.fix}
            maxLength={2000}
            onChange={event => set({ fix: event.target.value })}
          />
        </div>
        <section className="aside-card" aria-labelledby="foreseen">
          <h2 id="foreseen">{t('rules.foreseen')}</h2>
          <Foreseen {...foreseen} />
        </section>
      </form>
    </>
  )
}
