import type { SetupBody } from '../../contract/roster.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Icon, type IconName } from '../../kit/Icon.tsx'
import type { AppleDraft } from './apple.ts'
import { steps } from './steps.ts'

/** What the choices mean for the person who unpacks a device, in the order in which they will meet it. */
export function Meaning({ body, apple }: { body: SetupBody; apple: AppleDraft }) {
  const voice = useVoice()
  return (
    <aside className="setup-meaning" aria-labelledby="meaning">
      <h2 id="meaning">{voice.t('setups.meaning')}</h2>
      <ol>
        {linesOf(voice, body, apple).map(({ icon, text }) => (
          <li key={text}>
            <Icon name={icon} />
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </aside>
  )
}

function linesOf({ t }: Voice, body: SetupBody, apple: AppleDraft): { icon: IconName; text: string }[] {
  const shown = steps.length - body.skip.length
  const lines: [IconName, string | null][] = [
    ['ok', body.autoAdvance ? t('meaning.auto') : t('meaning.steps', { shown, skipped: body.skip.length })],
    ['ok', body.mandatory ? t('meaning.mandatory') : t('meaning.optional')],
    ['user', body.signIn === 'web' ? t('meaning.signIn') : null],
    ['attention', body.minimumOs && t(`meaning.minimum.${body.minimumOs.mode}`, { version: body.minimumOs.version })],
    ['pending', body.awaits ? t('meaning.awaits', { n: body.awaitMinutes }) : t('meaning.noWait')],
    ['ok', body.supervised ? t('meaning.supervised') : t('meaning.unsupervised')],
    ['user', body.sharedDevice ? t('meaning.shared') : null],
    ['user', apple.primary === 'usual' ? null : t(`meaning.primary.${apple.primary}`)],
    ['user', apple.admin && t('meaning.admin', { name: apple.admin.shortName })],
    [body.removable ? 'attention' : 'ok', body.removable ? t('meaning.removable') : t('meaning.locked')],
    ['ok', body.returnToService ? t('meaning.return') : null],
    ['attention', body.pairing ? null : t('meaning.noPairing')],
    [
      body.skip.includes('Passcode') ? 'attention' : 'ok',
      body.skip.includes('Passcode') ? t('meaning.noPasscode') : null,
    ],
    ['pending', t('meaning.later')],
  ]
  return lines.flatMap(([icon, text]) => (text ? [{ icon, text }] : []))
}
