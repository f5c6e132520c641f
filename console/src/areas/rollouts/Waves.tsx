import type { Rollout, Wave } from '../../contract/rollouts.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Section } from '../../kit/Page.tsx'
import { Roll } from '../../kit/Roll.tsx'
import { type StepLine, Steps } from '../../kit/Steps.tsx'
import { rolloutStates } from './words.ts'

/** The waves as steps, and below them how the devices of each fare. */
export function Waves({ rollout }: { rollout: Rollout }) {
  const voice = useVoice()
  const { t, f } = voice
  const rows = rollout.waves.filter(wave => wave.counts !== null)
  return (
    <>
      <Steps label={t('rollout.waves')} steps={rollout.waves.map((wave, at) => stepOf(voice, rollout, wave, at))} />
      {rows.length > 0 && (
        <Section id="fare" title={t('rollout.fare')}>
          <ListTable
            inset
            caption={t('rollout.fare')}
            rows={rows}
            keyOf={row => String(row.percent)}
            columns={[
              {
                id: 'wave',
                head: t('rollout.waveHead'),
                width: 96,
                cell: row => t('rollout.wave', { share: f.percent(row.percent / 100) }),
              },
              { id: 'bar', head: t('coverage.share'), quiet: true, aside: true, cell: row => <Bar wave={row} /> },
              { id: 'of', head: t('nav.devices'), width: 92, num: true, cell: row => f.number(row.counts?.of ?? 0) },
              {
                id: 'heard',
                head: t('rollout.heard'),
                width: 92,
                num: true,
                aside: true,
                cell: row => f.number(row.counts?.heard ?? 0),
              },
              {
                id: 'installed',
                head: t('devicesTab.installed'),
                width: 100,
                num: true,
                aside: true,
                cell: row => f.number(row.counts?.installed ?? 0),
              },
              {
                id: 'failed',
                head: t('devicesTab.failed'),
                width: 92,
                num: true,
                cell: row => f.number(row.counts?.failed ?? 0),
              },
            ]}
          />
        </Section>
      )}
    </>
  )
}

function stepOf({ t, f }: Voice, rollout: Rollout, wave: Wave, at: number): StepLine {
  const here = at === rollout.wave && rollout.state !== 'done'
  const look = here ? rolloutStates[rollout.state] : { tone: 'ok' as const, icon: 'send' as const }
  return {
    id: String(wave.percent),
    label: t('rollout.wave', { share: f.percent(wave.percent / 100) }),
    when: rollout.state === 'done' || at < rollout.wave ? 'past' : here ? 'now' : 'ahead',
    tone: look.tone,
    icon: look.icon,
    time: here ? f.time(rollout.waveAt) : null,
    sub:
      here && rollout.waveEndsAt !== null
        ? t('rollout.watchedUntil', { time: f.time(rollout.waveEndsAt) })
        : wave.counts
          ? t('policies.installedOf', { installed: wave.counts.installed, desired: wave.counts.of })
          : null,
  }
}

function Bar({ wave: { counts } }: { wave: Wave }) {
  if (!counts) return null
  const { of, heard, installed, failed } = counts
  return (
    <Roll
      shares={[
        { tone: 'ok', count: installed },
        { tone: 'bad', count: failed },
        { tone: 'pend', count: Math.max(0, heard - installed - failed) },
        { tone: 'off', count: Math.max(0, of - Math.max(heard, installed + failed)) },
      ]}
    />
  )
}
