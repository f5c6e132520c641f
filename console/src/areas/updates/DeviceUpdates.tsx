import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useVoice } from '../../i18n/index.tsx'
import { langOf } from '../../kit/names.ts'
import { Sentence, type ToneName } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { deviceUpdatesQuery } from './queries.ts'
import { dueWord, standingTones, stepWord, whyWord } from './words.ts'

const tones: Record<string, ToneName> = { latest: 'ok', previous: 'info', behind: 'attention', unsupported: 'danger' }

/** One line on a device's page: whether its system is the newest, and what is on its way to it. */
export function DeviceUpdates({ device }: { device: string }) {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const updates = useQuery({ ...deviceUpdatesQuery(device), enabled: can('updates:read') })
  if (!updates.data || updates.data.standing === null) return null
  const { standing, newest, step, failure, campaigns } = updates.data
  const going = [stepWord(voice, step), whyWord(voice, failure)].filter(w => w !== '').join(': ')
  // Of a system whose versions are listed nowhere there is nothing to say but what is on its way.
  const listed = standing !== 'unknown' || newest !== null || going !== ''
  if (!listed && campaigns.length === 0) return null
  return (
    <div className="pad device-updates below-tabs">
      {listed && (
        <Sentence tone={tones[standing] ?? 'none'}>
          {t(`device.updates.${standing}`, { newest: newest ?? '' })} {going !== '' && t('kit.stop', { text: going })}
        </Sentence>
      )}
      {campaigns.map(one => (
        <Sentence key={one.id} tone={standingTones[one.standing]}>
          <Link to="/updates/$campaign" params={{ campaign: one.id }} lang={langOf(one.name)}>
            {one.name}
          </Link>
          {': '}
          {t(`campaign.standing.${one.standing}`)}
          {one.why !== null && `, ${whyWord(voice, one.why)}`}
          {one.standing === 'eligible' && `, ${t('campaign.dueText', { due: dueWord(voice, one.due) })}`}
        </Sentence>
      ))}
    </div>
  )
}
