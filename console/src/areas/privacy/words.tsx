import type { Collect, Commanding, DataType, Difference, Owned, Rules } from '../../contract/privacy.ts'
import type { Voice } from '../../i18n/index.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import { State } from '../../kit/State.tsx'

const collectTone = { never: 'ok', sealed: 'info', hidden: 'info', shown: 'none' } as const
const collectIcon = { never: 'x', sealed: 'lock', hidden: 'held', shown: 'eye' } as const satisfies Record<
  Collect,
  IconName
>
const commandingTone = { never: 'ok', consent: 'info', 'two-persons': 'info', allow: 'none' } as const
const commandingIcon = {
  never: 'x',
  consent: 'user',
  'two-persons': 'people',
  allow: 'check',
} as const satisfies Record<Commanding, IconName>

/** How a kind of datum is kept, as a word with its sign. */
export function Collected({ voice: { t }, value, floor }: { voice: Voice; value: Collect; floor: boolean }) {
  return (
    <span className="privacy-cell">
      <State tone={collectTone[value]} icon={collectIcon[value]} quiet>
        {t(`privacy.collect.${value}`)}
      </State>
      {floor && <Floor voice={{ t }} />}
    </span>
  )
}

/** What becomes of an order, as a word with its sign. */
export function Commanded({ voice: { t }, value, floor }: { voice: Voice; value: Commanding; floor: boolean }) {
  return (
    <span className="privacy-cell">
      <State tone={commandingTone[value]} icon={commandingIcon[value]} quiet>
        {t(`privacy.commanding.${value}`)}
      </State>
      {floor && <Floor voice={{ t }} />}
    </span>
  )
}

function Floor({ voice: { t } }: { voice: Pick<Voice, 't'> }) {
  return (
    <span className="privacy-floor" title={t('privacy.floorWord')}>
      <span aria-hidden="true">*</span>
      <span className="vh">{t('privacy.floorWord')}</span>
    </span>
  )
}

/** What the whole org's rule says of a kind; what no rule speaks of is never collected. */
export const collectOf = (rules: Rules, type: DataType, ownership: Owned): Collect =>
  rules.collect.find(r => r.type === type && r.ownership === ownership && r.unit === null && r.mode === null)
    ?.collect ?? 'never'

/** What the whole org's rule says of an order. */
export const commandOf = (rules: Rules, action: string, ownership: Owned): Commanding =>
  rules.command.find(r => r.action === action && r.ownership === ownership && r.unit === null && r.mode === null)
    ?.commanding ?? 'allow'

/** How long a kind is kept. */
export const keptWord = ({ t }: Pick<Voice, 't'>, days: number | null): string =>
  days === null ? t('privacy.keptAlways') : t('privacy.days', { n: days })

/** One difference as a line. `nameOf` says who an admin is. */
export function differenceWord({ t }: Voice, d: Difference, nameOf: (id: string) => string): string {
  switch (d.of) {
    case 'collect':
      return t('privacy.diffLine', {
        what: t(`privacy.type.${d.type}`),
        owned: t(`privacy.owned.${d.ownership}`),
        before: t(`privacy.collect.${d.before}`),
        now: t(`privacy.collect.${d.now}`),
      })
    case 'command':
      return t('privacy.diffLine', {
        what: t(`privacy.action.${d.action}`),
        owned: t(`privacy.owned.${d.ownership}`),
        before: t(`privacy.commanding.${d.before}`),
        now: t(`privacy.commanding.${d.now}`),
      })
    case 'retention':
      return t('privacy.diffKept', {
        what: t(`privacy.type.${d.type}`),
        before: keptWord({ t }, d.before),
        now: keptWord({ t }, d.now),
      })
    case 'app':
      return t('privacy.diffApp', { name: d.name, now: d.now ? 'yes' : 'no' })
    default:
      return t('privacy.diffSigner', { name: nameOf(d.name), now: d.now ? 'yes' : 'no' })
  }
}

/** Differences, those that loosen first, each said to be one or the other. */
export function Differences(props: { voice: Voice; all: readonly Difference[]; nameOf(id: string): string }) {
  const { voice, all, nameOf } = props
  const sorted = [...all].sort((a, b) => Number(b.loosens) - Number(a.loosens))
  return (
    <ul className="lines privacy-diff">
      {sorted.map((d, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is drawn anew as a whole
        <li key={at}>
          <State tone={d.loosens ? 'attention' : 'ok'} icon={d.loosens ? 'up' : 'lock'}>
            {voice.t(d.loosens ? 'privacy.loosens' : 'privacy.tightens')}
          </State>
          <span>{differenceWord(voice, d, nameOf)}</span>
        </li>
      ))}
    </ul>
  )
}
