/** Text as it is searched and compared: compatibility forms joined (full-width, half-width kana), case dropped, spaces single. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

/** Text as parts of it are looked for: folded, and with accents and the two kana scripts made one. */
export function searchable(text: string): string {
  const bare = fold(text)
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
  return bare.replaceAll(/[\u30a1-\u30f6]/g, kana => String.fromCharCode(kana.charCodeAt(0) - 0x60))
}
