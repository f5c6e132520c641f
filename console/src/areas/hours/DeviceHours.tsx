import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import '../../kit/css/hours.css'
import { useVoice } from '../../i18n/index.tsx'
import { Section } from '../../kit/Page.tsx'
import { State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { GrantDialog } from './ExceptionDialogs.tsx'
import { Line } from './ExceptionsPage.tsx'
import { exceptionsQuery, phaseQuery } from './queries.ts'
import { phaseTone, sayPhase } from './words.ts'

/** Whether it is working time for a device and until when, and who asks otherwise; nothing where no policy gives it any. */
export function DeviceHours({ device }: { device: { id: string; name: string } }) {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const [granting, setGranting] = useState(false)
  const phase = useQuery(phaseQuery(device.id)).data?.phase ?? null
  const asked = useInfiniteQuery({
    ...exceptionsQuery('asked', device.id),
    enabled: phase !== null && can('hours:read'),
  })
  if (phase === null) return null
  return (
    <Section
      id="hours"
      title={t('policyKind.work-time')}
      by={
        can('hours:approve') && (
          <button type="button" className="link" onClick={() => setGranting(true)}>
            {t('hours.grant')}
          </button>
        )
      }
    >
      <p className="hours-now">
        <State tone={phaseTone(phase)} icon={phase.phase === 'working' ? 'ok' : 'paused'}>
          {t(`hours.now.${phase.phase}`)}
        </State>{' '}
        {sayPhase(voice, phase)}{' '}
        <span className="small muted">{t('hours.inZone', { zone: phase.zone.replaceAll('_', ' ') })}</span>
      </p>
      <ul className="exceptions">
        {asked.data?.pages
          .flatMap(p => p.items)
          .map(one => (
            <Line key={one.id} exception={one}>
              <Link to="/people/hours" className="small">
                {t('hours.toAnswer')}
              </Link>
            </Line>
          ))}
      </ul>
      {granting && <GrantDialog subject={{ kind: 'device', ...device }} onClose={() => setGranting(false)} />}
    </Section>
  )
}
