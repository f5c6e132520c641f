/** Rows chosen one by one, or everything that matches except some. */
export type Selection = { all: false; ids: ReadonlySet<string> } | { all: true; except: ReadonlySet<string> }

/** Nothing chosen. */
export const noSelection: Selection = { all: false, ids: new Set() }

/** Is this row chosen? */
export const isSelected = (selection: Selection, id: string): boolean =>
  selection.all ? !selection.except.has(id) : selection.ids.has(id)

/** How many are chosen out of `total`. */
export const countSelected = (selection: Selection, total: number): number =>
  selection.all ? Math.max(0, total - selection.except.size) : selection.ids.size

/** The selection with these rows chosen or not. */
export function withSelected(selection: Selection, ids: readonly string[], chosen: boolean): Selection {
  const set = new Set(selection.all ? selection.except : selection.ids)
  const add = selection.all ? !chosen : chosen
  for (const id of ids) {
    if (add) set.add(id)
    else set.delete(id)
  }
  return selection.all ? { all: true, except: set } : { all: false, ids: set }
}

/** The ids from one row to another, both included, in either direction. */
export function rangeOf(ids: readonly string[], from: string, to: string): string[] {
  const a = ids.indexOf(from)
  const b = ids.indexOf(to)
  if (b < 0) return []
  if (a < 0) return [to]
  return ids.slice(Math.min(a, b), Math.max(a, b) + 1)
}
