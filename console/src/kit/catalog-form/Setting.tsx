import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../Button.tsx'
import { Icon } from '../Icon.tsx'
import { Control, inline } from './Control.tsx'
import { type ControlProps, langOf, useHold } from './hold.ts'
import { Remarks } from './Remarks.tsx'
import { initialOf, same } from './value.ts'
import { ownBadges, sayUnavailable } from './words.ts'

const inner: ReadonlySet<string> = new Set(['group', 'list', 'union'])

/** One setting: its name, what it asks of a device, its control, and what was found about it. `before` is what it was; undefined where marks of change are not wanted. */
export function Setting(
  props: Omit<ControlProps, 'name'> & { at?: boolean; before?: { value: ControlProps['value'] } },
) {
  const { field, value, pointer, onChange } = props
  const { t } = useVoice()
  const hold = useHold()
  const { readOnly, wording } = hold
  const own = wording.label?.(field, pointer)
  const name = own ?? field.label
  const note = wording.note?.(field, pointer) ?? field.note
  const changed = props.before !== undefined && !same(props.before.value, value)
  const control = <Control field={field} value={value} pointer={pointer} name={name} onChange={onChange} />
  const beside = inline.has(field.widget) || field.secret
  const unset = value === undefined
  return (
    <li className={['cf-set', changed && 'chg', props.at && 'is-at'].filter(Boolean).join(' ')} data-setting={pointer}>
      <div className="cf-head">
        <div>
          <h3>
            <span {...langOf(hold, own)}>{name}</span>
            {field.required && <span className="small muted"> {t('form.required')}</span>}
          </h3>
          {note && <p>{note}</p>}
          {field.name !== name && <span className="mono cf-key">{field.name}</span>}
        </div>
        {beside && <div className="cf-ctl">{control}</div>}
        {!readOnly && !field.required && !unset && (
          <Button size="sm" variant="quiet" icon="x" iconOnly onClick={() => onChange(undefined)}>
            {t('form.takeOut', { name })}
          </Button>
        )}
      </div>
      <Marks {...props} />
      {!beside &&
        (unset && inner.has(field.widget) ? (
          <span className="cf-acts">
            <span className="small muted">{t('form.notSet')}</span>
            {!readOnly && (
              <Button size="sm" aria-label={t('form.fillIn', { name })} onClick={() => onChange(initialOf(field))}>
                {t('form.fill')}
              </Button>
            )}
          </span>
        ) : (
          control
        ))}
      <Remarks at={pointer} below={!inner.has(field.widget) || unset} />
      {changed && !readOnly && <Changed before={props.before?.value} onBack={() => onChange(props.before?.value)} />}
    </li>
  )
}

function Marks({ field, pointer }: Omit<ControlProps, 'name'>) {
  const voice = useVoice()
  const { wording, target } = useHold()
  const given = wording.badges?.(pointer)
  const badges = given === undefined ? ownBadges(voice, field) : []
  const missing = sayUnavailable(voice, field, target)
  if (!given && badges.length === 0 && missing === null) return null
  return (
    <p className="cf-marks">
      {given}
      {badges.map(badge => (
        <span key={badge.text} className="badge">
          {badge.icon && <Icon name={badge.icon} />}
          {badge.text}
        </span>
      ))}
      {missing && (
        <span className="s s-attention">
          <Icon name="attention" />
          {missing}
        </span>
      )}
    </p>
  )
}

function Changed({ before, onBack }: { before: ControlProps['value']; onBack(): void }) {
  const { t } = useVoice()
  return (
    <p className="cf-was">
      <Icon name={before === undefined ? 'plus' : 'edit'} />
      <span>{before === undefined ? t('form.isNew') : t('form.isChanged')}</span>
      <Button size="sm" variant="quiet" icon="undo" onClick={onBack}>
        {before === undefined ? t('form.takeOutAgain') : t('form.putBack')}
      </Button>
    </p>
  )
}
