import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { Bones, PageHead } from '../../kit/Page.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { Sentence } from '../../kit/State.tsx'
import { type TabLine, Tabs } from '../../kit/Tabs.tsx'
import { sayKind } from '../../kit/values.tsx'
import { useScope, useUnits } from '../../scope.tsx'
import { useSession } from '../../session.tsx'
import { keepDraft, type Values } from './draft.ts'
import { Editor } from './Editor.tsx'
import { LintTab } from './LintTab.tsx'
import { RawTab } from './RawTab.tsx'
import { useDraft } from './useDraft.ts'
import { useFindings } from './useFindings.ts'
import { type KindForm, useKindForm, withSetting } from './useForm.ts'

/** Writes the first version of a policy of one kind. */
export function NewPolicyEditor() {
  const { t } = useVoice()
  const { kind: name = '' } = useParams({ strict: false }) as { kind?: string }
  const form = useKindForm(name)
  if (!form.data) {
    return (
      <>
        <PageHead
          title={t('policies.new')}
          crumbs={[
            { label: t('nav.policies'), to: '/policies' },
            { label: t('policies.new'), to: '/policies/new' },
          ]}
        />
        <div className="pad">
          {form.error ? <ProblemNote error={form.error} /> : <Bones lines={8} label={t('kit.loading')} />}
        </div>
      </>
    )
  }
  return <Loaded key={name} form={form.data} />
}

const nothing: Values = {}

function Loaded({ form: kindForm }: { form: KindForm }) {
  const { kind } = kindForm
  const voice = useVoice()
  const { t } = voice
  const client = useQueryClient()
  const navigate = useNavigate()
  const scope = useScope()
  const units = useUnits()
  const { units: roots } = useSession()
  const { add, name = '', tab = 'form' } = useSearch({ strict: false }) as { add?: string; name?: string; tab?: string }
  const place = `new:${kind.kind}`
  const draft = useDraft(place, nothing, 0, add ? withSetting(kindForm, nothing, add) : undefined)
  const findings = useFindings(kind.kind, draft.value)
  const [form, setForm] = useState({ name, unit: '' })
  const unit = form.unit || scope.unit?.id || roots[0]?.id || units.data?.[0]?.id || ''
  const make = useMutation({
    mutationFn: () =>
      call<{ policy: { id: string } }>('POST', '/policies', {
        body: { kind: kind.kind, name: form.name.trim(), unit, value: draft.value },
      }),
    onSuccess: async made => {
      keepDraft(place, null)
      await client.invalidateQueries({ queryKey: ['policies'] })
      void navigate({ to: '/policies/$policy', params: { policy: made.policy.id }, replace: true })
    },
  })
  const ready = form.name.trim() !== '' && unit !== '' && findings.errors === 0 && !findings.stale
  const tabs: TabLine[] = [
    {
      id: 'form',
      label: t('policy.tab.form'),
      panel: <Editor policy={null} form={kindForm} draft={draft} findings={findings} editable at={add ?? null} />,
    },
    { id: 'raw', label: t('policy.tab.raw'), panel: <RawTab draft={draft} findings={findings} editable /> },
    {
      id: 'lint',
      label: t('policy.tab.lint'),
      ...(findings.list.length > 0 && { count: String(findings.list.length) }),
      panel: <LintTab kind={kind.kind} findings={findings} />,
    },
  ]
  return (
    <form
      noValidate
      onSubmit={event => {
        event.preventDefault()
        if (ready && !make.isPending) make.mutate()
      }}
    >
      <PageHead
        title={t('newPolicy.title', { kind: sayKind(voice, kind.kind) })}
        crumbs={[
          { label: t('nav.policies'), to: '/policies' },
          { label: t('policies.new'), to: '/policies/new' },
          { label: sayKind(voice, kind.kind) },
        ]}
        lede={
          <Sentence tone="pending" icon="edit">
            {voice.rich('newPolicy.draft', { n: Object.keys(draft.value).length })}
          </Sentence>
        }
      >
        <Button
          variant="quiet"
          onClick={() => {
            keepDraft(place, null)
            void navigate({ to: '/policies/new' })
          }}
        >
          {t('editor.discard')}
        </Button>
        <Button type="submit" variant="primary" disabled={!ready} busy={make.isPending}>
          {t('newPolicy.save')}
        </Button>
      </PageHead>
      <div className="pad new-head">
        <TextField
          label={t('policies.col.name')}
          value={form.name}
          onChange={event => setForm({ ...form, name: event.target.value })}
          error={fieldError(make.error, 'name')}
          autoComplete="off"
        />
        <SelectField
          label={t('policies.unit')}
          value={unit}
          onChange={event => setForm({ ...form, unit: event.target.value })}
          options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
        />
        <p className="small muted new-why" role="status">
          {form.name.trim() === ''
            ? t('newPolicy.nameFirst')
            : findings.errors > 0
              ? t('editor.fixFirst', { n: findings.errors })
              : t('newPolicy.ready')}
        </p>
      </div>
      <div className="pad">
        <ProblemNote error={make.error} />
      </div>
      <Tabs
        label={t('policy.panels')}
        tabs={tabs}
        current={tab}
        onChange={next =>
          void navigate({
            to: '/policies/new/$kind',
            params: { kind: kind.kind },
            search: next === 'form' ? {} : { tab: next },
            replace: true,
          })
        }
      />
    </form>
  )
}
