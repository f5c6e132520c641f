import type { Part } from '../en.ts'
import type { policyViews as english } from '../en/policyViews.ts'

export const policyViews: Part<typeof english> = {
  'decision.policies-failed.word': 'Misslyckades',
  'decision.policies-failed.title':
    '{count, plural, one {# enhet kan inte ta emot en policy} other {# enheter kan inte ta emot en policy}}',
  'decision.policies-failed.text':
    'Något nekades, eller saknar ett värde från användaren eller enheten. Varje enhets sida säger vad, och vad som kan göras.',
  'decision.policies-failed.action': 'Visa vilka',
  'decision.rollout-stopped.word': 'Stoppad',
  'decision.rollout-stopped.title': 'Utrullningen av {name} stannade av sig själv',
  'decision.rollout-stopped.text':
    '{reason, select, silence {För få enheter ringde: {percent} % av omgången.} other {För många enheter misslyckades: {failed}, vilket är {percent} % av dem som svarade.}} Alla enheter går tillbaka till version {from}.',
  'decision.rollout-stopped.action': 'Visa varför',
  'decision.policy-tests-failing.word': 'Test fallerar',
  'decision.policy-tests-failing.title':
    '{count, plural, one {Policytestet ”{name}” fallerar} other {# policytester fallerar}}',
  'decision.policy-tests-failing.text': 'Vid senaste körningen hade enheter inte det som alltid ska gälla.',
  'decision.policy-tests-failing.action': 'Visa vilka enheter',
  'decision.declarations-stalled.word': 'Stannat av',
  'decision.declarations-stalled.title':
    '{count, plural, one {# enhet tar inte längre emot ändringar} other {# enheter tar inte längre emot ändringar}}',
  'decision.declarations-stalled.text':
    'De ringer, har fått veta om en ändring och säger inget om den. Låt dem läsa om allt, på deras sida; starta om dem om det inte hjälper.',
  'decision.declarations-stalled.action': 'Visa vilka',
  'decision.change-waiting.word': 'Att godkänna',
  'decision.change-waiting.title': 'Den planerade ändringen {name} väntar på godkännande',
  'decision.change-waiting.text':
    '{moves, plural, one {# flytt} other {# flyttar}}. Se vad den skulle göra, och godkänn eller avbryt den.',
  'decision.change-waiting.action': 'Granska',
  'decision.change-stopped.word': 'Stoppad',
  'decision.change-stopped.title': 'Den planerade ändringen {name} stannade av sig själv',
  'decision.change-stopped.text':
    '{done, number} av {moves, plural, one {# flytt} other {# flyttar}} gjordes. Dess sida säger varför, och hur de tas tillbaka.',
  'decision.change-stopped.action': 'Visa varför',
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
