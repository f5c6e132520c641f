import type { SetupBody } from '../../contract/roster.ts'
import { useVoice } from '../../i18n/index.tsx'
import { SelectField, TextField, Tick } from '../../kit/Field.tsx'
import { Section } from '../../kit/Page.tsx'
import { fieldError } from '../../kit/Problem.tsx'

interface Props {
  body: SetupBody
  set(part: Partial<SetupBody>): void
  error: unknown
}

const switches = [
  'supervised',
  'mandatory',
  'removable',
  'pairing',
  'freshFromBackup',
  'sharedDevice',
  'returnToService',
] as const

/** Every choice of a setup but the steps of the assistant. */
export function SetupChoices(props: Props) {
  const { t } = useVoice()
  const { body, set } = props
  return (
    <>
      <Section id="manage" title={t('setups.manage')}>
        {switches.map(name => (
          <Tick
            key={name}
            label={t(`setups.${name}`)}
            hint={t(`setups.${name}.hint`)}
            checked={body[name]}
            onChange={event => set({ [name]: event.target.checked })}
          />
        ))}
      </Section>
      <Waiting {...props} />
      <Section id="identity" title={t('setups.identity')}>
        <Tick
          label={t('setups.signIn')}
          hint={t('setups.signIn.hint')}
          checked={body.signIn === 'web'}
          onChange={event => set({ signIn: event.target.checked ? 'web' : 'none' })}
        />
      </Section>
      <Language {...props} />
      <Support {...props} />
    </>
  )
}

function Waiting({ body, set, error }: Props) {
  const { t } = useVoice()
  const version = body.minimumOs?.version ?? ''
  return (
    <Section id="ready" title={t('setups.ready')}>
      <Tick
        label={t('setups.awaits')}
        hint={t('setups.awaits.hint')}
        checked={body.awaits}
        onChange={event => set({ awaits: event.target.checked })}
      />
      {body.awaits && (
        <TextField
          label={t('setups.awaitMinutes')}
          inputMode="numeric"
          value={String(body.awaitMinutes)}
          error={fieldError(error, 'body.awaitMinutes')}
          onChange={event => set({ awaitMinutes: Number(event.target.value.replaceAll(/\D/g, '').slice(0, 3)) })}
        />
      )}
      <div className="pair">
        <TextField
          label={t('setups.minimumOs')}
          hint={t('setups.minimumOs.hint')}
          value={version}
          error={fieldError(error, 'body.minimumOs.version')}
          onChange={event => {
            const text = event.target.value.trim()
            set({ minimumOs: text === '' ? null : { version: text, mode: body.minimumOs?.mode ?? 'when-possible' } })
          }}
        />
        {body.minimumOs && (
          <SelectField
            label={t('setups.osMode')}
            value={body.minimumOs.mode}
            onChange={event =>
              set({ minimumOs: { version, mode: event.target.value === 'always' ? 'always' : 'when-possible' } })
            }
            options={[
              { value: 'when-possible', label: t('setups.osMode.when-possible') },
              { value: 'always', label: t('setups.osMode.always') },
            ]}
          />
        )}
      </div>
    </Section>
  )
}

function Language({ body, set, error }: Props) {
  const { t } = useVoice()
  return (
    <Section id="language" title={t('setups.languages')}>
      <Tick
        label={t('setups.autoAdvance')}
        hint={t('setups.autoAdvance.hint')}
        checked={body.autoAdvance}
        onChange={event => set({ autoAdvance: event.target.checked })}
      />
      <div className="pair">
        <TextField
          label={t('setups.language')}
          hint={t('setups.language.hint')}
          value={body.language ?? ''}
          error={fieldError(error, 'body.language')}
          onChange={event => set({ language: event.target.value.trim() || null })}
        />
        <TextField
          label={t('setups.region')}
          hint={t('setups.region.hint')}
          value={body.region ?? ''}
          error={fieldError(error, 'body.region')}
          onChange={event => set({ region: event.target.value.trim().toUpperCase() || null })}
        />
      </div>
    </Section>
  )
}

function Support({ body, set, error }: Props) {
  const { t } = useVoice()
  return (
    <Section id="support" title={t('setups.support')} hint={t('setups.support.hint')}>
      <div className="pair">
        {(['department', 'phone', 'email'] as const).map(name => (
          <TextField
            key={name}
            label={t(`setups.support.${name}`)}
            value={body.support[name]}
            error={fieldError(error, `body.support.${name}`)}
            onChange={event => set({ support: { ...body.support, [name]: event.target.value } })}
          />
        ))}
      </div>
    </Section>
  )
}
