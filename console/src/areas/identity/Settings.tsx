import { Link } from '@tanstack/react-router'
import { type Key, useVoice } from '../../i18n/index.tsx'
import { Icon, type IconName } from '../../kit/Icon.tsx'
import { PageHead } from '../../kit/Page.tsx'
import { useCan } from '../../session.tsx'

const pages: readonly { to: string; icon: IconName; title: Key; text: Key; permission: string | null }[] = [
  {
    to: '/settings/certificates',
    icon: 'cert',
    title: 'certificates.title',
    text: 'settings.certificates',
    permission: 'certificates:read',
  },
  { to: '/settings/admins', icon: 'shield', title: 'admins.title', text: 'settings.admins', permission: 'admins:read' },
  { to: '/settings/keys', icon: 'key', title: 'keys.title', text: 'settings.keys', permission: 'keys:read' },
  { to: '/me', icon: 'user', title: 'account.title', text: 'settings.account', permission: null },
]

/** The rooms of Settings that this person may enter. */
export function Settings() {
  const { t } = useVoice()
  const can = useCan()
  return (
    <>
      <PageHead title={t('nav.settings')} lede={t('settings.lede')} />
      <ul className="rooms">
        {pages
          .filter(page => page.permission === null || can(page.permission))
          .map(page => (
            <li key={page.to}>
              <Icon name={page.icon} />
              <div>
                <h2>
                  <Link className="plain" to={page.to}>
                    {t(page.title)}
                  </Link>
                </h2>
                <p className="soft">{t(page.text)}</p>
              </div>
            </li>
          ))}
      </ul>
    </>
  )
}
