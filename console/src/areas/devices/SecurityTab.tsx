import type { Device } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Facts } from '../../kit/Facts.tsx'
import { Empty, Section } from '../../kit/Page.tsx'
import { Note } from '../../kit/State.tsx'
import { ActivationLock } from '../escrow/ActivationLock.tsx'
import { SecretsPanel } from '../escrow/SecretsPanel.tsx'
import { factLines, isSaid, thirds } from './facts.ts'

/** What an Apple Account can lock. */
const locks: ReadonlySet<string> = new Set(['ios', 'ipados', 'macos'])

/** How well the device is protected, and the secrets kept for it; each look at one is recorded with its purpose. */
export function SecurityTab({ device }: { device: Device }) {
  const voice = useVoice()
  const { t, f } = voice
  const facts = device.facts.filter(fact => fact.group === 'security' && isSaid(fact))
  return (
    <>
      <Section id="protection" title={t('security.protection')}>
        {facts.length === 0 ? (
          <Empty title={t('security.none')}>{t('security.noneText')}</Empty>
        ) : (
          <div className="three">
            {thirds(facts).map(part => (
              <Facts key={part[0]?.key ?? ''} lines={factLines(voice, part, device.facts)} />
            ))}
          </div>
        )}
      </Section>
      <Section id="secrets" title={t('security.secrets')}>
        <Note tone="info">
          <p>{t('security.secretsText')}</p>
        </Note>
        <SecretsPanel device={device} />
      </Section>
      {locks.has(device.platform) && (
        <Section id="activation-lock" title={t('unlock.section')}>
          <ActivationLock device={device} />
        </Section>
      )}
      <Section id="identities" title={t('security.identities')}>
        {device.enrollments.map(enrollment => (
          <Facts
            key={enrollment.id}
            plain
            lines={[
              { key: 'state', label: t('device.enrollment'), value: t(`enrollment.state.${enrollment.state}`) },
              { key: 'serial', label: t('device.identity'), value: enrollment.certificate?.serial ?? '–', mono: true },
              {
                key: 'until',
                label: t('device.identityUntil'),
                value: enrollment.certificate ? f.dateTime(enrollment.certificate.notAfter) : '–',
              },
            ]}
          />
        ))}
      </Section>
    </>
  )
}
