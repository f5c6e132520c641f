import type { ScopeConditions } from '../../contract/blueprints.ts'
import { useVoice } from '../../i18n/index.tsx'
import { SelectField, TextField, Tick } from '../../kit/Field.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { platformNames } from '../../kit/platforms.ts'

const platforms = ['ios', 'ipados', 'macos', 'tvos'] as const
const ownerships = ['company', 'personal', 'unknown'] as const

/** What devices must be; nothing asked means any. */
export function Conditions(props: { conditions: ScopeConditions; onChange(conditions: ScopeConditions): void }) {
  const { t } = useVoice()
  const { conditions } = props
  const set = (part: ScopeConditions) => props.onChange({ ...conditions, ...part })
  const toggle = (list: readonly string[] | undefined, value: string, on: boolean): string[] =>
    on ? [...(list ?? []), value] : (list ?? []).filter(one => one !== value)
  const asked = Object.values(conditions).filter(value => value !== undefined && String(value) !== '').length
  return (
    <details className="rest conditions" open={asked > 0}>
      <summary>
        <Icon name="right" />
        {t('assignment.conditions')}
        {asked > 0 && <span className="badge on">{asked}</span>}
      </summary>
      <div className="condition-grid">
        <fieldset className="choices">
          <legend className="lab">{t('device.col.platform')}</legend>
          {platforms.map(platform => (
            <Tick
              key={platform}
              label={platformNames[platform]}
              checked={conditions.platforms?.includes(platform) ?? false}
              onChange={event => set({ platforms: toggle(conditions.platforms, platform, event.target.checked) })}
            />
          ))}
        </fieldset>
        <fieldset className="choices">
          <legend className="lab">{t('device.col.ownership')}</legend>
          {ownerships.map(ownership => (
            <Tick
              key={ownership}
              label={t(`device.ownership.${ownership}`)}
              checked={conditions.ownership?.includes(ownership) ?? false}
              onChange={event => set({ ownership: toggle(conditions.ownership, ownership, event.target.checked) })}
            />
          ))}
        </fieldset>
        <SelectField
          label={t('device.col.supervised')}
          value={conditions.supervised === undefined ? '' : String(conditions.supervised)}
          onChange={event => {
            const { supervised: _, ...rest } = conditions
            props.onChange(event.target.value === '' ? rest : { ...rest, supervised: event.target.value === 'true' })
          }}
          options={[
            { value: '', label: t('assignment.any') },
            { value: 'true', label: t('kit.yes') },
            { value: 'false', label: t('kit.no') },
          ]}
        />
        <div className="pair">
          <TextField
            label={t('assignment.osFrom')}
            placeholder="18.0"
            value={conditions.osFrom ?? ''}
            onChange={event => set({ osFrom: event.target.value.trim() })}
            mono
          />
          <TextField
            label={t('assignment.osBelow')}
            placeholder="26.0"
            value={conditions.osBelow ?? ''}
            onChange={event => set({ osBelow: event.target.value.trim() })}
            mono
          />
        </div>
        <TextField
          label={t('assignment.tags')}
          hint={t('assignment.tagsHint')}
          value={(conditions.tags ?? []).join(', ')}
          onChange={event =>
            set({
              tags: event.target.value === '' ? [] : event.target.value.split(',').map(tag => tag.trimStart()),
            })
          }
        />
      </div>
    </details>
  )
}
