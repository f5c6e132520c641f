import { useCallback, useEffect, useState } from 'react'
import { call, get } from '../api.ts'
import { Act, Part, Refused } from './parts.tsx'
import { useVoice } from './voice.tsx'

interface MyApp {
  app: string
  name: string
  publisher: string
  presence: string
  state: string
  askable: boolean
}

/** The apps of a person's device: those that may be asked for first. */
export function Apps({ device }: { device: string }) {
  const { t, or } = useVoice()
  const [apps, setApps] = useState<readonly MyApp[]>([])
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const load = useCallback(async () => {
    const all = await get<{ devices: { id: string; apps: MyApp[] }[] }>('/my/apps')
    setApps(all.devices.find(one => one.id === device)?.apps ?? [])
  }, [device])
  useEffect(() => {
    load().catch(setError)
  }, [load])
  if (apps.length === 0 && !error) return null
  const ask = async (app: string): Promise<void> => {
    setBusy(app)
    setError(null)
    try {
      await call('POST', `/my/devices/${device}/apps/${app}`)
      await load()
    } catch (cause) {
      setError(cause)
    }
    setBusy(null)
  }
  return (
    <Part title={t('myapps.title')}>
      <Refused error={error} />
      <ul className="myapps">
        {apps
          .toSorted((a, b) => Number(b.askable) - Number(a.askable))
          .map(app => (
            <li key={app.app}>
              <p>
                <b data-name>{app.name}</b>
                <br />
                <span className="muted small">
                  {t(or(`myapps.state.${app.askable ? 'open' : app.state}`, 'myapps.state.sent'))}
                </span>
              </p>
              {app.askable && (
                <Act busy={busy !== null} onClick={() => void ask(app.app)}>
                  {t('myapps.ask')}
                </Act>
              )}
            </li>
          ))}
      </ul>
    </Part>
  )
}
