import type { WifiWish } from '../../contract/roster.ts'
import { useVoice } from '../../i18n/index.tsx'
import { SelectField, TextField, Tick } from '../../kit/Field.tsx'
import { Section } from '../../kit/Page.tsx'
import type { AppleProps } from './AppleChoices.tsx'

type Way = 'keep' | 'none' | 'named' | 'file'
type Named = Exclude<WifiWish, string>

const blank: Named = { network: '', password: '', hidden: false }

/** By which network an erased device comes back. Its password goes to the server and is never shown again. */
export function ReturnNetwork(props: AppleProps) {
  const { t } = useVoice()
  const { known, draft, set } = props
  const { wifi } = draft
  const way = wayOf(wifi, known.wifi)
  const keep =
    known.network === null ? t('setups.network.keepUnnamed') : t('setups.network.keep', { name: known.network })
  const ways: Way[] = [...(known.wifi ? (['keep'] as const) : []), 'none', 'named', 'file']
  const begin: Record<Way, WifiWish | null | undefined> = {
    keep: undefined,
    none: known.wifi ? null : undefined,
    named: blank,
    file: '',
  }
  return (
    <Section id="return" title={t('setups.network')} hint={t('setups.network.hint')}>
      <SelectField
        label={t('setups.network.way')}
        hint={
          way === 'keep' ? t('setups.network.keep.hint') : way === 'none' ? t('setups.network.none.hint') : undefined
        }
        value={way}
        onChange={event => set({ wifi: begin[event.target.value as Way] })}
        options={ways.map(value => ({ value, label: value === 'keep' ? keep : t(`setups.network.way.${value}`) }))}
      />
      {typeof wifi === 'object' && wifi !== null && <Network {...props} wifi={wifi} />}
      {typeof wifi === 'string' && <ProfileFile {...props} wifi={wifi} />}
    </Section>
  )
}

function wayOf(wifi: WifiWish | null | undefined, known: boolean): Way {
  if (wifi === undefined) return known ? 'keep' : 'none'
  if (wifi === null) return 'none'
  return typeof wifi === 'string' ? 'file' : 'named'
}

function Network({ wifi, set, fault }: AppleProps & { wifi: Named }) {
  const { t } = useVoice()
  const change = (part: Partial<Named>) => set({ wifi: { ...wifi, ...part } })
  return (
    <>
      <div className="pair">
        <TextField
          label={t('setups.network.name')}
          error={fault('network')}
          autoComplete="off"
          spellCheck={false}
          value={wifi.network}
          onChange={event => change({ network: event.target.value })}
        />
        {wifi.password !== null && (
          <TextField
            label={t('setups.network.password')}
            hint={t('setups.network.password.hint')}
            error={fault('password')}
            type="password"
            autoComplete="new-password"
            value={wifi.password}
            onChange={event => change({ password: event.target.value })}
          />
        )}
      </div>
      <Tick
        label={t('setups.network.open')}
        hint={t('setups.network.open.hint')}
        checked={wifi.password === null}
        onChange={event => change({ password: event.target.checked ? null : '' })}
      />
      <Tick
        label={t('setups.network.hidden')}
        checked={wifi.hidden}
        onChange={event => change({ hidden: event.target.checked })}
      />
    </>
  )
}

function ProfileFile({ wifi, set, fault }: AppleProps & { wifi: string }) {
  const { t } = useVoice()
  const missing = fault('file')
  return (
    <>
      <label className="bring">
        <span className="lab">{t('setups.network.file')}</span>
        <input
          type="file"
          accept=".mobileconfig,application/x-apple-aspen-config"
          onChange={async event => {
            const chosen = event.target.files?.[0]
            if (chosen && chosen.size <= 64 * 1024) set({ wifi: base64(new Uint8Array(await chosen.arrayBuffer())) })
          }}
        />
      </label>
      <p className="hint">{t('setups.network.file.hint')}</p>
      {wifi === '' && missing && (
        <p className="err" role="alert">
          {missing}
        </p>
      )}
    </>
  )
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
