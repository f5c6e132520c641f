import { Menu } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Icon, type IconName } from './Icon.tsx'

/** One line of a menu. A line that cannot be used now says why under its name. */
export interface MenuLine {
  key: string
  label: ReactNode
  icon?: IconName
  onClick?(): void
  href?: string
  disabled?: boolean
  why?: string | null
  /** Draws a rule above it. */
  apart?: boolean
  current?: boolean
}

/** A button that opens a list of commands. */
export function ActionMenu(props: {
  label: string
  lines: MenuLine[]
  icon?: IconName
  children?: ReactNode
  small?: boolean
}) {
  return (
    <Menu position="bottom-end" classNames={{ dropdown: 'pop menu' }} returnFocus>
      <Menu.Target>
        {props.children ? (
          <Button {...(props.small ? { size: 'sm' as const } : {})} aria-label={props.label}>
            {props.icon && <Icon name={props.icon} />}
            {props.children}
            <Icon name="down" />
          </Button>
        ) : (
          <Button
            icon={props.icon ?? 'more'}
            iconOnly
            {...(props.small ? { size: 'sm' as const, variant: 'quiet' as const } : {})}
          >
            {props.label}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown aria-label={props.label}>
        {props.lines.map(line => (
          <Fragment key={line.key}>
            {line.apart && <hr className="rule" />}
            <Line line={line} />
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Line({ line }: { line: MenuLine }) {
  const inside = (
    <>
      {line.icon ? <Icon name={line.icon} /> : <span className="i" />}
      <span className="menu-words">
        {line.label}
        {line.why && <span className="small muted">{line.why}</span>}
      </span>
      {line.current && <Icon name="check" />}
    </>
  )
  const shared = { className: 'menu-line', ...(line.current ? { 'aria-current': true as const } : {}) }
  if (line.href) {
    return (
      <Menu.Item component="a" href={line.href} {...shared}>
        {inside}
      </Menu.Item>
    )
  }
  return (
    <Menu.Item onClick={line.onClick} disabled={line.disabled ?? false} {...shared}>
      {inside}
    </Menu.Item>
  )
}
