/** An address of this console in the parts the router takes: its path and its search. */
export function partsOfAddress(link: string): { to: string; search: Record<string, string> } {
  const url = new URL(link, 'https://console.invalid')
  return { to: url.pathname, search: Object.fromEntries(url.searchParams) }
}
