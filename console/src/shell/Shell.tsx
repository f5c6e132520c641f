import { useHotkeys } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { type Key, useVoice } from '../i18n/index.tsx'
import { Icon, type IconName } from '../kit/Icon.tsx'
import { Logo } from '../kit/Logo.tsx'
import { Note } from '../kit/State.tsx'
import { StepUp } from '../kit/StepUp.tsx'
import { useLive } from '../live.tsx'
import { GuardBanner } from '../areas/guard/GuardBanner.tsx'
import { homeQuery } from '../areas/views/query.ts'
import { Bell } from '../areas/alerts/Bell.tsx'
import { useSession } from '../session.tsx'
import { CommandPalette } from './CommandPalette.tsx'
import { HelpDrawer } from './HelpDrawer.tsx'
import { LanguageMenu, PersonMenu } from './menus.tsx'
import { ScopeMenu } from './ScopeMenu.tsx'

/** The navigation, the same on a phone. */
const entries: readonly { to: string; label: Key; icon: IconName }[] = [
  { to: '/', label: 'nav.home', icon: 'home' },
  { to: '/devices', label: 'nav.devices', icon: 'devices' },
  { to: '/people', label: 'nav.people', icon: 'people' },
  { to: '/policies', label: 'nav.policies', icon: 'policies' },
  { to: '/apps', label: 'nav.apps', icon: 'apps' },
  { to: '/activity', label: 'nav.activity', icon: 'activity' },
  { to: '/reports', label: 'nav.reports', icon: 'reports' },
  { to: '/settings', label: 'nav.settings', icon: 'settings' },
]

/** Other addresses that belong to an entry. */
const homes: Record<string, string> = {
  '/enrollment': '/devices',
  '/commands': '/activity',
  '/reports': '/reports/compliance',
  '/incidents': '/activity',
  '/alerts': '/activity',
  '/updates': '/policies',
  '/me': '/settings',
}

/** Everything around a page: top bar, navigation, search, help, and the notice when the server is away. */
export function Shell() {
  const [searching, setSearching] = useState(false)
  const [helping, setHelping] = useState(false)
  useHotkeys(
    [
      ['mod+K', () => setSearching(true)],
      ['/', () => setSearching(true)],
      ['shift+?', () => setHelping(true)],
    ],
    ['INPUT', 'TEXTAREA', 'SELECT'],
  )
  const { t } = useVoice()
  return (
    <>
      <a className="skip" href="#main">
        {t('nav.skip')}
      </a>
      <div className="app">
        <TopBar onSearch={() => setSearching(true)} onHelp={() => setHelping(true)} />
        <Navigation onHelp={() => setHelping(true)} />
        <Main />
      </div>
      <CommandPalette opened={searching} onClose={() => setSearching(false)} onHelp={() => setHelping(true)} />
      <StepUp />
      <HelpDrawer opened={helping} onClose={() => setHelping(false)} />
    </>
  )
}

function TopBar(props: { onSearch(): void; onHelp(): void }) {
  const { t } = useVoice()
  return (
    <header className="top">
      <Link to="/" className="brand" aria-label={t('nav.brand')}>
        <Logo />
      </Link>
      <ScopeMenu />
      <button type="button" className="find" onClick={props.onSearch}>
        <Icon name="search" />
        <span>{t('nav.search')}</span>
        <kbd>{/Mac|iP/.test(navigator.platform) ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      <LiveMark />
      <Bell />
      <LanguageMenu />
      <button type="button" className="top-btn" aria-label={t('nav.help')} onClick={props.onHelp}>
        <Icon name="unknown" />
      </button>
      <PersonMenu />
    </header>
  )
}

function LiveMark() {
  const { t } = useVoice()
  const live = useLive()
  return (
    <span className={`live ${live}`} role="status">
      {t(`live.${live}`)}
    </span>
  )
}

function Navigation({ onHelp }: { onHelp(): void }) {
  const { t, f } = useVoice()
  const { version } = useSession()
  const health = useHealth()
  const home = useQuery({ ...homeQuery, staleTime: 60_000 })
  const due = home.data?.decisions.length ?? 0
  const path = useRouterState({ select: state => state.location.pathname })
  const place = Object.entries(homes).find(([prefix]) => path.startsWith(prefix))?.[1] ?? path
  const current = (to: string) =>
    to === '/' ? place === '/' || place === '/home' : place === to || place.startsWith(`${to}/`)
  return (
    <nav className="nav" aria-label={t('nav.main')}>
      <ul>
        {entries.map(entry => (
          <li key={entry.to}>
            <Link to={entry.to} {...(current(entry.to) ? { 'aria-current': 'page' as const } : {})}>
              <Icon name={entry.icon} />
              <span>{t(entry.label)}</span>
              {entry.to === '/' && due > 0 && <span className="n">{f.number(due)}</span>}
            </Link>
          </li>
        ))}
      </ul>
      <p className="nav-foot">
        {t('nav.version', { version, health })}
        <br />
        <button type="button" className="foot-link" onClick={onHelp}>
          {t('nav.shortcuts')}
        </button>
      </p>
    </nav>
  )
}

/** Whether the server says that it can serve: asked once a minute, and at once after a lost connection. */
function useHealth(): 'ok' | 'bad' | 'gone' | 'unknown' {
  const live = useLive()
  const ready = useQuery({
    queryKey: ['ready', live],
    queryFn: async ({ signal }) => (await fetch('/readyz', { signal })).ok,
    refetchInterval: 60_000,
    retry: false,
  })
  if (live === 'offline' || ready.isError) return 'gone'
  if (ready.data === undefined) return 'unknown'
  return ready.data ? 'ok' : 'bad'
}

function Main() {
  const { t } = useVoice()
  const live = useLive()
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: state => state.resolvedLocation?.pathname ?? state.location.pathname })
  const seen = useRef(path)
  useEffect(() => {
    if (seen.current === path) return
    seen.current = path
    main.current?.focus({ preventScroll: true })
  }, [path])
  return (
    <main className="main" id="main" tabIndex={-1} ref={main}>
      {live === 'offline' && (
        <div className="banner">
          <Note tone="attention" icon="offline" role="status">
            <p>
              <b>{t('live.lost')}</b> {t('live.lostNext')}
            </p>
          </Note>
        </div>
      )}
      <GuardBanner />
      <Outlet />
    </main>
  )
}
