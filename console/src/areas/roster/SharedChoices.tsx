import type { SetupShared } from '../../contract/roster.ts'
import { useVoice } from '../../i18n/index.tsx'
import { SelectField, TextField, Tick } from '../../kit/Field.tsx'
import { Section } from '../../kit/Page.tsx'
import { Note } from '../../kit/State.tsx'
import { plainShared } from './apple.ts'
import type { AppleProps } from './AppleChoices.tsx'

type Space = 'usual' | 'users' | 'quotaMb'

/** How an iPad is shared; only for setups of iPads that are. */
export function SharedChoices({ draft, body, set, fault }: AppleProps) {
  const { t } = useVoice()
  if (!body.sharedDevice) return null
  const shared = draft.shared ?? plainShared
  const change = (part: Partial<SetupShared>) => set({ shared: { ...shared, ...part } })
  const space: Space = shared.users !== null ? 'users' : shared.quotaMb !== null ? 'quotaMb' : 'usual'
  const whole = (name: 'users' | 'quotaMb' | 'signOutMinutes' | 'guestMinutes' | 'offlineDays') => (
    <TextField
      label={t(`setups.shared.${name}`)}
      hint={t(`setups.shared.${name}.hint`)}
      error={fault(name)}
      inputMode="numeric"
      value={shared[name] === null ? '' : String(shared[name])}
      onChange={event => change({ [name]: wholeIn(event.target.value, name === 'users' || name === 'quotaMb') })}
    />
  )
  return (
    <Section id="shared" title={t('setups.shared')} hint={t('setups.shared.hint')}>
      {!body.awaits && <Note tone="attention">{t('setups.shared.notAwaited')}</Note>}
      <div className="pair">
        <SelectField
          label={t('setups.shared.space')}
          value={space}
          onChange={event => change({ ...noSpace, ...spaces[event.target.value as Space] })}
          options={(['usual', 'users', 'quotaMb'] as const).map(value => ({
            value,
            label: t(`setups.shared.space.${value}`),
          }))}
        />
        {space !== 'usual' && whole(space)}
      </div>
      <Tick
        label={t('setups.shared.guestsOnly')}
        hint={t('setups.shared.guestsOnly.hint')}
        checked={shared.guestsOnly}
        onChange={event => change({ guestsOnly: event.target.checked })}
      />
      <div className="pair">
        {!shared.guestsOnly && whole('signOutMinutes')}
        {whole('guestMinutes')}
      </div>
      {!shared.guestsOnly && (
        <div className="pair">
          <Domains domains={shared.domains} error={fault('domains')} change={domains => change({ domains })} />
          {whole('offlineDays')}
        </div>
      )}
    </Section>
  )
}

function Domains(props: { domains: string[]; error: string | null; change(domains: string[]): void }) {
  const { t } = useVoice()
  return (
    <TextField
      label={t('setups.shared.domains')}
      hint={t('setups.shared.domains.hint')}
      error={props.error}
      spellCheck={false}
      defaultValue={props.domains.join(', ')}
      onChange={event =>
        props.change(
          event.target.value
            .toLowerCase()
            .split(/[\s,;]+/)
            .filter(one => one !== ''),
        )
      }
    />
  )
}

const noSpace = { users: null, quotaMb: null }
const spaces: Readonly<Record<Space, Partial<SetupShared>>> = {
  usual: {},
  users: { users: 10 },
  quotaMb: { quotaMb: 4096 },
}

/** A whole number; nothing means: as the device comes. A size that is being typed stays a size. */
function wholeIn(text: string, needed: boolean): number | null {
  const digits = text.replaceAll(/\D/g, '').slice(0, 7)
  if (digits === '') return needed ? 0 : null
  return Number(digits)
}
