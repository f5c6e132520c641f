import { Icon } from '../kit/Icon.tsx'
import type { Collected, MyDevicePage } from './contract.ts'
import { Part } from './parts.tsx'
import { factLabel, factValue } from './said.ts'
import { useVoice } from './voice.tsx'

/** What nobody there can see of this device. */
export function Never({ never }: { never: readonly string[] }) {
  const { t, has } = useVoice()
  return (
    <Part title={t('never.title')}>
      <ul className="no">
        <li>
          <Icon name="x" />
          <div>
            <b>{t('never.content')}</b>
            <span>{t('never.contentWhy')}</span>
          </div>
        </li>
        {never.map(type => {
          const word = `type.${type}`
          return (
            <li key={type}>
              <Icon name="x" />
              <div>
                <b>{has(word) ? t(word) : type}</b>
              </div>
            </li>
          )
        })}
      </ul>
      {never.length > 0 && <p className="small muted after">{t('never.why')}</p>}
    </Part>
  )
}

/** What is collected, with the last values and how old they are. */
export function Sees(props: { page: MyDevicePage; now: number; onUnmask: (() => void) | null }) {
  const { t, f } = useVoice()
  const { collected, device } = props.page
  return (
    <Part title={t('sees.title')}>
      <table className="kv">
        <caption className="vh">{t('sees.caption')}</caption>
        <thead className="vh">
          <tr>
            <th scope="col">{t('sees.what')}</th>
            <th scope="col">{t('sees.value')}</th>
          </tr>
        </thead>
        <tbody>
          {device.lastSeenAt !== null && (
            <tr>
              <th scope="row">{t('sees.contact')}</th>
              <td>
                {f.dateTime(device.lastSeenAt)}
                <span className="sub">{f.relative(device.lastSeenAt, props.now)}</span>
              </td>
            </tr>
          )}
          {inOrder(collected).map(kind => (
            <Kind key={kind.type} kind={kind} now={props.now} onUnmask={props.onUnmask} />
          ))}
        </tbody>
      </table>
    </Part>
  )
}

const few = 3

/** What there is before what there could be; when the device called is the first line already. */
const inOrder = (collected: readonly Collected[]): Collected[] =>
  collected
    .filter(kind => kind.type !== 'contact' || kind.facts.length > 0)
    .toSorted((a, b) => Number(isEmpty(a)) - Number(isEmpty(b)))

const isEmpty = (kind: Collected): boolean => !kind.masked && kind.facts.length === 0 && kind.list === null

/** What people look for first among what their device said. */
const firsts = [
  'identity.name',
  'identity.modelName',
  'identity.serial',
  'os.version',
  'security.passcode',
  'security.encrypted',
  'security.findMy',
  'security.activationLock',
  'storage.availableBytes',
  'battery.level',
  'cellular.carrier',
]
const rank = (key: string): number => (firsts.includes(key) ? firsts.indexOf(key) : firsts.length)

function Kind({ kind, now, onUnmask }: { kind: Collected; now: number; onUnmask: (() => void) | null }) {
  const voice = useVoice()
  const { t, has } = voice
  const word = `type.${kind.type}`
  return (
    <tr>
      <th scope="row">{has(word) ? t(word) : kind.type}</th>
      <td>
        {kind.masked && (
          <p className="soft">
            {t('sees.masked')}{' '}
            {onUnmask && (
              <button type="button" className="link" onClick={onUnmask}>
                {t('sees.unmask')}
              </button>
            )}
          </p>
        )}
        {isEmpty(kind) && <p className="muted">{t('sees.nothing')}</p>}
        <Facts facts={kind.facts} now={now} />
        {kind.list && <Names list={kind.list} now={now} />}
        {kind.how === 'hidden' && <span className="sub">{t('sees.hidden')}</span>}
        {kind.how === 'sealed' && <span className="sub">{t('sees.sealed')}</span>}
        {kind.keptDays !== null && !isEmpty(kind) && (
          <span className="sub">{t('sees.kept', { n: kind.keptDays })}</span>
        )}
        {kind.how === 'never' && <span className="sub">{t('sees.needed')}</span>}
      </td>
    </tr>
  )
}

function Facts(props: { facts: Collected['facts']; now: number }) {
  const { t } = useVoice()
  const { now } = props
  const facts = props.facts.toSorted((a, b) => rank(a.key) - rank(b.key))
  if (facts.length <= few + 1) return <FactLines facts={facts} now={now} />
  return (
    <>
      <FactLines facts={facts.slice(0, few)} now={now} />
      <details>
        <summary>{t('sees.list', { n: facts.length })}</summary>
        <FactLines facts={facts.slice(few)} now={now} />
      </details>
    </>
  )
}

function FactLines({ facts, now }: { facts: Collected['facts']; now: number }) {
  const voice = useVoice()
  return facts.map(({ key, value, at }) => (
    <p key={key}>
      <span className="soft">{factLabel(voice, key)}:</span> {factValue(voice, key, value)}
      <span className="sub">{voice.f.relative(at, now)}</span>
    </p>
  ))
}

function Names({ list, now }: { list: NonNullable<Collected['list']>; now: number }) {
  const { t, f } = useVoice()
  return (
    <>
      {list.count === 0 ? (
        <p>{t('page.entries', { n: 0 })}</p>
      ) : (
        <details>
          <summary>{t('sees.list', { n: list.count })}</summary>
          <ul className="names" lang="en">
            {list.names.map(name => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </details>
      )}
      <span className="sub">{f.relative(list.at, now)}</span>
    </>
  )
}
