import { useQuery } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { Device } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Facts } from '../../kit/Facts.tsx'
import { Section } from '../../kit/Page.tsx'
import { Note } from '../../kit/State.tsx'

interface Standing {
  mode: string
  version: string
  generation: number
  renewAt: number
  clonedAt: number | null
}

const modes = new Set(['fully-managed', 'dedicated', 'company-profile', 'work-profile'])

/** Whether this device may be held by our agent; another road has a standing of its own. */
export const mayHaveAgent = (device: Device): boolean =>
  device.platform === 'android' && device.enrollments.some(one => one.state === 'active' && modes.has(one.kind))

/** How our agent on the device stands: its version, what it was told last, and whether somebody copied it. */
export function AgentStanding({ device }: { device: string }) {
  const { t, f } = useVoice()
  const { data } = useQuery({
    queryKey: ['device', device, 'agent'],
    queryFn: ({ signal }) => get<Standing>(`/devices/${device}/agent`, {}, signal),
    retry: false,
  })
  if (!data) return null
  const { version, generation, renewAt, clonedAt } = data
  return (
    <Section id="agent" title={t('android.agent')}>
      {clonedAt !== null && (
        <Note tone="danger">
          <p>{t('android.device.cloned', { when: f.dateTime(clonedAt) })}</p>
        </Note>
      )}
      <div className="three">
        <Facts plain lines={[{ key: 'version', label: t('android.device.version'), value: version }]} />
        <Facts
          plain
          lines={[
            {
              key: 'document',
              label: t('android.device.document'),
              value:
                generation === 0 ? t('android.device.noDocument') : t('android.device.generation', { n: generation }),
            },
          ]}
        />
        <Facts plain lines={[{ key: 'renew', label: t('android.device.renew'), value: f.date(renewAt) }]} />
      </div>
    </Section>
  )
}
