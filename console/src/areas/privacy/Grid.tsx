import type { ReactNode } from 'react'

/** A table that keeps its columns at any width and scrolls sideways where they do not fit; the first cell of a row is its name. */
export function Grid(props: { caption: string; heads: readonly string[]; rows: readonly (readonly ReactNode[])[] }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: not a set of fields; a name for what scrolls
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="scroll-x" role="group" tabIndex={0} aria-label={props.caption}>
      <table className="t inset reported privacy-grid">
        <caption className="vh">{props.caption}</caption>
        <thead>
          <tr>
            {props.heads.map(head => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows do not change places
            <tr key={row}>
              {cells.map((cell, at) =>
                at === 0 ? (
                  <th key={props.heads[at]} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={props.heads[at]}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
