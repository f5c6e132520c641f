import type pg from 'pg'

/**
 * Statements on the way to the database. Those whose answer nobody needs are sent together with the next one that is waited for:
 * half as many journeys per request. Their failure is remembered with whose it was.
 */
export class Flow {
  readonly #client: pg.PoolClient
  readonly #stream: { cork(): void; uncork(): void }
  #corked = false
  #last: Promise<unknown> = Promise.resolve()
  /** Every statement is waited for. */
  careful = false
  /** Whose statements are being sent. */
  of: unknown = null
  /** The first failure nobody waited for. */
  failure: { error: unknown; of: unknown } | null = null

  constructor(client: pg.PoolClient) {
    this.#client = client
    this.#stream = (client as unknown as { connection: { stream: { cork(): void; uncork(): void } } }).connection.stream
  }

  /** Sends a statement without waiting; it may leave later, together with others. */
  post(query: string | pg.QueryConfig): void {
    if (!this.#corked) this.#stream.cork()
    this.#corked = true
    const { of } = this
    this.#last = this.#client.query(query as string).catch((error: unknown) => {
      this.failure ??= { error, of }
    })
  }

  /** Sends a statement, with all that was posted before, and waits for its answer. */
  ask(query: string | pg.QueryConfig): Promise<pg.QueryResult> {
    const asked = this.#client.query(query as string)
    this.#send()
    return asked
  }

  /** Waits until all that was posted is answered. */
  async settled(): Promise<void> {
    this.#send()
    await this.#last
  }

  #send(): void {
    if (this.#corked) this.#stream.uncork()
    this.#corked = false
  }
}
