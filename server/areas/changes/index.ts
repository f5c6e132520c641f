/**
 * Many changes as one: files that are brought in, and moves that are planned. Each is first shown whole, with what is wrong and what it would do
 * to devices; then carried out in pages in the background, every line exactly once, with what is needed to take it back; and can be taken back
 * for 72 hours. A page is one transaction and where it stands is stored with it, so that a process may end between any two.
 */
export { changeEvents, importEvents } from './events.ts'
export { occupant } from './occupant.ts'
export { decodeText } from './decode.ts'
export { columnsFor } from './header.ts'
export { type FileRecord, recordsIn, separatorOf, textOf, Unreadable } from './reading.ts'
