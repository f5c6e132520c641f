import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { GuardStanding, Limits } from '../../contract/guard.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Facts } from '../../kit/Facts.tsx'
import { Section } from '../../kit/Page.tsx'
import { State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { LimitsDialog } from './LimitsDialog.tsx'

/** The limits in the order in which a person meets them. */
export const limitNames = [
  'perPersonHour',
  'perDay',
  'perUnitDay',
  'twoApprovers',
  'approvedPerHour',
  'coolingFrom',
  'coolingMinutes',
  'heldHours',
  'disruptivePerQuarter',
  'breakerMinute',
  'breakerTenMinutes',
] as const satisfies readonly (keyof Limits)[]

/** Each limit, its rule, and what it comes to for the devices there are. */
export function GuardLimits({ guard }: { guard: GuardStanding }) {
  const { t, f } = useVoice()
  const can = useCan()
  const [asking, setAsking] = useState(false)
  const [announced, setAnnounced] = useState<string | null>(null)
  const { means } = guard
  const here: Partial<Record<keyof Limits, number>> = {
    perDay: means.perDay,
    twoApprovers: means.twoApproversAbove,
    approvedPerHour: means.approvedPerHour,
    disruptivePerQuarter: means.disruptivePerQuarter,
    breakerTenMinutes: means.breakerTenMinutes,
  }
  const say = (name: (typeof limitNames)[number]): string => {
    const value = guard.limits[name]
    if (typeof value === 'number') return f.number(value)
    const n = here[name]
    const rule = [t('guard.percent', { n: value.percent }), t('guard.least', { n: value.least })]
    return n === undefined ? f.list(rule) : `${f.list(rule)} · ${t('guard.limitHere', { n })}`
  }
  return (
    <Section
      id="limits"
      title={t('guard.limits')}
      hint={t('guard.limitsHint')}
      by={can('guard:write') && <Button onClick={() => setAsking(true)}>{t('guard.change')}</Button>}
    >
      {announced && (
        <p role="status">
          <State tone="pending">{t('guard.changedLater')}</State>{' '}
          <Link to="/activity/held/$intent" params={{ intent: announced }}>
            {t('guard.seeIt')}
          </Link>
        </p>
      )}
      <div className="guard-limits">
        <Facts
          plain
          lines={limitNames.map(name => ({ key: name, label: t(`guard.limit.${name}`), value: say(name) }))}
        />
      </div>
      {asking && <LimitsDialog limits={guard.limits} onClose={() => setAsking(false)} onAnnounced={setAnnounced} />}
    </Section>
  )
}
