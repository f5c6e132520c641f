import { Link } from '@tanstack/react-router'
import type { Command } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { useNow } from '../../kit/clock.ts'
import { Facts } from '../../kit/Facts.tsx'
import { langOf } from '../../kit/names.ts'
import { Section } from '../../kit/Page.tsx'
import { actorWord } from '../audit/words.tsx'
import { isOver } from './words.ts'

/** Whose command this is, why, and how long it has. */
export function CommandAbout({ command }: { command: Command }) {
  const voice = useVoice()
  const { t, f } = voice
  const now = useNow(1000)
  const over = isOver(command.state)
  return (
    <aside>
      <Section id="about" title={t('command.about')}>
        <Facts
          plain
          lines={[
            {
              key: 'device',
              label: t('command.device'),
              value: (
                <Link to="/devices/$device" params={{ device: command.device.id }} lang={langOf(command.device.name)}>
                  {command.device.name}
                </Link>
              ),
            },
            { key: 'by', label: t('command.by'), value: actorWord(voice, command.by) },
            { key: 'reason', label: t('order.reason'), value: command.reason ?? '–' },
            { key: 'priority', label: t('command.priority'), value: t(`command.priority.${command.priority}`) },
            { key: 'created', label: t('command.created'), value: f.dateTime(command.createdAt) },
            {
              key: 'left',
              label: t('command.left'),
              value: over
                ? '–'
                : command.expiresAt === null
                  ? t('command.neverExpires')
                  : t('command.leftThen', { span: f.span(command.expiresAt - now) }),
            },
            {
              key: 'next',
              label: t('command.nextStep'),
              value: over ? t('command.nothingNext') : command.next ? t(`command.next.${command.next}`) : '–',
            },
            { key: 'id', label: t('command.id'), value: command.id, mono: true },
          ]}
        />
      </Section>
    </aside>
  )
}
