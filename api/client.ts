import createClient, { type Client } from 'openapi-fetch'
import type { paths, Problem } from './schema.d.ts'

export type { paths, Problem }

/** A typed client of the API. Give a key for use outside the browser; inside, the session cookie goes along by itself. */
export function client(options: { url: string; key?: string; fetch?: typeof fetch }): Client<paths> {
  const headers = options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }
  return createClient<paths>({ baseUrl: options.url, headers, ...(options.fetch ? { fetch: options.fetch } : {}) })
}
