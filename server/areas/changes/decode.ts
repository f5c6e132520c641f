/** How the text of a file may be written. Windows-1252 is what Excel of Western Europe means by CSV. */
export const encodings = ['utf-8', 'shift_jis', 'windows-1252', 'utf-16le', 'utf-16be'] as const
export type Encoding = (typeof encodings)[number]

/** The text of a file, how it was taken to be written, and whether that was said, marked or guessed. */
export interface Decoded {
  text: string
  encoding: Encoding
  known: 'said' | 'marked' | 'guessed'
}

/** Reads the bytes of a file: as said, as its mark says, as UTF-8 if it is that, else as Shift_JIS (CP932) or Windows-1252 by its bytes. What has no meaning becomes U+FFFD. */
export function decodeText(bytes: Uint8Array, said: Encoding | null): Decoded {
  const marked = markOf(bytes)
  const encoding = said ?? marked ?? guess(bytes)
  const known = said !== null ? 'said' : marked !== null ? 'marked' : 'guessed'
  // A mark is not part of the text whatever was said.
  return { text: new TextDecoder(encoding).decode(bytes), encoding, known }
}

function markOf(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

function guess(bytes: Uint8Array): Encoding {
  if (readsAs('utf-8', bytes)) return 'utf-8'
  return readsAs('shift_jis', bytes) && looksJapanese(bytes) ? 'shift_jis' : 'windows-1252'
}

function readsAs(encoding: Encoding, bytes: Uint8Array): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

// Every kana and the first level of kanji begin with 0x81 to 0x9F, which in Windows-1252 are typographic signs that names hardly hold;
// half-width kana are long runs of 0xA1 to 0xDF, where Windows-1252 has single letters between plain ones.
function looksJapanese(bytes: Uint8Array): boolean {
  let high = 0
  let leads = 0
  let run = 0
  let longRuns = 0
  for (const byte of bytes) {
    if (byte < 0x80) {
      run = 0
      continue
    }
    high += 1
    if (byte >= 0x81 && byte <= 0x9f) leads += 1
    run = byte >= 0xa1 && byte <= 0xdf ? run + 1 : 0
    if (run === 3) longRuns += 1
  }
  return leads * 20 > high || longRuns * 20 > high
}
