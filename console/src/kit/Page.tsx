import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode, useEffect } from 'react'
import { Icon } from './Icon.tsx'

/** One step of the way to a page; the last one has no address. */
export interface Crumb {
  label: ReactNode
  to?: string
}

/** The head of a page: crumbs, title, one sentence, commands on the right. Sets the window's title. */
export function PageHead(props: {
  title: string
  heading?: ReactNode
  crumbs?: Crumb[]
  lede?: ReactNode
  aside?: ReactNode
  children?: ReactNode
}) {
  useEffect(() => {
    document.title = `${props.title} · Muster`
  }, [props.title])
  return (
    <div className="head">
      <div>
        {props.crumbs && <Crumbs crumbs={props.crumbs} />}
        {props.heading ?? <h1>{props.title}</h1>}
        {props.lede && <div className="lede">{props.lede}</div>}
      </div>
      {props.aside && <p className="small muted head-aside">{props.aside}</p>}
      {props.children && <div className="acts">{props.children}</div>}
    </div>
  )
}

function Crumbs({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav className="crumbs" aria-label="Breadcrumb">
      {crumbs.map((crumb, at) => (
        <Fragment key={crumb.to ?? 'here'}>
          {at > 0 && <Icon name="right" />}
          {crumb.to ? <Link to={crumb.to}>{crumb.label}</Link> : <span>{crumb.label}</span>}
        </Fragment>
      ))}
    </nav>
  )
}

/** A titled part of a page; `by` stands right of the title. */
export function Section(props: {
  id: string
  title: string
  hint?: ReactNode
  by?: ReactNode
  hidden?: boolean
  children: ReactNode
}) {
  return (
    <section className="sec" aria-labelledby={props.id}>
      <div className={props.hidden ? 'vh' : 'sec-head'}>
        <h2 id={props.id}>{props.title}</h2>
        {props.hint && <span className="small muted">{props.hint}</span>}
        {props.by && <span className="by">{props.by}</span>}
      </div>
      {props.children}
    </section>
  )
}

/** What will be here, what fills it, and the one action that does. */
export function Empty(props: { title: ReactNode; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{props.title}</p>
      {props.children && <p>{props.children}</p>}
      {props.action}
    </div>
  )
}

const widths = [...'abcdefghijkl'].map((name, at) => [name, `w${(at % 3) + 1}`] as const)

/** Grey bones for what the server has not sent yet; they do not move. */
export function Bones({ lines = 4, label }: { lines?: number; label: string }) {
  return (
    <div className="bones" aria-busy="true">
      <span className="vh">{label}</span>
      {widths.slice(0, lines).map(([name, width]) => (
        <span key={name} className={`bone ${width}`} />
      ))}
    </div>
  )
}
