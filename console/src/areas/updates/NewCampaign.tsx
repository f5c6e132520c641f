import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import '../../kit/css/updates.css'
import { call } from '../../api.ts'
import type { Campaign, Release } from '../../contract/updates.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { SelectField, TextField, Tick } from '../../kit/Field.tsx'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { shortPath, useUnits } from '../../scope.tsx'
import { bodyOf, chosenOf, type Draft, firstDraft } from './draft.ts'
import { How, What } from './Choices.tsx'
import { releasesQuery } from './queries.ts'
import { Way } from './Way.tsx'
import { platformWord } from './words.ts'

/** A campaign in four short questions: what, for whom, by when, how carefully. Nothing happens before it is started on its page. */
export function NewCampaign() {
  const { t } = useVoice()
  const releases = useQuery(releasesQuery)
  return (
    <>
      <PageHead
        title={t('newCampaign.title')}
        crumbs={[{ label: t('updates.title'), to: '/updates' }, { label: t('newCampaign.title') }]}
        lede={t('newCampaign.lede')}
      />
      <Way at="choose" />
      <ProblemNote error={releases.error} />
      {releases.isPending && (
        <div className="pad">
          <Bones lines={6} label={t('kit.loading')} />
        </div>
      )}
      {releases.data && releases.data.items.length === 0 && <Nothing />}
      {releases.data && releases.data.items.length > 0 && <Form releases={releases.data.items} />}
    </>
  )
}

function Nothing() {
  const { t } = useVoice()
  return (
    <div className="pad">
      <Empty
        title={t('updates.noFeed')}
        action={
          <ButtonLink to="/updates" variant="primary">
            {t('updates.title')}
          </ButtonLink>
        }
      >
        {t('updates.noFeedText')}
      </Empty>
    </div>
  )
}

function Form({ releases }: { releases: readonly Release[] }) {
  const { t } = useVoice()
  const units = useUnits()
  const { platform, version } = useSearch({ strict: false }) as { platform?: string; version?: string }
  const [draft, setDraft] = useState<Draft>(() => ({
    ...firstDraft(Date.now()),
    ...(platform && version ? { platforms: [platform], versions: { [platform]: version } } : {}),
  }))
  const set = (change: Partial<Draft>): void => setDraft(before => ({ ...before, ...change }))
  const chosen = useMemo(() => chosenOf(draft, releases, Date.now()), [draft, releases])
  const { platforms, versionOf } = chosen
  const suggested =
    draft.kind === 'latest'
      ? t('newCampaign.nameLatest', { n: draft.behindDays })
      : platforms.map(p => `${platformWord(p)} ${versionOf(p)}`).join(', ')
  const unit = draft.unit || (units.data?.[0]?.id ?? '')
  const navigate = useNavigate()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: () =>
      call<Campaign>('POST', '/campaigns', { body: bodyOf(draft, chosen, { unit, name: draft.name ?? suggested }) }),
    onSuccess: async made => {
      await client.invalidateQueries({ queryKey: ['updates', 'campaigns'] })
      void navigate({ to: '/updates/$campaign', params: { campaign: made.id } })
    },
  })
  return (
    <form
      className="campaign-form"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <What draft={draft} chosen={chosen} set={set} />
      <Whom draft={draft} unit={unit} set={set} />
      <When draft={draft} set={set} />
      <How draft={draft} set={set} />
      <div className="pad campaign-part campaign-end">
        <TextField
          label={t('campaign.name')}
          value={draft.name ?? suggested}
          maxLength={100}
          onChange={event => set({ name: event.target.value })}
        />
        <ProblemNote error={save.error} />
        <p className="acts">
          <Button type="submit" variant="primary" busy={save.isPending} disabled={platforms.length === 0}>
            {t('newCampaign.prepare')}
          </Button>
          <span className="small soft">{t('newCampaign.prepareText')}</span>
        </p>
      </div>
    </form>
  )
}

interface Part {
  draft: Draft
  set(change: Partial<Draft>): void
}

function Whom({ draft, unit, set }: Part & { unit: string }) {
  const { t } = useVoice()
  const units = useUnits()
  return (
    <Section id="whom" title={t('newCampaign.whom')}>
      <div className="campaign-row">
        <SelectField
          label={t('newCampaign.unit')}
          value={unit}
          options={(units.data ?? []).map(u => ({ value: u.id, label: shortPath(u.path) }))}
          onChange={event => set({ unit: event.target.value })}
        />
        <TextField
          label={t('newCampaign.filter')}
          hint={t('newCampaign.filterHint')}
          mono
          value={draft.filter}
          onChange={event => set({ filter: event.target.value })}
        />
      </div>
    </Section>
  )
}

function When({ draft, set }: Part) {
  const { t } = useVoice()
  return (
    <Section id="when" title={t('newCampaign.when')}>
      <div className="campaign-row">
        {draft.kind === 'version' ? (
          <TextField
            label={t('newCampaign.due')}
            hint={t('newCampaign.dueHint')}
            type="datetime-local"
            value={draft.due}
            onChange={event => set({ due: event.target.value })}
          />
        ) : (
          <TextField
            label={t('newCampaign.dueDays')}
            hint={t('newCampaign.dueDaysHint')}
            type="number"
            min={1}
            max={90}
            value={draft.dueDays}
            onChange={event => set({ dueDays: Number(event.target.value) })}
          />
        )}
        <Tick
          toggle
          label={t('newCampaign.notices')}
          hint={t('newCampaign.noticesHint')}
          checked={draft.notices}
          onChange={event => set({ notices: event.target.checked })}
        />
      </div>
    </Section>
  )
}
