import { StrictMode, useCallback, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { call, get, onSessionEnded, Refusal } from './api.ts'
import type { Locale } from './contract.ts'
import { Icon } from './kit/Icon.tsx'
import './kit/css/tokens.css'
import './kit/css/base.css'
import './kit/css/words.css'
import './kit/css/inputs.css'
import './kit/css/general.css'
import './portal/portal.css'
import type { MyPage } from './portal/contract.ts'
import { Bar, Mine } from './portal/Mine.tsx'
import { Act, Refused } from './portal/parts.tsx'
import type { Words } from './portal/texts/words.ts'
import { languages, Speaking, useVoice, wordsOf } from './portal/voice.tsx'

const kept = 'muster-my-locale'

/** The language to start with: the one chosen here before, else the browser's first that we speak, else English. */
function firstLocale(): Locale {
  const known = (tag: string | null) => languages.find(language => language.id === tag?.slice(0, 2))?.id
  const before = known(readKept())
  return before ?? navigator.languages.map(known).find(found => found !== undefined) ?? 'en'
}

function readKept(): string | null {
  try {
    return localStorage.getItem(kept)
  } catch {
    return null
  }
}

function keep(locale: Locale): void {
  try {
    localStorage.setItem(kept, locale)
  } catch {
    // Storage may be refused; the choice is kept with the person.
  }
}

/** The secret of a personal link, taken out of the address at once, so that it is neither kept nor passed on. */
function takeToken(): string | null {
  const token = location.hash.slice(1)
  if (token === '') return null
  history.replaceState(null, '', '/my')
  return token
}

/** A person's own page, from the link to the end of the visit. */
function Portal(props: { locale: Locale; words: Words; token: string | null }) {
  const [spoken, setSpoken] = useState({ locale: props.locale, words: props.words })
  const [page, setPage] = useState<MyPage | null>(null)
  const [state, setState] = useState<'opening' | 'open' | 'gone' | { error: unknown }>('opening')
  const speak = useCallback(async (locale: Locale, chosen: boolean) => {
    const words = await wordsOf[locale]()
    // What was chosen while the words came counts more.
    if (chosen || readKept() === null) setSpoken({ locale, words })
  }, [])
  const load = useCallback(async () => {
    const mine = await get<MyPage>('/my')
    // Who has not chosen here is spoken to as they are known.
    if (readKept() === null) await speak(mine.person.language, false)
    setPage(mine)
    setState('open')
  }, [speak])
  const { token } = props
  useEffect(() => onSessionEnded(() => setState('gone')), [])
  useEffect(() => {
    const open = async (): Promise<void> => {
      if (token !== null) await call('POST', '/my/visit', { body: { token } })
      await load()
    }
    open().catch((error: unknown) => {
      const code = error instanceof Refusal ? error.problem.code : ''
      setState(['session.missing', 'link.unknown'].includes(code) ? 'gone' : { error })
    })
  }, [token, load])
  const choose = (locale: Locale): void => {
    keep(locale)
    void speak(locale, true)
    if (state === 'open') void call<MyPage>('PATCH', '/my', { body: { language: locale } }).then(setPage)
  }
  return (
    <Speaking {...spoken}>
      <Frame org={page?.org.name ?? null} onLanguage={choose}>
        {state === 'open' && page && <Mine page={page} onAgain={load} onLeft={() => setState('gone')} />}
        {state === 'gone' && <Gone />}
        {state === 'opening' && <Opening />}
        {typeof state === 'object' && <Failed error={state.error} onAgain={() => location.reload()} />}
      </Frame>
    </Speaking>
  )
}

function Frame(props: { org: string | null; onLanguage(locale: Locale): void; children: React.ReactNode }) {
  const { t } = useVoice()
  const title = t('page.title')
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <>
      <a className="skip" href="#main">
        {t('page.skip')}
      </a>
      <Bar org={props.org} onLanguage={props.onLanguage} />
      <main id="main" className="m" tabIndex={-1}>
        {props.children}
      </main>
    </>
  )
}

function Gone() {
  const { t } = useVoice()
  return (
    <div className="mh">
      <h1>{t('gone.title')}</h1>
      <p className="note" role="status">
        <Icon name="lock" />
        <span>{t('gone.text')}</span>
      </p>
    </div>
  )
}

function Opening() {
  const { t } = useVoice()
  return (
    <div className="mh">
      <h1>{t('page.title')}</h1>
      <p className="soft">{t('page.loading')}</p>
    </div>
  )
}

function Failed({ error, onAgain }: { error: unknown; onAgain(): void }) {
  const { t } = useVoice()
  return (
    <div className="mh">
      <h1>{t('page.title')}</h1>
      <Refused error={error} />
      <Act onClick={onAgain}>{t('page.again')}</Act>
    </div>
  )
}

const token = takeToken()
const locale = firstLocale()
void wordsOf[locale]().then(words => {
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <Portal locale={locale} words={words} token={token} />
    </StrictMode>,
  )
})
