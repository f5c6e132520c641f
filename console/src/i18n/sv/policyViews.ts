import type { Part } from '../en.ts'
import type { policyViews as english } from '../en/policyViews.ts'

export const policyViews: Part<typeof english> = {
  'device.sentence.policies-failed':
    '<b>{n, plural, one {En policy kunde inte tillämpas.} other {# policyer kunde inte tillämpas.}}</b> <link>Visa varför</link>.',
  'device.sentence.policies-blocked':
    '<b>{n, plural, one {En policy saknar ett värde.} other {# policyer saknar ett värde.}}</b> <link>Visa vilka</link>.',
  'device.sentence.policies-waiting':
    '<b>Pågår.</b> {n, plural, one {<link>En policy</link> är inte på plats än.} other {<link># policyer</link> är inte på plats än.}}',
  'device.col.policy': 'Policyer',
  'device.col.group': 'Grupp',
  'device.policy.ok': 'Allt på plats',
  'device.policy.failed': 'Misslyckades',
  'device.policy.pending': 'På väg',
  'device.policy.drifted': 'Ändrat på enheten',
  'device.policy.unsupported': 'Går inte på enheten',
  'device.policy.none': 'Inga önskade',
  'device.policy.nFailed': '{n, number} misslyckades',
  'device.policy.nWaiting': '{n, number} på väg',
  'timeline.policies': 'Policyer',
  'timeline.byRules': '{n, plural, one {Av regeln {rules}} other {Av reglerna {rules}}}',
  'palette.groups': 'Grupper',
  'palette.tags': 'Taggar',
}
