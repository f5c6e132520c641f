/** An element of a compiled manifest, with its attributes by their bare names. */
export interface Element {
  tag: string
  attributes: Record<string, string>
  children: Element[]
}

/** Reads what `aapt2 dump xmltree` prints of a compiled XML file. */
export function readTree(text: string): Element {
  const top: Element = { tag: '', attributes: {}, children: [] }
  const open: { element: Element; depth: number }[] = [{ element: top, depth: -1 }]
  for (const line of text.split('\n')) {
    const element = /^( *)E: (\S+)/.exec(line)
    if (element) {
      const depth = element[1]?.length ?? 0
      while ((open.at(-1)?.depth ?? -1) >= depth) open.pop()
      const made: Element = { tag: element[2] ?? '', attributes: {}, children: [] }
      open.at(-1)?.element.children.push(made)
      open.push({ element: made, depth })
      continue
    }
    const attribute = /^ *A: (?:\S+:)?(\w+)(?:\(0x[0-9a-f]+\))?=(?:"([^"]*)"|(\S+))/.exec(line)
    const within = open.at(-1)?.element
    if (attribute && within) within.attributes[attribute[1] ?? ''] = attribute[2] ?? attribute[3] ?? ''
  }
  return top
}

/** All elements of that tag, wherever they are. */
export function every(tag: string, within: Element): Element[] {
  return within.children.flatMap(child => [...(child.tag === tag ? [child] : []), ...every(tag, child)])
}
