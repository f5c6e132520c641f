/** Text as it is searched and compared: compatibility forms joined (full-width, half-width kana), case dropped, spaces single. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}
