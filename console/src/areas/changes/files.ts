/* The files this tab has sent, so that one can be read again in another way without being chosen again. The server keeps none of them. */
const kept = new Map<string, File>()

/** Remembers the file of an import. */
export const keepFile = (id: string, file: File): void => void kept.set(id, file)

/** The file of an import, if this tab sent it. */
export const fileOf = (id: string): File | undefined => kept.get(id)
