import type { Command, CommandStep, StepName } from '../../contract.ts'

/** A step as the machine draws it: what happened, where it stands now, and what is still expected. */
export interface DrawnStep {
  step: StepName
  at: number | null
  when: 'past' | 'now' | 'ahead'
  count: number
}

const straight: readonly StepName[] = ['held', 'queued', 'pushed', 'fetched', 'acknowledged']
const ends: readonly StepName[] = ['acknowledged', 'error', 'expired', 'canceled']

/**
 * The way of a command from what the server says about it: steps that happened, then the straight way ahead.
 * A "not now" stands where it happened; an end other than "acknowledged" takes its place.
 */
export function drawnSteps(command: Pick<Command, 'state' | 'notNow' | 'steps'>): DrawnStep[] {
  const happened = command.steps.filter((step): step is CommandStep & { at: number } => step.at !== null)
  const at = (name: StepName) => happened.findLast(step => step.step === name)
  const end = ends.map(at).find(step => step !== undefined)
  const over = end !== undefined || !['held', 'queued', 'sent'].includes(command.state)
  const drawn: DrawnStep[] = straight.slice(0, 4).flatMap(name => {
    const step = at(name)
    if (!step && (over || name === 'held')) return []
    return [{ step: name, at: step?.at ?? null, when: step ? 'past' : 'ahead', count: step?.count ?? 0 } as DrawnStep]
  })
  if (command.notNow) {
    const step = at('not-now')
    drawn.push({ step: 'not-now', at: step?.at ?? command.notNow.lastAt, when: 'past', count: command.notNow.count })
  }
  if (end) drawn.push({ step: end.step, at: end.at, when: 'now', count: 0 })
  else if (!over) drawn.push({ step: 'acknowledged', at: null, when: 'ahead', count: 0 })
  if (!end) markPresent(drawn)
  return drawn
}

/** Without an end, the last step that happened is where the command stands. */
function markPresent(drawn: DrawnStep[]) {
  const last = drawn.findLast(step => step.when === 'past')
  if (last) last.when = 'now'
}
