import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Device } from '../../contract.ts'
import { type Key, useVoice } from '../../i18n/index.tsx'
import type { Values } from '../../i18n/messages.ts'
import { useNow } from '../../kit/clock.ts'
import { Sentence, toneOf } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { deviceStates } from './words.ts'

/** How the device is, in one sentence: the state, the last contact, what waits. */
export function DeviceSentence({ device }: { device: Device }) {
  const { t, f, rich, has } = useVoice()
  const now = useNow(5000)
  const { sentence } = device
  const key = `device.sentence.${sentence.code}`
  const state = deviceStates[device.state]
  const since = typeof sentence.facts['since'] === 'number' ? f.relative(sentence.facts['since'], now) : ''
  const values: Values = {
    ...(sentence.facts as Values),
    since,
    seen: device.lastSeenAt === null ? '' : f.relative(device.lastSeenAt, now),
  }
  const can = useCan()
  const toPolicy = (inside: ReactNode) =>
    can('policies:read') ? (
      <Link to="/devices/$device" params={{ device: device.id }} search={{ tab: 'policy' }}>
        {inside}
      </Link>
    ) : (
      inside
    )
  return (
    <Sentence tone={toneOf(sentence.tone)} {...(sentence.tone === state.tone ? { icon: state.icon } : {})}>
      {has(key) ? rich(key as Key, values, { link: toPolicy }) : <b>{t('kit.stop', { text: t(state.label) })}</b>}{' '}
      {device.lastSeenAt === null ? t('device.neverSeen') : t('device.lastContact', { seen: values['seen'] ?? '' })}{' '}
      {device.waiting > 0 &&
        rich(
          'device.waitingSentence',
          { n: device.waiting },
          {
            link: inside => (
              <Link to="/devices/$device" params={{ device: device.id }} search={{ tab: 'timeline' }}>
                {inside}
              </Link>
            ),
          },
        )}
    </Sentence>
  )
}
