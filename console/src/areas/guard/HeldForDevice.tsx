import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '../../kit/Button.tsx'
import { useVoice } from '../../i18n/index.tsx'
import { Note } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { heldForQuery } from './queries.ts'
import { actionWord, whyWord } from './words.ts'

/** Says on the page of a device what is held for it. */
export function HeldForDevice({ device }: { device: string }) {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const held = useQuery({ ...heldForQuery(device), enabled: can('guard:read') })
  return held.data?.items.map(intent => (
    <div className="banner for-device" key={intent.id}>
      <Note
        tone="pending"
        icon="held"
        acts={
          <ButtonLink size="sm" to={`/activity/held/${intent.id}`}>
            {t('held.see')}
          </ButtonLink>
        }
      >
        <p>{t('held.onDevice', { action: actionWord(voice, intent.action), why: whyWord(voice, intent.why) })}</p>
      </Note>
    </div>
  ))
}
