import { useQuery } from '@tanstack/react-query'
import '../../../kit/css/kiosk.css'
import type { AppRow } from '../../../contract/apps.ts'
import type { Finding, Json } from '../../../contract/policies.ts'
import type { Page } from '../../../contract.ts'
import { get } from '../../../api.ts'
import { useVoice } from '../../../i18n/index.tsx'
import { sayRemark } from '../../../kit/catalog-form/words.ts'
import { Tick } from '../../../kit/Field.tsx'
import { Note } from '../../../kit/State.tsx'
import { AppOrder } from './AppOrder.tsx'
import { Drawing } from './Drawing.tsx'
import { buttons, drawn, textsIn, withPart } from './value.ts'

type Values = Readonly<Record<string, Json>>

/** The apps of the catalog that can be in a kiosk, by their package names. */
const androidApps = {
  queryKey: ['apps', 'kiosk'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    get<Page<AppRow>>('/apps', { platform: 'android', limit: 200 }, signal),
  staleTime: 60_000,
} as const

/** What a kiosk shows: its apps in their order, how many at once, and the buttons of the system; beside it what people see. */
export function KioskForm(props: {
  value: Values
  findings: readonly Finding[]
  readOnly: boolean
  onChange(value: Values): void
}) {
  const voice = useVoice()
  const { t } = voice
  const { value, readOnly } = props
  const catalog = useQuery(androidApps)
  const known = (catalog.data?.items ?? []).filter(app => app.platform === 'android' && app.bundle !== null)
  const apps = textsIn(value['apps'])
  const features = textsIn(value['features'])
  const single = value['mode'] === 'single'
  const put = (key: string, to: Json | undefined) => props.onChange(withPart(value, key, to))
  const wrong = props.findings.filter(f => f.severity !== 'note' && drawn.some(key => f.path.startsWith(`/${key}`)))
  const turn = (name: string, on: boolean) =>
    put('features', buttons.filter(b => (b === name ? on : features.includes(b))) as unknown as Json)
  return (
    <div className="kiosk">
      <div className="kiosk-set">
        {wrong.map(finding => (
          <Note
            key={`${finding.path}${finding.code}`}
            tone={finding.severity === 'error' ? 'danger' : 'attention'}
            role="status"
          >
            <p>{sayRemark(voice, finding)}</p>
          </Note>
        ))}
        <fieldset className="radios" disabled={readOnly}>
          <legend className="cf-section">{t('setting.kiosk.mode')}</legend>
          {(['several', 'single'] as const).map(mode => (
            <label key={mode} className="ck">
              <input
                type="radio"
                name="kiosk-mode"
                checked={single === (mode === 'single')}
                onChange={() => put('mode', mode === 'single' ? 'single' : undefined)}
              />
              <span>{t(`choice.kiosk.mode.${mode}`)}</span>
            </label>
          ))}
        </fieldset>
        <AppOrder
          apps={apps}
          known={known}
          single={single}
          readOnly={readOnly}
          onChange={to => put('apps', to.length === 0 ? undefined : to)}
        />
        <fieldset disabled={readOnly} className="kiosk-buttons">
          <legend className="cf-section">{t('setting.kiosk.features')}</legend>
          <p className="hint">{t('kiosk.since', { version: 'Android 9' })}</p>
          {buttons.map(name => (
            <Tick
              key={name}
              label={t(`choice.kiosk.features.${name}`)}
              hint={t(`kiosk.without.${name}`)}
              checked={features.includes(name)}
              onChange={event => turn(name, event.target.checked)}
            />
          ))}
        </fieldset>
        {value['exitCode'] === undefined && (
          <Note tone="attention">
            <p>
              <b>{t('kiosk.noWayOut')}.</b> {t('kiosk.noWayOutText')}
            </p>
          </Note>
        )}
      </div>
      <Drawing apps={single ? apps.slice(0, 1) : apps} known={known} features={features} single={single} />
    </div>
  )
}
