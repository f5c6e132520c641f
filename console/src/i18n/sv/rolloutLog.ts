import type { Part } from '../en.ts'
import type { rolloutLog as english } from '../en/rolloutLog.ts'

export const rolloutLog: Part<typeof english> = {
  'event.rollout.begun': 'Utrullningen av {name} började: version {from} till {to}',
  'event.rollout.advanced': 'Utrullningen av {name}: version {to} till {percent} % av enheterna',
  'event.rollout.paused': 'Utrullningen av {name} pausad',
  'event.rollout.resumed': 'Utrullningen av {name} fortsätter',
  'event.rollout.finished': 'Utrullningen av {name} klar: version {to} överallt',
  'event.rollout.stopped':
    'Utrullningen av {name} stoppad; enheterna går tillbaka till version {from}{failed, plural, =0 {} one { (# enhet misslyckades)} other { (# enheter misslyckades)}}',
  'event.trial.begun': 'Provet av {name} började',
  'event.trial.ended': 'Provet av {name} slutade{early, select, true { i förtid} other {}}',
  'problem.rollout.under-way': 'En version av policyn är redan på väg ut.',
  'problem.rollout.under-way.next': 'Låt utrullningen bli klar, eller stoppa den.',
  'problem.rollout.ended': 'Utrullningen är över.',
  'problem.rollout.ended.next': 'Spara en ny version för att börja en till.',
  'problem.rollout.not-now': 'Utrullningen är inte i ett läge där det går.',
  'problem.rollout.not-now.next': 'Titta på den igen; någon annan kan ha pausat eller återupptagit den.',
  'explained.rollout.failures': 'För många enheter misslyckades: {percent} % av dem som svarade.',
  'explained.rollout.silence': 'För få enheter hörde av sig: {percent} % av vågen.',
  'explained.rollout.canceled': 'En person stoppade den.',
}
