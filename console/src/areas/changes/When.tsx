import { useVoice } from '../../i18n/index.tsx'
import { Segments, SelectField, TextField } from '../../kit/Field.tsx'
import { instantOf, zones } from './zones.ts'

/** Now, or a wall clock of a zone. */
export interface WhenDraft {
  how: 'now' | 'at'
  local: string
  zone: string
}

/** The instant that is meant; null for now. */
export const instantIn = (draft: WhenDraft): number | null =>
  draft.how === 'now' || draft.local === '' ? null : instantOf(draft.local, draft.zone)

/** When a change is carried out: as soon as it is approved, or at a date in a zone. */
export function When(props: { draft: WhenDraft; error?: string | null; onChange(draft: WhenDraft): void }) {
  const { t } = useVoice()
  const { draft } = props
  const set = (part: Partial<WhenDraft>) => props.onChange({ ...draft, ...part })
  return (
    <div className="when-fields">
      <Segments
        label={t('when.label')}
        value={draft.how}
        onChange={how => set({ how })}
        options={[
          { value: 'now', label: t('when.now') },
          { value: 'at', label: t('when.at') },
        ]}
      />
      {draft.how === 'at' && (
        <div className="pair">
          <TextField
            label={t('when.date')}
            type="datetime-local"
            value={draft.local}
            error={props.error}
            onChange={event => set({ local: event.target.value })}
          />
          <SelectField
            label={t('when.zone')}
            value={draft.zone}
            onChange={event => set({ zone: event.target.value })}
            options={zones().map(zone => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          />
        </div>
      )}
    </div>
  )
}
