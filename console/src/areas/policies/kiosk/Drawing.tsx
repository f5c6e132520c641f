import type { AppRow } from '../../../contract/apps.ts'
import { useVoice } from '../../../i18n/index.tsx'
import { Icon } from '../../../kit/Icon.tsx'
import { langOf } from '../../../kit/names.ts'
import { AppMark } from '../../apps/AppMark.tsx'
import { shortName } from './value.ts'

interface Shown {
  apps: readonly string[]
  known: readonly AppRow[]
  features: readonly string[]
  single: boolean
}

/** What people see of a kiosk, on a phone and on a tablet; follows the form as it is filled in. */
export function Drawing(props: Shown) {
  const { t } = useVoice()
  return (
    <section className="kiosk-drawing" aria-labelledby="kiosk-drawing">
      <h2 id="kiosk-drawing" className="cf-section">
        {t('kiosk.drawing')}
      </h2>
      <div className="kiosk-devices">
        <Screen {...props} form="phone" />
        <Screen {...props} form="tablet" />
      </div>
      <p className="hint">{t('kiosk.drawingHint')}</p>
    </section>
  )
}

/** As many apps as a drawing has room for. */
const room = { phone: 12, tablet: 15 } as const

function Screen({ apps, known, features, single, form }: Shown & { form: 'phone' | 'tablet' }) {
  const { t } = useVoice()
  const has = (name: string): boolean => features.includes(name)
  const bar = has('system-info') || has('notifications')
  return (
    <figure className={`kiosk-${form}`}>
      <div className="kiosk-screen" aria-hidden="true">
        <div className="kiosk-bar">
          {bar && (
            <>
              <span lang="en">9:41</span>
              <span className="kiosk-signs">
                {has('notifications') && <Icon name="bell" />}
                {has('system-info') && <i className="kiosk-battery" />}
              </span>
            </>
          )}
        </div>
        {single ? (
          <div className="kiosk-one">
            {apps.map(app => (
              <Tile key={app} app={app} known={known} />
            ))}
          </div>
        ) : (
          <div className="kiosk-grid">
            {apps.slice(0, room[form]).map(app => (
              <Tile key={app} app={app} known={known} />
            ))}
          </div>
        )}
        <div className="kiosk-nav">
          {has('home') && <i className="kiosk-home" />}
          {has('home') && has('overview') && <i className="kiosk-recent" />}
        </div>
      </div>
      <figcaption>{t('kiosk.drawingOf', { device: t(`kiosk.${form}`), n: apps.length })}</figcaption>
    </figure>
  )
}

function Tile({ app, known }: { app: string; known: readonly AppRow[] }) {
  const row = known.find(k => k.bundle === app)
  const name = row?.name ?? shortName(app)
  return (
    <span className="kiosk-tile">
      {row?.icon ? <AppMark icon={row.icon} /> : <i>{name.slice(0, 1).toLocaleUpperCase()}</i>}
      <span data-name lang={langOf(name)}>
        {name}
      </span>
    </span>
  )
}
