import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { get } from '../../api.ts'
import type { Device } from '../../contract.ts'
import type { ComingBack } from '../../contract/portal.ts'
import { useVoice } from '../../i18n/index.tsx'
import { SelectField, TextField, Tick } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'

/** Whether an erased device comes back by itself, and by which network: that of its setup, none, one by name, a file, or that of another setup. */
export interface Back {
  on: boolean
  network: 'own' | 'none' | 'named' | 'file' | { setup: string }
  name?: string
  password?: string
  file?: string
}

/** Whether nothing is missing that the device would need. */
export function isWhole(back: Back): boolean {
  if (!back.on) return true
  if (back.network === 'file') return (back.file ?? '') !== ''
  const password = back.password ?? ''
  return back.network !== 'named' || ((back.name ?? '') !== '' && (password === '' || password.length >= 8))
}

/** What is ordered with the erasure. */
export function argsOf(back: Back): object {
  const { network } = back
  if (typeof network === 'object') return { returnToService: true, wifiSetup: network.setup }
  if (network === 'file') return { returnToService: true, wifiProfile: back.file }
  if (network === 'named')
    return { returnToService: true, wifiProfile: { network: back.name, password: back.password || null } }
  return { returnToService: true }
}

/** Offers that the device comes back by itself where it can, and says why where it cannot. */
export function ReturnChoice(props: { device: Device; value: Back; onChange(back: Back): void }) {
  const { t, has } = useVoice()
  const { device, value, onChange } = props
  const coming = useQuery({
    queryKey: ['device', device.id, 'return'],
    queryFn: ({ signal }) => get<ComingBack>(`/devices/${device.id}/return`, {}, signal),
  })
  if (!coming.data) return <ProblemNote error={coming.error} />
  const { against, setup } = coming.data
  if (against !== null) {
    const [why, next] = [`problem.${against}`, `problem.${against}.next`]
    return (
      <Note tone="info">
        <p>
          <b>{t('wipe.returnCannot')}</b> {has(why) ? t(why) : ''} {has(next) ? t(next) : ''}
        </p>
      </Note>
    )
  }
  return (
    <>
      <Tick
        label={t('wipe.return')}
        hint={t('wipe.returnHint', { name: setup?.name ?? '' })}
        checked={value.on}
        onChange={event => onChange({ on: event.target.checked, network: coming.data.network ? 'own' : 'named' })}
      />
      {value.on && <Network coming={coming.data} value={value} onChange={onChange} />}
    </>
  )
}

function Network(props: { coming: ComingBack; value: Back; onChange(back: Back): void }) {
  const { t } = useVoice()
  const { coming, value, onChange } = props
  const [touched, setTouched] = useState(false)
  const others = coming.networks.filter(one => one.id !== coming.setup?.id)
  const now = typeof value.network === 'object' ? `setup ${value.network.setup}` : value.network
  const choose = (text: string) =>
    onChange({
      on: true,
      network: text.startsWith('setup ') ? { setup: text.slice(6) } : (text as Exclude<Back['network'], object>),
    })
  return (
    <>
      <SelectField
        label={t('wipe.network')}
        hint={now === 'none' ? t('wipe.network.noneHint') : t('wipe.networkHint')}
        value={now}
        onChange={event => choose(event.target.value)}
        options={[
          ...(coming.network ? [{ value: 'own', label: t('wipe.network.own') }] : []),
          ...others.map(one => ({ value: `setup ${one.id}`, label: t('wipe.network.setup', { name: one.name }) })),
          { value: 'named', label: t('wipe.network.named') },
          { value: 'file', label: t('wipe.network.file') },
          // Where its setup has a network the server would give it that one.
          ...(coming.network ? [] : [{ value: 'none', label: t('wipe.network.none') }]),
        ]}
      />
      {value.network === 'named' && (
        <div className="pair">
          <TextField
            label={t('setups.network.name')}
            value={value.name ?? ''}
            maxLength={32}
            autoComplete="off"
            spellCheck={false}
            error={touched && (value.name ?? '') === '' ? t('wipe.network.nameMissing') : null}
            onBlur={() => setTouched(true)}
            onChange={event => onChange({ ...value, name: event.target.value })}
          />
          <TextField
            label={t('setups.network.password')}
            hint={t('wipe.network.passwordHint')}
            type="password"
            autoComplete="new-password"
            maxLength={63}
            value={value.password ?? ''}
            onChange={event => onChange({ ...value, password: event.target.value })}
          />
        </div>
      )}
      {value.network === 'file' && (
        <label className="bring">
          <span className="lab">{t('setups.network.file')}</span>
          <input
            type="file"
            accept=".mobileconfig,application/x-apple-aspen-config"
            onChange={async event => {
              const chosen = event.target.files?.[0]
              if (chosen && chosen.size <= 64 * 1024)
                onChange({ ...value, file: base64(new Uint8Array(await chosen.arrayBuffer())) })
            }}
          />
        </label>
      )}
    </>
  )
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
