import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { langOf } from '../../kit/names.ts'
import { Bones, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, Sentence } from '../../kit/State.tsx'
import '../../kit/css/incident.css'
import { kindNames } from '../devices/words.ts'
import { EndDialog } from './ActDialogs.tsx'
import { OrderPanel } from './OrderPanel.tsx'
import { type Incident, incidentQuery } from './queries.ts'
import { RecordPanel } from './RecordPanel.tsx'
import { Thumb } from './Thumb.tsx'
import { WhereItIs } from './WhereItIs.tsx'
import { restOf, said, standingIcon, standsAs } from './words.tsx'

/** One missing device, made for one thumb at 23:00: how it stands, where it is, what to beware of, what happens by itself, what happened. */
export function IncidentPage() {
  const { t } = useVoice()
  const { incident: id = '' } = useParams({ strict: false }) as { incident?: string }
  const query = useQuery(incidentQuery(id))
  const crumbs = [{ label: t('incident.title'), to: '/incidents' }]
  if (!query.data)
    return (
      <>
        <PageHead title={t('incident.title')} crumbs={crumbs} />
        <div className="pad">
          {query.error ? <ProblemNote error={query.error} /> : <Bones lines={8} label={t('kit.loading')} />}
        </div>
      </>
    )
  return <Page incident={query.data} />
}

function Page({ incident }: { incident: Incident }) {
  return (
    <article className="incident">
      <Head incident={incident} />
      <div className="incident-cols">
        <div className="incident-where">
          <WhereItIs incident={incident} />
        </div>
        <div className="incident-side">
          <Warnings incident={incident} />
          <OrderPanel incident={incident} />
          <About incident={incident} />
          <Ends incident={incident} />
        </div>
        <div className="incident-record">
          <RecordPanel incident={incident} />
        </div>
      </div>
      <Thumb incident={incident} />
    </article>
  )
}

function Head({ incident }: { incident: Incident }) {
  const voice = useVoice()
  const { t } = voice
  const now = useNow()
  const { device, user, unit } = incident
  const model = device.model || kindNames[device.platform]
  const number = t('incident.number', { number: said(incident.number) })
  return (
    <PageHead
      title={number}
      crumbs={[{ label: t('incident.title'), to: '/incidents' }, { label: number }]}
      heading={<h1>{t('incident.heading', { model, kind: incident.kind })}</h1>}
      lede={
        <>
          <Sentence {...standingIcon(incident)}>
            <b>{standsAs(voice, incident)}</b> {restOf(voice, incident, now)}
          </Sentence>
          <p className="owner">
            {device.known ? (
              <Link to="/devices/$device" params={{ device: device.id }} lang={langOf(device.name)}>
                {device.assetTag || device.name}
              </Link>
            ) : (
              <span lang={langOf(device.name)}>{device.name}</span>
            )}
            {user?.name && (
              <>
                <span className="sep" />
                <Link to="/people/$user" params={{ user: user.id }} lang={langOf(user.name)}>
                  {user.name}
                </Link>
              </>
            )}
            <span className="sep" />
            <span>{unit.slice(-2).join(' / ')}</span>
          </p>
          <p className="incident-badges">
            <span className="badge on">{t(`device.ownership.${device.ownership}`)}</span>
            {incident.supervised && <span className="badge on">{t('device.supervised')}</span>}
            {incident.activationLock && <span className="badge on">{t('incident.findMy')}</span>}
            {incident.state !== 'open' && <span className="badge">{t(`incident.state.${incident.state}`)}</span>}
          </p>
        </>
      }
    />
  )
}

/** What the facts of the device mean now. */
function Warnings({ incident }: { incident: Incident }) {
  const { t, f, has } = useVoice()
  const now = useNow(60_000)
  const why = `incident.why.${incident.why}`
  const lines = incident.warnings.filter(
    w => w.tone !== 'ok' && (w.code !== 'no-location' || incident.action !== 'none'),
  )
  return (
    <div className="incident-notes">
      {incident.state === 'open' && has(why) && incident.action !== 'lost-mode' && (
        <Note tone="info">
          <p>{t(why)}</p>
        </Note>
      )}
      {lines.map(({ code, tone, at, value }) => {
        const key = `incident.warn.${code}`
        const values = { value: f.percent(value ?? 0), span: at === null ? '' : f.span(Math.max(0, now - at)) }
        if (!has(key)) return null
        const text = `${key}.text`
        return (
          <Note key={code} tone={tone}>
            <p>
              <b>{t(key, values)}</b> {has(text) ? t(text) : ''}{' '}
              {at !== null && code !== 'old-contact' && (
                <span className="muted">{t('incident.said', { ago: f.relative(at, now) })}</span>
              )}
            </p>
          </Note>
        )
      })}
    </div>
  )
}

/** What was written to and about it. */
function About({ incident }: { incident: Incident }) {
  const { t } = useVoice()
  if (incident.note === '' && (incident.message === '' || incident.action === 'none')) return null
  return (
    <section className="msec incident-about">
      {incident.action !== 'none' && incident.message !== '' && (
        <>
          <h2>{t('incident.messageTitle')}</h2>
          <p lang={langOf(incident.message)}>
            {incident.message} {incident.phone && <span className="mono">{incident.phone}</span>}
          </p>
        </>
      )}
      {incident.note !== '' && (
        <>
          <h2>{t('incident.note')}</h2>
          <p className="incident-note">{incident.note}</p>
        </>
      )}
    </section>
  )
}

function Ends({ incident }: { incident: Incident }) {
  const { t } = useVoice()
  const [how, setHow] = useState<'found' | 'write-off' | 'close' | null>(null)
  const can = (act: string): boolean => incident.acts.some(a => a.act === act && a.allowed)
  return (
    <div className="close">
      {can('found') && (
        <Button size="big" icon="check" onClick={() => setHow('found')}>
          {t('incident.found')}
        </Button>
      )}
      {can('write-off') && (
        <Button size="big" onClick={() => setHow('write-off')}>
          {t('incident.writeOff')}
        </Button>
      )}
      {can('close') && (
        <Button size="big" variant="primary" onClick={() => setHow('close')}>
          {t('incident.close')}
        </Button>
      )}
      {how && <EndDialog incident={incident} how={how} onClose={() => setHow(null)} />}
    </div>
  )
}
