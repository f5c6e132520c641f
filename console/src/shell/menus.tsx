import { Menu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../api.ts'
import type { Locale } from '../contract.ts'
import { languages, useVoice } from '../i18n/index.tsx'
import { Icon } from '../kit/Icon.tsx'
import { initials } from '../kit/names.ts'
import { useSession, useSignOut } from '../session.tsx'

/** The picker of the four languages; changes at once and, when someone is signed in, for good. */
export function LanguageMenu({ signedIn = true }: { signedIn?: boolean }) {
  const { t, locale, setLocale } = useVoice()
  const name = languages.find(language => language.id === locale)?.name ?? locale
  const choose = (next: Locale) => {
    setLocale(next)
    if (signedIn) void call('PATCH', '/me', { body: { locale: next } }).catch(() => undefined)
  }
  return (
    <Menu position="bottom-end" classNames={{ dropdown: 'pop menu' }} returnFocus>
      <Menu.Target>
        <button type="button" className="top-btn language">
          <Icon name="globe" />
          <span className="vh">{t('nav.language', { name })}</span>
          <span className="wide-only" aria-hidden="true">
            {name}
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('nav.languages')}>
        {languages.map(language => (
          <Menu.Item
            key={language.id}
            className="menu-line"
            lang={language.id}
            onClick={() => choose(language.id)}
            aria-current={language.id === locale ? true : undefined}
          >
            <span className="menu-words">{language.name}</span>
            {language.id === locale && <Icon name="check" />}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The person's own menu: account, appearance, sign out. */
export function PersonMenu() {
  const { t } = useVoice()
  const { admin, org } = useSession()
  const navigate = useNavigate()
  const signOut = useSignOut()
  return (
    <Menu position="bottom-end" classNames={{ dropdown: 'pop menu' }} returnFocus>
      <Menu.Target>
        <button type="button" className="top-btn bare">
          <span className="vh">{t('nav.person', { name: admin.name })}</span>
          <span className="face" aria-hidden="true">
            {initials(admin.name)}
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('nav.person', { name: admin.name })}>
        <div className="menu-who">
          <b>{admin.name}</b>
          <span className="small muted">{admin.email}</span>
          <span className="small muted">{org.name}</span>
        </div>
        <Menu.Item className="menu-line" onClick={() => void navigate({ to: '/me' })}>
          <Icon name="user" />
          <span className="menu-words">{t('account.title')}</span>
        </Menu.Item>
        <Menu.Item className="menu-line" onClick={() => void signOut()}>
          <Icon name="logout" />
          <span className="menu-words">{t('nav.signOut')}</span>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
