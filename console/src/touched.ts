import type { LogEvent } from './contract.ts'

/** The query keys an event makes stale: at once, and with the next round of lists. */
export function touched(event: Pick<LogEvent, 'type' | 'about' | 'data'>): { now: string[][]; soon: string[][] } {
  const noun = event.type.split('.')[0] ?? ''
  const now: string[][] = []
  const soon: string[][] = [['home'], ['events']]
  const device = event.about?.kind === 'device' ? event.about.id : textOf(event.data, 'device')
  const command = event.about?.kind === 'command' ? event.about.id : textOf(event.data, 'command')
  if (device) now.push(['device', device])
  if (command) now.push(['command', command])
  if (event.about?.kind === 'alert') now.push(['alert', event.about.id])
  if (noun === 'newcomer' || noun === 'admission') now.push(['newcomers'])
  if (event.about?.kind === 'intake') now.push(['intake', event.about.id])
  if (noun === 'app') now.push(['app'])
  if (event.about?.kind === 'policy') now.push(['policy', event.about.id])
  if (noun === 'blueprint' || noun === 'assignment') now.push(['blueprint'])
  // Whatever happens to a missing device may be in its incident, which is read by one person at a time.
  if (['incident', 'standing-order', 'fix', 'privacy'].includes(noun)) now.push(['incidents'])
  if (noun === 'intent' || noun === 'guard') now.push(['intents'], ['guard'])
  if (noun === 'program' || noun === 'roster') now.push(['programs'])
  if (noun === 'command') soon.push(['commands'], ['incidents'])
  if (device || ['device', 'enrollment', 'command'].includes(noun)) soon.push(['devices'])
  if (['invitation', 'enrollment', 'certificate', 'device'].includes(noun)) soon.push(['invitations'])
  const lists: Record<string, string> = {
    app: 'apps',
    unit: 'units',
    user: 'users',
    admin: 'admins',
    grant: 'admins',
    key: 'keys',
    'api-key': 'keys',
    certificate: 'certificates',
    push: 'certificates',
    view: 'views',
    session: 'sessions',
    policy: 'policies',
    blueprint: 'blueprints',
    assignment: 'blueprints',
    policyTest: 'policy-tests',
    rollout: 'rollouts',
    desired: 'policies',
    item: 'policies',
    group: 'groups',
    alert: 'alerts',
    mail: 'mail',
    'tag-rule': 'tag-rules',
    import: 'imports',
    change: 'changes',
    intake: 'intakes',
    program: 'programs',
    roster: 'roster',
    setup: 'setups',
  }
  const list = lists[noun]
  if (list) soon.push([list])
  return { now, soon }
}

function textOf(data: Record<string, unknown> | null, name: string): string | null {
  const value = data?.[name]
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string') return value.id
  return null
}
