import { useCallback, useEffect, useId, useState } from 'react'
import { call, get } from '../api.ts'
import type { Locale } from '../contract.ts'
import { Icon } from '../kit/Icon.tsx'
import { Apps } from './Apps.tsx'
import { Code } from './Code.tsx'
import type { MyDevice, MyDevicePage, MyPage } from './contract.ts'
import { Asked, Can, Charter, Looks } from './Does.tsx'
import { Hours } from './Hours.tsx'
import { Lost } from './Lost.tsx'
import { Act, Part, Refused, useWork } from './parts.tsx'
import { Rules } from './Rules.tsx'
import { Never, Sees } from './Sees.tsx'
import { languages, useVoice } from './voice.tsx'

/** The bar above the page: whose portal it is, and the language. */
export function Bar(props: { org: string | null; onLanguage(locale: Locale): void }) {
  const { t, locale } = useVoice()
  const id = useId()
  return (
    <header className="mtop">
      <span className="brand">
        <Mark />
        <span>{props.org ? t('page.portal', { org: props.org }) : 'Muster'}</span>
      </span>
      <span className="lang">
        <Icon name="globe" />
        <label className="vh" htmlFor={id}>
          {t('page.language')}
        </label>
        <select id={id} value={locale} onChange={event => props.onLanguage(event.target.value as Locale)}>
          {languages.map(language => (
            <option key={language.id} value={language.id} lang={language.id}>
              {language.name}
            </option>
          ))}
        </select>
      </span>
    </header>
  )
}

function Mark() {
  const dots =
    'M1 1h2v4H1zM1 6h2v4H1zM1 11h2v4H1zM4 3h2v4H4zM7 6h2v4H7zM10 3h2v4h-2zM13 1h2v4h-2zM13 6h2v4h-2zM13 11h2v4h-2z'
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
      <path d={dots} />
    </svg>
  )
}

/** The page of a person: one of their devices at a time. */
export function Mine(props: { page: MyPage; onAgain(): Promise<void>; onLeft(): void }) {
  const { t } = useVoice()
  const { page } = props
  const [chosen, setChosen] = useState(page.devices[0]?.id ?? null)
  const device = page.devices.find(one => one.id === chosen) ?? page.devices[0]
  return (
    <>
      <div className="mh">
        <h1>{t('page.title')}</h1>
        {page.devices.length > 1 && device && <Which devices={page.devices} chosen={device.id} onChoose={setChosen} />}
        {!device && (
          <div className="note">
            <Icon name="info" />
            <div>
              <p>
                <b>{t('none.title')}</b>
              </p>
              <p>{t('none.text')}</p>
            </div>
          </div>
        )}
      </div>
      {device && <One key={device.id} device={device} page={page} onAgain={props.onAgain} />}
      <More page={page} onAgain={props.onAgain} onLeft={props.onLeft} />
    </>
  )
}

function Which(props: { devices: readonly MyDevice[]; chosen: string; onChoose(id: string): void }) {
  const { t } = useVoice()
  const id = useId()
  return (
    <div className="field">
      <label className="lab" htmlFor={id}>
        {t('device.which')}
      </label>
      <span className="pick">
        <select id={id} className="in" value={props.chosen} onChange={event => props.onChoose(event.target.value)}>
          {props.devices.map(device => (
            <option key={device.id} value={device.id}>
              {[device.name, device.model].filter(Boolean).join(', ')}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
    </div>
  )
}

function One(props: { device: MyDevice; page: MyPage; onAgain(): Promise<void> }) {
  const { t } = useVoice()
  const { id } = props.device
  const [read, setRead] = useState<MyDevicePage | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [open, setOpen] = useState<'lost' | 'code' | null>(null)
  const load = useCallback(async () => {
    setRead(await get<MyDevicePage>(`/my/devices/${id}`))
  }, [id])
  useEffect(() => {
    load().catch(setError)
  }, [load])
  const again = async (): Promise<void> => {
    await Promise.all([load(), props.onAgain()])
  }
  if (!read)
    return (
      <div className="mh">
        <Refused error={error} />
        {error ? (
          <Act onClick={() => load().then(() => setError(null), setError)}>{t('page.again')}</Act>
        ) : (
          <p className="soft">{t('page.loading')}</p>
        )}
      </div>
    )
  const now = read.readAt
  const proven = (props.page.provenUntil ?? 0) > Date.now()
  const { codes } = props.page
  return (
    <>
      <Head read={read} org={props.page.org.name} />
      <Asked page={read} onDone={again} />
      <Rules page={read} onDone={again} />
      {open === 'lost' && (
        <Lost device={read.device} proven={proven} codes={codes} onDone={again} onClose={() => setOpen(null)} />
      )}
      {open === null && !read.device.missing && (
        <div className="msec">
          <Act icon="flag" onClick={() => setOpen('lost')}>
            {t('lost.open')}
          </Act>
        </div>
      )}
      <Apps device={id} />
      <Never never={read.never} />
      {open === 'code' && (
        <Code
          codes={codes}
          onProven={async () => {
            setOpen(null)
            await again()
          }}
          onCancel={() => setOpen(null)}
        />
      )}
      <Sees page={read} now={now} onUnmask={codes && open === null ? () => setOpen('code') : null} />
      <Can orders={read.orders} />
      <Looks looks={read.looks} />
      <Charter page={read} />
      <Hours page={read} asks={props.page.asks} onDone={again} />
    </>
  )
}

/** Kinds of data that are about a person rather than a device. */
const personal = ['location', 'phone-number', 'apps', 'network', 'accounts', 'usage']

/** A local time of the device as an instant that is written as it stands. */
const wallOf = (due: string): number => new Date(`${due}:00`).getTime()

function Head({ read, org }: { read: MyDevicePage; org: string }) {
  const { t, f, or } = useVoice()
  const { device, readAt } = read
  const about = read.collected.filter(kind => personal.includes(kind.type) && kind.how !== 'never')
  const mode = device.mode === null ? 'mode.none' : device.mode === 'user-enrollment' ? 'mode.work' : 'mode.whole'
  return (
    <div className="mh">
      <p className="dv">
        <Icon name={device.formFactor === 'phone' ? 'phone' : device.formFactor === 'tablet' ? 'tablet' : 'laptop'} />
        <span>
          <b>{device.name}</b>
          {device.model && device.model !== device.name ? ` (${device.model})` : ''},{' '}
          {t(or(`whose.${device.ownership}`, 'whose.unknown'), { org })}
          <br />
          <span className="muted">{t(mode, { org })}</span>
        </span>
      </p>
      {device.missing && (
        <p className="sentence attention">
          <Icon name="flag" />
          <span>
            <b>{t('mode.missing', { number: device.missing.number })}</b>
          </span>
        </p>
      )}
      {device.update && (
        <div className="sentence attention">
          <Icon name="attention" />
          <div>
            <b>{t('update.due', { version: device.update.version, due: f.dateTime(wallOf(device.update.due)) })}</b>{' '}
            {t('update.how')}
            {device.update.details !== '' && (
              <>
                {' '}
                <a href={device.update.details} rel="noreferrer">
                  {t('update.more')}
                </a>
              </>
            )}
          </div>
        </div>
      )}
      <p className={`sentence ${about.length === 0 ? 'ok' : 'info'}`}>
        <Icon name={about.length === 0 ? 'shield' : 'eye'} />
        <span>
          <b>{about.length === 0 ? t('state.nothing') : t('state.some', { n: about.length })}</b>{' '}
          {t('state.from', { ago: f.relative(readAt, Math.max(readAt, Date.now())) })}
        </span>
      </p>
    </div>
  )
}

function More(props: { page: MyPage; onAgain(): Promise<void>; onLeft(): void }) {
  const { t } = useVoice()
  const [proving, setProving] = useState(false)
  const take = async (): Promise<void> => {
    const all = await call<unknown>('POST', '/my/export')
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([JSON.stringify(all, null, 2)], { type: 'application/json' }))
    link.download = 'my-data.json'
    link.click()
    URL.revokeObjectURL(link.href)
  }
  const save = useWork(take)
  const leave = useWork(async () => {
    await call('DELETE', '/my/visit')
    props.onLeft()
  })
  const proven = async (): Promise<void> => {
    await take()
    setProving(false)
    await props.onAgain()
  }
  if (proving) return <Code codes={props.page.codes} onProven={proven} onCancel={() => setProving(false)} />
  return (
    <Part title={t('more.title')}>
      <div className="last">
        <Act icon="download" busy={save.busy} onClick={() => (props.page.trusted ? save.run() : setProving(true))}>
          {t('more.export')}
        </Act>
        <Act quiet icon="logout" busy={leave.busy} onClick={() => leave.run()}>
          {t('more.leave')}
        </Act>
        <Refused error={save.error ?? leave.error} />
      </div>
    </Part>
  )
}
