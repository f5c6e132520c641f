import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { get } from '../../api.ts'
import { type Key, useVoice } from '../../i18n/index.tsx'
import { useNow } from '../../kit/clock.ts'
import { Icon, type IconName } from '../../kit/Icon.tsx'
import { PageHead } from '../../kit/Page.tsx'
import { State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { expiryTone, purposeWord } from '../certificates/words.ts'
import { homeQuery } from '../views/query.ts'

const pages: readonly { to: string; icon: IconName; title: Key; text: Key; permission: string | null }[] = [
  {
    to: '/settings/certificates',
    icon: 'cert',
    title: 'certificates.title',
    text: 'settings.certificates',
    permission: 'certificates:read',
  },
  { to: '/settings/acme', icon: 'cert', title: 'acme.title', text: 'acme.lede', permission: 'certificates:read' },
  {
    to: '/settings/android',
    icon: 'phone',
    title: 'android.title',
    text: 'android.lede',
    permission: 'invitations:read',
  },
  {
    to: '/settings/waking',
    icon: 'bell',
    title: 'waking.title',
    text: 'waking.lede',
    permission: 'certificates:read',
  },
  {
    to: '/settings/accounts',
    icon: 'key',
    title: 'accounts.title',
    text: 'accounts.lede',
    permission: 'custody:read',
  },
  {
    to: '/settings/setup-check',
    icon: 'check',
    title: 'setupCheck.title',
    text: 'setupCheck.lede',
    permission: 'custody:read',
  },
  { to: '/settings/admins', icon: 'shield', title: 'admins.title', text: 'settings.admins', permission: 'admins:read' },
  { to: '/settings/guard', icon: 'held', title: 'guard.title', text: 'settings.guard', permission: 'guard:read' },
  {
    to: '/settings/privacy',
    icon: 'eye',
    title: 'privacy.title',
    text: 'settings.privacy',
    permission: 'privacy:read',
  },
  { to: '/settings/tags', icon: 'filter', title: 'tagRules.title', text: 'tagRules.lede', permission: 'devices:read' },
  { to: '/settings/keys', icon: 'key', title: 'keys.title', text: 'settings.keys', permission: 'keys:read' },
  {
    to: '/settings/notifications',
    icon: 'bell',
    title: 'notifications.title',
    text: 'notifications.lede',
    permission: null,
  },
  { to: '/settings/mail', icon: 'send', title: 'mail.title', text: 'mail.lede', permission: 'admins:read' },
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
                <Standing to={page.to} />
              </div>
            </li>
          ))}
      </ul>
    </>
  )
}

/** How the room stands now: what expires next, how many there are. */
function Standing({ to }: { to: string }) {
  if (to === '/settings/certificates') return <NextExpiry />
  if (to === '/settings/admins') return <Count path="/admins" name="admins" say="settings.adminCount" />
  if (to === '/settings/keys') return <Count path="/api-keys" name="keys" say="settings.keyCount" />
  return null
}

function NextExpiry() {
  const voice = useVoice()
  const { t, f } = voice
  const now = useNow(60_000)
  const home = useQuery({ ...homeQuery, staleTime: 60_000 })
  const [next] = home.data?.expiry.toSorted((a, b) => a.notAfter - b.notAfter) ?? []
  if (!next) return null
  const what = purposeWord(voice, next.purpose)
  return (
    <p>
      <State tone={expiryTone(next.notAfter, now)}>
        {next.notAfter <= now
          ? t('settings.expired', { what })
          : t('settings.expires', { what, left: f.age(next.notAfter - now) })}
      </State>
    </p>
  )
}

function Count(props: { path: string; name: string; say: 'settings.adminCount' | 'settings.keyCount' }) {
  const { t } = useVoice()
  const list = useQuery({
    queryKey: [props.name],
    queryFn: ({ signal }) => get<{ items: unknown[] }>(props.path, {}, signal),
  })
  return list.data ? <p className="small muted">{t(props.say, { n: list.data.items.length })}</p> : null
}
