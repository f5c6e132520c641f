import { Drawer } from '@mantine/core'
import { useRouterState } from '@tanstack/react-router'
import { type Key, useVoice } from '../i18n/index.tsx'

/** The page a help text belongs to, by the start of its address; the first that fits wins. */
const texts: readonly { at: string; title: Key; text: Key }[] = [
  { at: '/devices/', title: 'help.device.title', text: 'help.device.text' },
  { at: '/devices', title: 'help.devices.title', text: 'help.devices.text' },
  { at: '/enrollment', title: 'help.enroll.title', text: 'help.enroll.text' },
  { at: '/incidents', title: 'incident.title', text: 'help.incidents.text' },
  { at: '/commands/', title: 'help.command.title', text: 'help.command.text' },
  { at: '/commands', title: 'help.commands.title', text: 'help.commands.text' },
  { at: '/policies/blueprints', title: 'help.blueprints.title', text: 'help.blueprints.text' },
  { at: '/policies/rollouts', title: 'help.rollouts.title', text: 'help.rollouts.text' },
  { at: '/policies/calendars', title: 'calendars.title', text: 'help.calendars.text' },
  { at: '/policies/tests', title: 'help.policyTests.title', text: 'help.policyTests.text' },
  { at: '/policies/', title: 'help.policy.title', text: 'help.policy.text' },
  { at: '/policies', title: 'help.policies.title', text: 'help.policies.text' },
  { at: '/activity', title: 'help.activity.title', text: 'help.activity.text' },
  { at: '/updates', title: 'updates.title', text: 'help.updates.text' },
  { at: '/alerts', title: 'alerts.title', text: 'help.alerts.text' },
  { at: '/settings/notifications', title: 'notifications.title', text: 'help.notifications.text' },
  { at: '/settings/mail', title: 'mail.title', text: 'help.mail.text' },
  { at: '/people/import', title: 'imports.title', text: 'help.import.text' },
  { at: '/people/changes', title: 'changes.title', text: 'help.changes.text' },
  { at: '/people/hours', title: 'hours.title', text: 'help.hours.text' },
  { at: '/people/groups', title: 'groups.title', text: 'help.groups.text' },
  { at: '/people', title: 'help.people.title', text: 'help.people.text' },
  { at: '/settings/certificates', title: 'help.certificates.title', text: 'help.certificates.text' },
  { at: '/settings/admins', title: 'help.admins.title', text: 'help.admins.text' },
  { at: '/settings/tags', title: 'tagRules.title', text: 'help.tags.text' },
  { at: '/settings/keys', title: 'help.keysPage.title', text: 'help.keysPage.text' },
  { at: '/me', title: 'help.account.title', text: 'help.account.text' },
  { at: '/settings', title: 'help.settings.title', text: 'help.settings.text' },
  { at: '/', title: 'help.home.title', text: 'help.home.text' },
]

const keys: readonly { keys: string[]; label: Key }[] = [
  { keys: ['Ctrl K', '/'], label: 'help.keys.search' },
  { keys: ['j', 'k'], label: 'help.keys.move' },
  { keys: ['x'], label: 'help.keys.select' },
  { keys: ['Shift'], label: 'help.keys.range' },
  { keys: ['Enter'], label: 'help.keys.open' },
  { keys: ['Esc'], label: 'help.keys.close' },
  { keys: ['?'], label: 'help.keys.help' },
]

/** Help for the page in front: what it shows, how it is used, and the keys. */
export function HelpDrawer(props: { opened: boolean; onClose(): void }) {
  const { t, rich } = useVoice()
  const path = useRouterState({ select: state => state.location.pathname })
  const page = texts.find(text => path.startsWith(text.at)) ?? texts[texts.length - 1]
  return (
    <Drawer.Root
      opened={props.opened}
      onClose={props.onClose}
      position="right"
      size={360}
      transitionProps={{ duration: 0 }}
      classNames={{ content: 'drawer', body: 'drawer-body' }}
    >
      <Drawer.Overlay className="veil" />
      <Drawer.Content>
        <div className="dialog-head">
          <Drawer.Title className="dialog-title">{t('nav.help')}</Drawer.Title>
          <Drawer.CloseButton className="dialog-close" aria-label={t('kit.close')} />
        </div>
        <Drawer.Body>
          {page && (
            <section>
              <h2>{t(page.title)}</h2>
              <p className="prose">{rich(page.text, {})}</p>
            </section>
          )}
          <section>
            <h2>{t('help.keys.title')}</h2>
            <dl className="keys">
              {keys.map(line => (
                <div key={line.label}>
                  <dt>
                    {line.keys.map(key => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{t(line.label)}</dd>
                </div>
              ))}
            </dl>
          </section>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}
