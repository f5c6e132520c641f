import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import type { SetUpWifi } from './android.ts'

/** The network that a new device joins to load the agent; put into the code when it is asked for, and kept nowhere. */
export function SetUpNetwork(props: { wifi: SetUpWifi | null; onChange(wifi: SetUpWifi | null): void }) {
  const { t } = useVoice()
  const [form, setForm] = useState<SetUpWifi>(props.wifi ?? { ssid: '', password: '', hidden: false })
  const set = (part: Partial<SetUpWifi>) => setForm({ ...form, ...part })
  return (
    <details className="aside-way">
      <summary>{props.wifi ? t('android.wifiIn', { name: props.wifi.ssid }) : t('android.wifi')}</summary>
      <form
        className="stack narrow"
        onSubmit={event => {
          event.preventDefault()
          if (form.ssid.trim() !== '') props.onChange({ ...form, ssid: form.ssid.trim() })
        }}
      >
        <p className="hint">{t('android.wifiHint')}</p>
        <TextField
          label={t('android.ssid')}
          value={form.ssid}
          maxLength={32}
          onChange={event => set({ ssid: event.target.value })}
        />
        <TextField
          label={t('android.wifiPassword')}
          hint={t('android.wifiPasswordHint')}
          type="password"
          autoComplete="off"
          value={form.password}
          maxLength={63}
          onChange={event => set({ password: event.target.value })}
        />
        <label className="ck">
          <input type="checkbox" checked={form.hidden} onChange={event => set({ hidden: event.target.checked })} />
          <span>{t('android.wifiHidden')}</span>
        </label>
        <div className="acts-line">
          <Button type="submit" size="sm" disabled={form.ssid.trim() === ''}>
            {t('android.wifiPut')}
          </Button>
          {props.wifi && (
            <Button size="sm" onClick={() => props.onChange(null)}>
              {t('android.wifiOut')}
            </Button>
          )}
        </div>
      </form>
    </details>
  )
}
