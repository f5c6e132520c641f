import { useVoice } from '../../i18n/index.tsx'
import { Steps } from '../../kit/Steps.tsx'

const steps = ['choose', 'preview', 'go'] as const
const icons = { choose: 'edit', preview: 'search', go: 'send' } as const

/** Where one is on the way to a campaign: choose, see what would happen, start. */
export function Way({ at }: { at: (typeof steps)[number] }) {
  const { t } = useVoice()
  const here = steps.indexOf(at)
  return (
    <Steps
      label={t('campaign.way')}
      steps={steps.map((id, n) => ({
        id,
        label: t(`campaign.way.${id}`),
        when: n < here ? 'past' : n === here ? 'now' : 'ahead',
        tone: n < here ? 'ok' : n === here ? 'info' : 'none',
        icon: icons[id],
      }))}
    />
  )
}
