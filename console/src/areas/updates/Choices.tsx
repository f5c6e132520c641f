import { useVoice } from '../../i18n/index.tsx'
import { Segments, SelectField, TextArea, TextField, Tick } from '../../kit/Field.tsx'
import { Section } from '../../kit/Page.tsx'
import { type Chosen, type Draft, planNames } from './draft.ts'
import { platformWord } from './words.ts'

interface Part {
  draft: Draft
  set(change: Partial<Draft>): void
}

/** What a new campaign brings: one version, or always the newest that is old enough. */
export function What({ draft, chosen, set }: Part & { chosen: Chosen }) {
  const { t } = useVoice()
  const { platforms, known } = chosen
  const tick = (platform: string, on: boolean): void =>
    set({
      platforms: on
        ? known.filter(p => p === platform || platforms.includes(p))
        : platforms.filter(p => p !== platform),
    })
  return (
    <Section id="what" title={t('newCampaign.what')}>
      <div className="campaign-part">
        <Segments
          label={t('newCampaign.what')}
          value={draft.kind}
          options={[
            { value: 'version', label: t('newCampaign.version') },
            { value: 'latest', label: t('newCampaign.latest') },
          ]}
          onChange={kind => set({ kind })}
        />
        <p className="small soft">
          {t(draft.kind === 'version' ? 'newCampaign.versionText' : 'newCampaign.latestText')}
        </p>
        <div className="campaign-row">
          {known.map(platform => (
            <Tick
              key={platform}
              label={platformWord(platform)}
              checked={platforms.includes(platform)}
              onChange={event => tick(platform, event.target.checked)}
            />
          ))}
        </div>
        {draft.kind === 'version' ? (
          <Versions draft={draft} chosen={chosen} set={set} />
        ) : (
          <TextField
            label={t('newCampaign.behindDays')}
            hint={t('newCampaign.behindDaysHint')}
            type="number"
            min={0}
            max={365}
            value={draft.behindDays}
            onChange={event => set({ behindDays: Number(event.target.value) })}
          />
        )}
        <TextArea
          label={t('newCampaign.note')}
          hint={t('newCampaign.noteHint')}
          rows={2}
          value={draft.note}
          onChange={event => set({ note: event.target.value })}
        />
      </div>
    </Section>
  )
}

function Versions({ draft, chosen, set }: Part & { chosen: Chosen }) {
  const { t } = useVoice()
  const { platforms, offered, versionOf } = chosen
  return (
    <div className="campaign-row">
      {platforms.map(platform => (
        <SelectField
          key={platform}
          label={t('newCampaign.versionOf', { platform: platformWord(platform) })}
          value={versionOf(platform)}
          options={[...new Set(offered.filter(r => r.platform === platform).map(r => r.version))].map(value => ({
            value,
            label: value,
          }))}
          onChange={event => set({ versions: { ...draft.versions, [platform]: event.target.value } })}
        />
      ))}
    </div>
  )
}

/** How carefully it goes out: its waves, how long each is watched, and whether it halts by itself. */
export function How({ draft, set }: Part) {
  const { t } = useVoice()
  return (
    <Section id="how" title={t('newCampaign.how')}>
      <div className="campaign-part">
        <Segments
          label={t('newCampaign.how')}
          value={draft.plan}
          options={planNames.map(value => ({ value, label: t(`newCampaign.plan.${value}`) }))}
          onChange={plan => set({ plan })}
        />
        <div className="campaign-row">
          <TextField
            label={t('newCampaign.watch')}
            hint={t('newCampaign.watchHint')}
            type="number"
            min={1}
            max={336}
            value={draft.watchHours}
            onChange={event => set({ watchHours: Number(event.target.value) })}
          />
          <Tick
            toggle
            label={t('newCampaign.halts')}
            hint={t('newCampaign.haltsHint')}
            checked={draft.halts}
            onChange={event => set({ halts: event.target.checked })}
          />
        </div>
      </div>
    </Section>
  )
}
