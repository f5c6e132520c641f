import type { ReactNode } from 'react'
import { Logo } from '../../kit/Logo.tsx'
import { LanguageMenu } from '../../shell/menus.tsx'

/** The page in front of the house: one question in the middle, the language in the corner. */
export function Gate(props: { children: ReactNode; aside?: ReactNode }) {
  return (
    <div className="gate">
      <header className="gate-top">
        <span className="brand">
          <Logo />
        </span>
        <LanguageMenu signedIn={false} />
      </header>
      <main className="gate-main" id="main">
        <div className="gate-card">{props.children}</div>
        {props.aside}
      </main>
    </div>
  )
}
