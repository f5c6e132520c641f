import { useId, useState } from 'react'
import type { AppRow } from '../../../contract/apps.ts'
import { useVoice } from '../../../i18n/index.tsx'
import { Button } from '../../../kit/Button.tsx'
import { langOf } from '../../../kit/names.ts'
import { Empty } from '../../../kit/Page.tsx'
import { AppMark } from '../../apps/AppMark.tsx'
import { isPackage, moved, shortName } from './value.ts'

/** The apps of a kiosk in their order: moved by drag or by arrows, found in the catalog or named by package. */
export function AppOrder(props: {
  apps: readonly string[]
  known: readonly AppRow[]
  single: boolean
  readOnly: boolean
  onChange(apps: string[]): void
}) {
  const { t } = useVoice()
  const { apps, known } = props
  const [dragged, setDragged] = useState<number | null>(null)
  const [said, setSaid] = useState('')
  const nameOf = (app: string): string => known.find(k => k.bundle === app)?.name ?? shortName(app)
  const move = (from: number, to: number) => {
    const place = Math.max(0, Math.min(to, apps.length - 1))
    props.onChange(moved(apps, from, place))
    setSaid(t('kiosk.moved', { name: nameOf(apps[from] ?? ''), place: place + 1 }))
  }
  return (
    <section aria-labelledby="kiosk-apps">
      <h2 id="kiosk-apps" className="cf-section">
        {t('kiosk.apps')}
      </h2>
      {apps.length === 0 ? (
        <Empty title={t('kiosk.empty')}>{t('kiosk.emptyText')}</Empty>
      ) : (
        <ol className="kiosk-apps">
          {apps.map((app, at) => (
            <li
              key={app}
              draggable={!props.readOnly}
              className={[dragged === at ? 'lifted' : '', props.single && at > 0 ? 'idle' : ''].join(' ').trim()}
              onDragStart={event => {
                event.dataTransfer.setData('text/plain', app)
                setDragged(at)
              }}
              onDragEnd={() => setDragged(null)}
              onDragOver={event => {
                if (dragged !== null) event.preventDefault()
              }}
              onDrop={event => {
                event.preventDefault()
                if (dragged !== null && dragged !== at) move(dragged, at)
                setDragged(null)
              }}
            >
              <AppLine app={app} known={known} />
              {!props.readOnly && (
                <span className="kiosk-acts">
                  <Button
                    size="sm"
                    variant="quiet"
                    icon="up"
                    iconOnly
                    disabled={at === 0}
                    onClick={() => move(at, at - 1)}
                  >
                    {t('kiosk.up', { name: nameOf(app) })}
                  </Button>
                  <Button
                    size="sm"
                    variant="quiet"
                    icon="down"
                    iconOnly
                    disabled={at === apps.length - 1}
                    onClick={() => move(at, at + 1)}
                  >
                    {t('kiosk.down', { name: nameOf(app) })}
                  </Button>
                  <Button
                    size="sm"
                    variant="quiet"
                    icon="x"
                    iconOnly
                    onClick={() => props.onChange(apps.filter(one => one !== app))}
                  >
                    {t('kiosk.remove', { name: nameOf(app) })}
                  </Button>
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
      <p className="vh" role="status">
        {said}
      </p>
      {apps.length > 1 && <p className="hint">{t(props.single ? 'kiosk.singleOnly' : 'kiosk.appsHint')}</p>}
      {!props.readOnly && <AddApp apps={apps} known={known} onAdd={app => props.onChange([...apps, app])} />}
    </section>
  )
}

/** An app by its name in the catalog, with its package below. */
function AppLine({ app, known }: { app: string; known: readonly AppRow[] }) {
  const row = known.find(k => k.bundle === app)
  return (
    <span className="kiosk-app">
      {row?.icon ? (
        <AppMark icon={row.icon} />
      ) : (
        <i className="kiosk-letter" aria-hidden="true">
          {(row?.name ?? shortName(app)).slice(0, 1).toLocaleUpperCase()}
        </i>
      )}
      <span>
        <b data-name lang={langOf(row?.name ?? app)}>
          {row?.name ?? shortName(app)}
        </b>
        <code>{app}</code>
      </span>
    </span>
  )
}

const mostOffered = 6

function AddApp(props: { apps: readonly string[]; known: readonly AppRow[]; onAdd(app: string): void }) {
  const { t } = useVoice()
  const id = useId()
  const [text, setText] = useState('')
  const typed = text.trim()
  const wanted = typed.toLocaleLowerCase()
  const left = props.known.filter(app => app.bundle !== null && !props.apps.includes(app.bundle))
  const found = left
    .filter(app => `${app.name} ${app.bundle}`.toLocaleLowerCase().includes(wanted))
    .slice(0, mostOffered)
  const byHand = isPackage(typed) && !props.apps.includes(typed) && !found.some(app => app.bundle === typed)
  const add = (app: string) => {
    props.onAdd(app)
    setText('')
  }
  return (
    <div className="field kiosk-add">
      <label className="lab" htmlFor={id}>
        {t('kiosk.add')}
      </label>
      <input
        id={id}
        className="in"
        type="text"
        value={text}
        aria-describedby={`${id}-hint`}
        autoComplete="off"
        spellCheck={false}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          const [first] = found
          if (byHand) add(typed)
          else if (typed !== '' && first?.bundle) add(first.bundle)
        }}
      />
      <p className="hint" id={`${id}-hint`}>
        {typed !== '' && !byHand && found.length === 0 ? t('kiosk.notFound') : t('kiosk.addHint')}
      </p>
      {(typed !== '' || props.apps.length === 0) && (found.length > 0 || byHand) && (
        <ul className="kiosk-found">
          {byHand && (
            <li>
              <Button size="sm" icon="plus" onClick={() => add(typed)}>
                <code>{typed}</code>
              </Button>
            </li>
          )}
          {found.map(app => (
            <li key={app.id}>
              <Button size="sm" icon="plus" onClick={() => add(app.bundle ?? '')}>
                <span data-name lang={langOf(app.name)}>
                  {app.name}
                </span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
