import { drawings } from './drawings.ts'

/** The name of a drawing. */
export type IconName = keyof typeof drawings

/** Draws one icon, always beside a word that says the same; readers of the screen hear only the word. */
export function Icon({ name, size }: { name: IconName; size?: number }) {
  const [lines, dots]: readonly [string, string?] = drawings[name]
  const box = size ? { width: size, height: size } : {}
  return (
    <svg className="i" viewBox="0 0 16 16" aria-hidden="true" focusable="false" {...box}>
      {lines && <path d={lines} {...(name === 'queued' ? { strokeDasharray: '2.4 2.51' } : {})} />}
      {dots && <path className="dot" d={dots} />}
    </svg>
  )
}
