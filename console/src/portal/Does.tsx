import { call } from '../api.ts'
import { Icon, type IconName } from '../kit/Icon.tsx'
import type { MyDevicePage, OrderStanding } from './contract.ts'
import { Act, Part, Refused, useWork } from './parts.tsx'
import { useVoice, type Voice } from './voice.tsx'

const marks: Readonly<Record<string, IconName>> = {
  lock: 'lock',
  'clear-passcode': 'key',
  'lost-mode.enable': 'flag',
  'location.query': 'pin',
  restart: 'restart',
  shutdown: 'power',
  'profile.install': 'settings',
  'enrollment.leave': 'logout',
  wipe: 'erase',
}

const orderWord = ({ t, or }: Voice, order: string): string => t(or(`order.${order}`, 'order.other'))

/** What can be done to the device and by whom; what cannot be, in so many words. */
export function Can({ orders }: { orders: readonly OrderStanding[] }) {
  const voice = useVoice()
  const { t } = voice
  const sorted = orders.toSorted((a, b) => Number(a.rule === 'never') - Number(b.rule === 'never'))
  return (
    <Part title={t('can.title')}>
      <ul className="can">
        {sorted.map(order =>
          order.rule === 'never' ? (
            <li key={order.order} className="never">
              <Icon name="canceled" />
              <div>
                <b>{t('can.never', { order: orderWord(voice, order.order) })}</b>
                <span>{t('can.neverWhy')}</span>
              </div>
            </li>
          ) : (
            <li key={order.order}>
              <Icon name={marks[order.order] ?? 'send'} />
              <div>
                <b>{orderWord(voice, order.order)}</b>
                <span>{standing(voice, order)}</span>
              </div>
            </li>
          ),
        )}
      </ul>
    </Part>
  )
}

function standing({ t, f, has }: Voice, { able, rule, roles }: OrderStanding): string {
  const names = roles.map(({ role, people }) => {
    const word = `role.${role}`
    return t('role.people', { role: has(word) ? t(word) : role, people })
  })
  return [
    able ? '' : t('can.unable'),
    rule === 'consent' ? t('can.consent') : '',
    rule === 'two-persons' ? t('can.two') : '',
    names.length > 0 ? t('can.by', { roles: f.list(names) }) : t('can.nobody'),
  ]
    .filter(part => part !== '')
    .join(' ')
}

/** Orders that wait for the person's yes or no. */
export function Asked(props: { page: MyDevicePage; onDone(): Promise<void> }) {
  const voice = useVoice()
  const { t, f } = voice
  const { consents, device } = props.page
  const answer = useWork(async (consent: string, agrees: boolean) => {
    await call('POST', `/my/devices/${device.id}/consents/${consent}`, { body: { agrees } })
    await props.onDone()
  })
  if (consents.length === 0) return null
  return (
    <Part title={t('asked.title')}>
      {consents.map(({ id, order, reason, name, until }) => (
        <div key={id} className="note attention asked">
          <Icon name="message" />
          <div>
            <p>{t('asked.text', { who: name ?? t('looks.key'), order: orderWord(voice, order), reason })}</p>
            <p className="small">{t('asked.until', { at: f.dateTime(until) })}</p>
            <div className="pair">
              <Act primary busy={answer.busy} onClick={() => answer.run(id, true)}>
                {t('asked.yes')}
              </Act>
              <Act busy={answer.busy} onClick={() => answer.run(id, false)}>
                {t('asked.no')}
              </Act>
            </div>
          </div>
        </div>
      ))}
      <Refused error={answer.error} />
    </Part>
  )
}

/** Who read what takes a reason, and the reason they gave. */
export function Looks({ looks }: { looks: MyDevicePage['looks'] }) {
  const { t, f, has } = useVoice()
  return (
    <Part title={t('looks.title')}>
      {looks.length === 0 ? (
        <p className="soft first">{t('looks.none')}</p>
      ) : (
        <ul className="seen">
          {looks.map(({ at, name, byKind, what, purpose }) => {
            const word = `type.${what}`
            const who = name ?? t(byKind === 'key' ? 'looks.key' : 'looks.someone')
            return (
              <li key={`${at} ${what} ${who}`}>
                <time dateTime={new Date(at).toISOString()}>{f.dateTime(at)}</time>
                <span>{t('looks.line', { who, what: has(word) ? t(word) : what, purpose })}</span>
              </li>
            )
          })}
        </ul>
      )}
      <p className="small muted after">{t('looks.note')}</p>
    </Part>
  )
}

/** The charter in force, who must agree before more is collected, and whether all of it was found to hold. */
export function Charter({ page }: { page: MyDevicePage }) {
  const { t, f } = useVoice()
  const { version, since, cosigners, checked } = page.charter
  return (
    <Part title={t('charter.title')}>
      <div className={`note ${checked?.holds === false ? 'danger' : 'ok'}`}>
        <Icon name="scale" />
        <div>
          <p>
            <b>{since === null ? t('charter.preset') : t('charter.version', { version, at: f.dateTime(since) })}</b>
          </p>
          <p>{cosigners.length === 0 ? t('charter.nobody') : t('charter.cosigners', { who: f.list(cosigners) })}</p>
          {checked && (
            <p>{t(checked.holds ? 'charter.holds' : 'charter.broken', { ago: f.relative(checked.at, page.readAt) })}</p>
          )}
        </div>
      </div>
    </Part>
  )
}
