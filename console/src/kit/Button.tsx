import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { Icon, type IconName } from './Icon.tsx'

interface Look {
  variant?: 'primary' | 'default' | 'quiet' | 'danger'
  size?: 'sm' | 'md' | 'big'
  icon?: IconName
  /** Shows only the icon; the children are still its name. */
  iconOnly?: boolean
}

function classes(look: Look, given?: string): string {
  const parts = ['btn']
  if (look.variant && look.variant !== 'default') parts.push(look.variant)
  if (look.size && look.size !== 'md') parts.push(look.size)
  if (look.iconOnly) parts.push('icon')
  if (given) parts.push(given)
  return parts.join(' ')
}

function inside(look: Look, children: ReactNode) {
  return (
    <>
      {look.icon && <Icon name={look.icon} />}
      {look.iconOnly ? <span className="vh">{children}</span> : children}
    </>
  )
}

/** A button. `busy` keeps it in place and says so; it never spins. */
export function Button({
  variant,
  size,
  icon,
  iconOnly,
  busy,
  children,
  className,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & Look & { busy?: boolean; ref?: Ref<HTMLButtonElement> }) {
  const look: Look = {
    ...(variant && { variant }),
    ...(size && { size }),
    ...(icon && { icon }),
    ...(iconOnly && { iconOnly }),
  }
  return (
    <button
      type="button"
      {...rest}
      className={classes(look, className)}
      aria-disabled={busy || rest.disabled ? true : undefined}
      disabled={rest.disabled}
      onClick={busy ? event => event.preventDefault() : rest.onClick}
    >
      {inside(look, children)}
    </button>
  )
}

function Anchor({
  variant,
  size,
  icon,
  iconOnly,
  children,
  className,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & Look & { ref?: Ref<HTMLAnchorElement> }) {
  const look: Look = {
    ...(variant && { variant }),
    ...(size && { size }),
    ...(icon && { icon }),
    ...(iconOnly && { iconOnly }),
  }
  return (
    <a {...rest} className={classes(look, className)}>
      {inside(look, children)}
    </a>
  )
}

/** A link inside the console that looks like a button. */
export const ButtonLink = createLink(Anchor)

/** A link out of the console or to a file, that looks like a button. */
export const ButtonAnchor = Anchor
