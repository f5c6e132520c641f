/** How the search of an address is read and written: as plain text, so that a filter in the address is the filter people type. */
export const plainSearch = {
  parseSearch: (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (given: Record<string, unknown>): string => {
    const parts = new URLSearchParams()
    for (const [name, value] of Object.entries(given))
      if (value !== undefined && value !== '') parts.set(name, String(value))
    const text = parts.toString()
    return text === '' ? '' : `?${text}`
  },
}
