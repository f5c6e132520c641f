import { installApp } from '../../simulator/apple/apps.ts'
import { type Stage, until } from './stage.ts'
import type { Place } from './walk.ts'

/** Every page of the console, for tests that visit them all. */
export async function places(stage: Stage): Promise<Place[]> {
  const { call } = stage
  const first = async (path: string): Promise<string> =>
    ((await call('GET', path)).items as { id: string }[])[0]?.id ?? ''
  const device = await first('/devices?limit=1&sort=serial&filter=platform:ios%20state:active')
  const [policy, blueprint] = [await somePolicy(stage), await someBlueprint(stage)]
  const tabs = ['policy', 'timeline', 'security', 'apps', 'raw']
  return [
    { name: 'Home', path: '/' },
    { name: 'devices', path: '/devices' },
    { name: 'a filter', path: '/devices?filter=platform:ios os<99 seen<1d' },
    { name: 'no match', path: '/devices?filter=name:xyzzy' },
    { name: 'a device', path: `/devices/${device}` },
    ...tabs.map(tab => ({ name: `a device, ${tab}`, path: `/devices/${device}?tab=${tab}` })),
    { name: 'a device as it was', path: `/devices/${device}/past` },
    { name: 'reports', path: '/reports' },
    { name: 'licenses', path: '/apps/licenses' },
    { name: 'commands for a device', path: `/devices/${device}/apple` },
    { name: 'a command for a device', path: `/devices/${device}/apple?command=Settings` },
    { name: 'a command by hand', path: `/devices/${device}/apple?command=*` },
    { name: 'incidents', path: '/incidents' },
    { name: 'commands', path: '/commands' },
    { name: 'a command', path: `/commands/${await first('/commands?limit=1')}` },
    { name: 'enrollment', path: '/enrollment' },
    { name: 'devices that wait', path: '/enrollment/waiting' },
    { name: 'batches', path: '/enrollment/batches' },
    { name: 'a new batch', path: '/enrollment/batches/new' },
    { name: 'a batch', path: `/enrollment/batches/${await someBatch(stage)}` },
    { name: 'an invitation', path: `/enrollment/${await first('/invitations?limit=1')}` },
    { name: 'programs', path: '/enrollment/automated' },
    { name: 'a portal', path: `/enrollment/portal/${await somePortal(stage)}` },
    { name: 'promised devices', path: '/enrollment/promised' },
    { name: 'setups', path: '/enrollment/setups' },
    { name: 'a new setup', path: '/enrollment/setups/new' },
    { name: 'enrolling by signing in', path: '/enrollment/accounts' },
    { name: 'people', path: '/people' },
    { name: 'a person', path: `/people/${await first('/users?limit=1')}` },
    { name: 'groups', path: '/people/groups' },
    { name: 'a group', path: `/people/groups/${await someGroup(stage)}` },
    { name: 'working time', path: '/people/hours' },
    { name: 'planned changes', path: '/people/changes' },
    { name: 'imports', path: '/people/import' },
    { name: 'tag rules', path: '/settings/tags' },
    { name: 'the certificate server', path: '/settings/acme' },
    { name: 'waking', path: '/settings/waking' },
    { name: 'policies', path: '/policies' },
    { name: 'a new policy', path: '/policies/new' },
    { name: 'a new policy of a kind', path: '/policies/new/wifi' },
    { name: 'a new policy of a kiosk', path: '/policies/new/kiosk' },
    { name: 'whom devices ask', path: '/settings/guard/approvers' },
    { name: 'a new policy of working time', path: '/policies/new/work-time' },
    { name: 'kept secrets', path: '/policies/secrets' },
    { name: 'calendars', path: '/policies/calendars' },
    { name: 'a policy', path: `/policies/${policy}` },
    { name: 'a policy, versions', path: `/policies/${policy}?tab=versions` },
    { name: 'blueprints', path: '/policies/blueprints' },
    { name: 'a blueprint', path: `/policies/blueprints/${blueprint}` },
    { name: 'policy tests', path: '/policies/tests' },
    { name: 'rollouts', path: '/policies/rollouts' },
    { name: 'apps', path: '/apps' },
    { name: 'an app', path: `/apps/${await someApp(stage)}` },
    { name: 'updates', path: '/updates' },
    { name: 'a new campaign', path: '/updates/new' },
    { name: 'a campaign', path: `/updates/${await someCampaign(stage)}` },
    { name: 'activity', path: '/activity' },
    { name: 'alerts', path: '/alerts' },
    { name: 'an alert', path: `/alerts/${await someAlert(stage)}` },
    { name: 'notifications', path: '/settings/notifications' },
    { name: 'mail', path: '/settings/mail' },
    { name: 'the catalog', path: '/policies/catalog' },
    { name: 'an artifact', path: '/policies/catalog/payload/com.apple.wifi.managed' },
    { name: 'compliance', path: '/reports/compliance' },
    { name: 'rules', path: '/reports/rules' },
    { name: 'a new rule', path: '/reports/rules/new?kind=apps' },
    { name: 'app usage', path: '/reports/app-usage' },
    { name: 'exceptions from rules', path: '/reports/exceptions' },
    { name: 'missing recovery keys', path: '/reports/keys' },
    { name: 'frameworks', path: '/reports/frameworks' },
    { name: 'settings', path: '/settings' },
    { name: 'privacy', path: '/settings/privacy' },
    { name: 'certificates', path: '/settings/certificates' },
    { name: 'Android', path: '/settings/android' },
    { name: 'Android through Google', path: '/settings/android/google' },
    { name: 'accounts at vendors', path: '/settings/accounts' },
    { name: 'the check of the set-up', path: '/settings/setup-check' },
    { name: 'admins', path: '/settings/admins' },
    { name: 'keys', path: '/settings/keys' },
    { name: 'account', path: '/me' },
    { name: 'nowhere', path: '/nowhere' },
  ]
}

/** An alert about an app that a rule forbids, made when it is first asked for. */
export async function someAlert({ call, units, machine }: Stage, name = 'Nothing by Apple'): Promise<string> {
  const find = async (): Promise<string> => {
    const { items } = (await call('GET', `/alerts?filter=${encodeURIComponent(`"${name}" -state:resolved`)}`)) as {
      items: { id: string }[]
    }
    return items[0]?.id ?? ''
  }
  const known = await find()
  if (known !== '') return known
  // Of a personal device rules see no app that its owner brought.
  const filter = encodeURIComponent('ownership:company platform:ios state:active')
  const { items } = (await call('GET', `/devices?filter=${filter}`)) as { items: { id: string; serial: string }[] }
  const [device] = items
  if (!device) throw new Error('no iPhone of the company')
  const app = { identifier: 'com.example.forbidden', name: 'Forbidden' }
  installApp(machine(device.serial), app)
  await call('POST', '/rules', {
    unit: units['top'],
    name,
    kind: 'apps',
    params: { list: 'deny', apps: [{ app: app.identifier, name: app.name }] },
    severity: 'high',
  })
  await call('POST', `/devices/${device.id}/commands`, { kind: 'apps.query', args: {} })
  await until(
    async () => (await find()) !== '',
    20_000,
    () => 'no alert was opened',
  )
  return find()
}

/** A portal that this server acts in, with a device in it, made when it is first asked for. */
async function somePortal({ call, business }: Stage): Promise<string> {
  const [known] = (await call('GET', '/programs?kind=portal')).items as { id: string }[]
  if (known) return known.id
  business.hold(['PLACEPORT1'], business.addServer('Havsten MDM'))
  const { id } = (await call('POST', '/programs/portal', { name: 'Havsten portal', ...business.account() })) as {
    id: string
  }
  return id
}

/** A policy with two versions, made when it is first asked for. */
async function somePolicy({ call, units }: Stage): Promise<string> {
  const name = 'Front desk'
  const { items } = (await call('GET', `/policies?filter=${encodeURIComponent(`name:"${name}"`)}`)) as {
    items: { id: string }[]
  }
  if (items[0]) return items[0].id
  const made = await call('POST', '/policies', {
    kind: 'restrictions',
    name,
    unit: units.top,
    value: { camera: false, screenCapture: false },
  })
  const { id } = made.policy as { id: string }
  await call('POST', `/policies/${id}/versions`, { value: { camera: false }, note: 'Screens may be shown' })
  return id
}

/** A blueprint that holds it, for devices that do not exist. */
async function someBlueprint(stage: Stage): Promise<string> {
  const { call, units } = stage
  const name = 'Front desks'
  const known = ((await call('GET', '/blueprints')).items as { id: string; name: string }[]).find(
    one => one.name === name,
  )
  if (known) return known.id
  const made = await call('POST', '/blueprints', { name, unit: units.top, items: [await somePolicy(stage)] })
  const { id } = made.blueprint as { id: string }
  await call('POST', `/blueprints/${id}/assignments`, {
    unit: units.top,
    scope: { conditions: { tags: ['front desk'] } },
  })
  return id
}

/** A group with someone in it. */
async function someGroup({ call, units }: Stage): Promise<string> {
  const name = 'Door keepers'
  const known = ((await call('GET', '/groups')).items as { id: string; name: string }[]).find(one => one.name === name)
  if (known) return known.id
  const { id } = (await call('POST', '/groups', { name, unit: units.top })) as { id: string }
  const [someone] = (await call('GET', '/users?limit=1')).items as { id: string }[]
  await call('PUT', `/groups/${id}/members`, { add: [someone?.id], remove: [] })
  return id
}

/** A campaign under way for devices that do not exist, made when it is first asked for. */
async function someCampaign({ call, units }: Stage): Promise<string> {
  const [known] = (await call('GET', '/campaigns')).items as { id: string }[]
  if (known) return known.id
  await released(call)
  await call('POST', '/updates/refresh')
  const { id } = await call('POST', '/campaigns', {
    name: '27.0.1',
    unit: units.top,
    filter: 'tag:nowhere',
    platforms: ['ios', 'ipados'],
    note: 'CVE-2026-40001',
    target: {
      kind: 'version',
      versions: { ios: '27.0.1', ipados: '27.0.1' },
      due: new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 16),
    },
  })
  return String(id)
}

/** A batch with a device that can be expected and a line that somebody has to mend. */
async function someBatch({ call }: Stage): Promise<string> {
  const known = ((await call('GET', '/intakes?limit=1')).items as { id: string }[])[0]
  if (known) return known.id
  const [unit] = (await call('GET', '/units')).items as { id: string }[]
  const lines = [
    { serial: 'DMPH0001Q1GC', assetTag: 'HAV-1' },
    { serial: '', raw: ';HAV-2;;', assetTag: 'HAV-2' },
  ]
  const body = { name: 'iPads', day: '2031-04-01', unit: unit?.id, source: { kind: 'list', lines } }
  return String((await call('POST', '/intakes', body)).id)
}

/** An app of the store that nobody has, made when it is first asked for. */
async function someApp({ call, units }: Stage): Promise<string> {
  const [known] = (await call('GET', '/apps?words=Atelier')).items as { id: string }[]
  if (known) return known.id
  const said = { kind: 'store', bundle: 'org.example.atelier', storeId: '909000001', needsSeat: false }
  const { id } = await call('POST', '/apps', { ...said, name: 'Atelier Ø', publisher: 'Ø & Å', unit: units.top })
  const text = '{"type":"object","properties":{"baseUrl":{"type":"string"}}}'
  await call('PUT', `/apps/${String(id)}/form`, { text })
  return String(id)
}

/** Waits until versions of systems are known; asks for them again where the first question, at the server's start, had no answer. */
export async function released(call: Stage['call']): Promise<void> {
  const known = async (): Promise<boolean> => {
    if (((await call('GET', '/updates/releases')).items as unknown[]).length > 0) return true
    await call('POST', '/updates/refresh')
    await new Promise(resolve => setTimeout(resolve, 500))
    return false
  }
  await until(known, 20_000, () => 'no versions are known')
}
