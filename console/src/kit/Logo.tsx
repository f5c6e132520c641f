/** The mark and the word, one colour. */
export function Logo() {
  return (
    <svg viewBox="0 0 75 16" preserveAspectRatio="xMinYMid slice" role="img" aria-label="Muster">
      <Cells />
      <g fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinejoin="round">
        <path d="M22.9 13.5V2.9L27.55 9.6 32.2 2.9v10.6" />
        <path d="M36.3 5.6v4.55a2.75 2.75 0 0 0 5.5 0V5.6M41.8 5.6v7.9" />
        <path d="M50.6 7.35c-.45-.9-1.35-1.4-2.5-1.4-1.4 0-2.4.7-2.4 1.75 0 2.6 5.2 1.15 5.2 3.75 0 1.15-1.05 1.85-2.65 1.85-1.35 0-2.4-.6-2.9-1.6" />
        <path transform="translate(-.5)" d="M55.5 3.3v7.9a1.85 1.85 0 0 0 1.85 1.85h.95M53.4 6.15h4.9" />
        <path transform="translate(-1)" d="M61.6 9.25h6.2a3.15 3.3 0 1 0-1.1 2.95" />
        <path transform="translate(-1.7)" d="M72.1 13.5V5.6M72.1 9.3c0-1.9 1.2-3.2 3-3.2h.7" />
      </g>
    </svg>
  )
}

const cells = [
  [1, 1],
  [1, 6],
  [1, 11],
  [4, 3],
  [7, 6],
  [10, 3],
  [13, 1],
  [13, 6],
  [13, 11],
] as const

function Cells() {
  return (
    <g fill="currentColor">
      {cells.map(([x, y]) => (
        <rect key={`${x}-${y}`} x={x} y={y} width="2" height="4" rx=".5" />
      ))}
    </g>
  )
}
