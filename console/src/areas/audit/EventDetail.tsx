import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Voice } from '../../i18n/index.tsx'
import type { Values } from '../../i18n/messages.ts'
import { langOf } from '../../kit/names.ts'

type Data = Record<string, unknown> | null

/** What an event says beside its sentence, in one line: which tags and rules, names of policies, why, what someone noted. Null for nothing. */
export function eventDetail(voice: Voice, type: string, data: Data): ReactNode {
  if (data === null) return null
  if (type === 'device.tagged') return tagged(voice, data)
  if (type === 'desired.changed') return voice.f.list(textsOf(data['names'])) || null
  if (type.startsWith('item.')) return aboutItem(voice, data)
  const { beforeName, nowName } = data
  if (typeof nowName === 'string') return typeof beforeName === 'string' ? `${beforeName} → ${nowName}` : `→ ${nowName}`
  // Its reason is part of the sentence already.
  if (type === 'policyTest.overridden') return null
  const reason = data[type === 'secret.revealed' ? 'purpose' : type === 'policy.versioned' ? 'note' : 'reason']
  return typeof reason === 'string' && reason !== '' ? explained(voice, reason, data) : null
}

/** Tags as they came and went, and the rules that did it. */
function tagged({ t, f }: Voice, data: NonNullable<Data>): ReactNode {
  const tags = [...textsOf(data['added']).map(tag => `+ ${tag}`), ...textsOf(data['removed']).map(tag => `− ${tag}`)]
  const rules = textsOf(data['ruleNames'])
  const by = rules.length === 0 ? '' : t('timeline.byRules', { n: rules.length, rules: f.list(rules) })
  return [tags.join(', '), by].filter(part => part !== '').join(' · ') || null
}

/** The policy an item comes from, and why it failed. */
function aboutItem(voice: Voice, data: NonNullable<Data>): ReactNode {
  const { policy, policyName, code } = data
  const why = typeof code === 'string' ? explained(voice, code, data) : null
  if (typeof policy !== 'string' || typeof policyName !== 'string') return why
  return (
    <>
      <Link to="/policies/$policy" params={{ policy }} lang={langOf(policyName)}>
        {policyName}
      </Link>
      {why && <span className="subject soft">{why}</span>}
    </>
  )
}

/** A code by its explanation, anything else as it was written. */
function explained(voice: Voice, text: string, data: NonNullable<Data>): string {
  for (const key of [`explained.${text}`, `explained.apple.${text}`])
    if (voice.has(key)) return voice.tell(key, valuesOf(data))
  return text
}

function valuesOf(data: NonNullable<Data>): Values {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, typeof value === 'number' ? value : String(value ?? '')]),
  )
}

const textsOf = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : []
