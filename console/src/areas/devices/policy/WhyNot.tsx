import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { get } from '../../../api.ts'
import type { Device, Page } from '../../../contract.ts'
import type { WhyNot } from '../../../contract/effective.ts'
import type { PolicyRow, Ref } from '../../../contract/policies.ts'
import { useVoice } from '../../../i18n/index.tsx'
import { Icon } from '../../../kit/Icon.tsx'
import { langOf } from '../../../kit/names.ts'
import { Bones, Section } from '../../../kit/Page.tsx'
import { ProblemNote } from '../../../kit/Problem.tsx'
import { State } from '../../../kit/State.tsx'
import { sayKey, sayKind, sayValue } from '../../../kit/values.tsx'
import { PickOne } from '../../blueprints/PickOne.tsx'
import { whyNotQuery } from './queries.ts'
import { sayMiss, sayReach } from './words.ts'

/** Finds a policy by typing. */
export function PolicyPick(props: { label: string; onPick(policy: Ref): void }) {
  const voice = useVoice()
  const [text, setText] = useState('')
  const found = useQuery({
    queryKey: ['policies', 'pick', text],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      get<Page<PolicyRow>>('/policies', { filter: text.trim() && JSON.stringify(text.trim()), limit: 10 }, signal),
  })
  return (
    <PickOne
      label={props.label}
      text={text}
      onText={setText}
      options={(found.data?.items ?? []).map(row => ({ id: row.id, name: row.name, sub: sayKind(voice, row.kind) }))}
      onPick={(id, name) => props.onPick({ id, name })}
    />
  )
}

/** Why a policy is not on the device: choose one, read the condition that fails. */
export function WhyNotSearch({ device }: { device: Device }) {
  const { t } = useVoice()
  const [policy, setPolicy] = useState<Ref | null>(null)
  const answer = useQuery({ ...whyNotQuery(device.id, policy?.id ?? ''), enabled: policy !== null })
  return (
    <Section id="why-not" title={t('whyNot.title')} hint={t('whyNot.hint')}>
      <div className="why-not">
        <PolicyPick label={t('whyNot.pick')} onPick={setPolicy} />
        <ProblemNote error={answer.error} />
        {policy && answer.isPending && <Bones lines={2} label={t('kit.loading')} />}
        <div aria-live="polite">{policy && answer.data && <Answer policy={policy} answer={answer.data} />}</div>
      </div>
    </Section>
  )
}

function Answer({ policy, answer }: { policy: Ref; answer: WhyNot }) {
  const voice = useVoice()
  const { t, rich, f } = voice
  const kind = answer.item?.split('#')[0] ?? ''
  const whole = answer.why === 'reached' && answer.overridden.length === 0
  return (
    <>
      <p className="why-not-said">
        <State tone={whole ? 'ok' : answer.why === 'reached' ? 'info' : 'attention'} icon={whole ? 'ok' : 'info'}>
          <Link to="/policies/$policy" params={{ policy: policy.id }} lang={langOf(policy.name)}>
            {answer.policy?.name ?? policy.name}
          </Link>
        </State>{' '}
        {rich(`whyNot.${answer.why}`, {
          names: f.list(answer.blueprints.map(one => one.name)),
          n: answer.why === 'reached' ? answer.overridden.length : answer.misses.length,
          by: answer.reached ? sayReach(voice, answer.reached.reach) : '',
        })}
      </p>
      {answer.misses.length > 0 && (
        <ul className="misses">
          {answer.misses.map(one => (
            <li key={one.assignment}>
              <Icon name="minus" />
              <span>
                <Link
                  to="/policies/blueprints/$blueprint"
                  params={{ blueprint: one.blueprint.id }}
                  lang={langOf(one.blueprint.name)}
                >
                  {one.blueprint.name}
                </Link>
                {one.anchor && <span className="muted"> ({one.anchor.name})</span>}: {sayMiss(voice, one.miss)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {answer.overridden.length > 0 && (
        <ul className="misses">
          {answer.overridden.map(one => (
            <li key={one.key}>
              <Icon name="minus" />
              <span>
                {one.key !== '' && <>{sayKey(voice, kind, one.key)}: </>}
                <s className="muted">{sayValue(voice, one.key, one.value, kind)}</s> <span aria-hidden="true">→</span>{' '}
                <b>{sayValue(voice, one.key, one.instead, kind)}</b>{' '}
                <span className="muted">{t('whyNot.by', { names: f.list(one.by.map(other => other.name)) })}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
