import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Campaign } from '../../contract/updates.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { GateDialog } from './GateDialog.tsx'
import { gateQuery } from './queries.ts'

/** What a device meets that ignores the date: the rule, how many it gates, or the one act that makes it. */
export function GateView({ campaign }: { campaign: Campaign }) {
  const { t } = useVoice()
  const can = useCan()
  const [asking, setAsking] = useState(false)
  const found = useQuery({ ...gateQuery(campaign.id), enabled: can('compliance:read') })
  if (!can('compliance:read')) return null
  const writes = can('compliance:write') && campaign.endedAt === null
  const gate = found.data?.gate
  if (gate === null && campaign.endedAt !== null) return null
  return (
    <Section id="gate" title={t('campaignGate.title')}>
      <ProblemNote error={found.error} />
      {found.isPending && <Bones lines={2} label={t('kit.loading')} />}
      {gate === null && (
        <Empty
          title={t('campaignGate.none')}
          action={
            writes && (
              <Button icon="shield" onClick={() => setAsking(true)}>
                {t('campaignGate.make')}
              </Button>
            )
          }
        >
          {t('campaignGate.noneText')}
        </Empty>
      )}
      {gate && <Standing campaign={campaign} gate={gate} writes={writes} />}
      {asking && <GateDialog campaign={campaign} onClose={() => setAsking(false)} />}
    </Section>
  )
}

interface Held {
  campaign: Campaign
  gate: { made: boolean; rule: { id: string; name: string; counts: { violating: number; grace: number } } }
  writes: boolean
}

function Standing({ campaign, gate, writes }: Held) {
  const { t } = useVoice()
  const client = useQueryClient()
  const unlink = useMutation({
    mutationFn: () => call('DELETE', `/campaigns/${campaign.id}/gate`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['updates', 'campaign', campaign.id, 'gate'] }),
  })
  const { rule, made } = gate
  const { violating: gated } = rule.counts
  const held = made && (campaign.state === 'paused' || campaign.state === 'halted')
  const { reached, reachedDone } = campaign.counts
  const waiting = made ? Math.max(0, reached - reachedDone - gated) : rule.counts.grace
  return (
    <div className="gate-standing">
      <Sentence tone={gated > 0 ? 'attention' : 'ok'}>
        {held ? t('campaignGate.held') : t('campaignGate.sentence', { gated, waiting })}
      </Sentence>
      <p className="acts">
        <Link to="/reports/rules/$rule" params={{ rule: rule.id }} lang={langOf(rule.name)}>
          {rule.name}
        </Link>
        {gated > 0 && (
          <Link to="/devices" search={{ filter: `rule:${rule.id}` }}>
            {t('campaignGate.devices')}
          </Link>
        )}
        {writes && (
          <Button size="sm" busy={unlink.isPending} onClick={() => unlink.mutate()}>
            {t('campaignGate.unlink')}
          </Button>
        )}
      </p>
      <ProblemNote error={unlink.error} />
    </div>
  )
}
