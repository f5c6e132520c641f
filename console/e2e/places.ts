import type { Stage } from './stage.ts'

/** Every page of the console, for tests that visit them all. */
export async function places({ call }: Stage): Promise<{ name: string; path: string }[]> {
  const first = async (path: string): Promise<string> =>
    ((await call('GET', path)).items as { id: string }[])[0]?.id ?? ''
  const device = await first('/devices?limit=1&sort=serial&filter=platform:ios%20state:active')
  const tabs = ['timeline', 'security', 'apps', 'raw']
  return [
    { name: 'Home', path: '/' },
    { name: 'devices', path: '/devices' },
    { name: 'a filter', path: '/devices?filter=platform:ios os<99 seen<1d' },
    { name: 'no match', path: '/devices?filter=name:nobody' },
    { name: 'a device', path: `/devices/${device}` },
    ...tabs.map(tab => ({ name: `a device, ${tab}`, path: `/devices/${device}?tab=${tab}` })),
    { name: 'commands', path: '/commands' },
    { name: 'a command', path: `/commands/${await first('/commands?limit=1')}` },
    { name: 'enrollment', path: '/enrollment' },
    { name: 'an invitation', path: `/enrollment/${await first('/invitations?limit=1')}` },
    { name: 'people', path: '/people' },
    { name: 'a person', path: `/people/${await first('/users?limit=1')}` },
    { name: 'activity', path: '/activity' },
    { name: 'the catalog', path: '/policies/catalog' },
    { name: 'an artifact', path: '/policies/catalog/payload/com.apple.wifi.managed' },
    { name: 'settings', path: '/settings' },
    { name: 'certificates', path: '/settings/certificates' },
    { name: 'admins', path: '/settings/admins' },
    { name: 'keys', path: '/settings/keys' },
    { name: 'account', path: '/me' },
    { name: 'nowhere', path: '/nowhere' },
  ]
}
