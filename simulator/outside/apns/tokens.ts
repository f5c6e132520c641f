import type { Push, Refusal } from './push.ts'
import { refuse } from './push.ts'

/** Called when a push reaches the device; gets the PushMagic it carried. */
export type Wake = (magic: string) => void

/** One device's line to the push service. */
export interface Registration {
  /** From now on pushes are kept, only the last one, as APNs does. */
  offline(): void
  /** The kept push, if it has not expired, is delivered now. */
  online(): void
  /** The token is dead: pushes to it are answered 410 Unregistered. */
  remove(): void
}

/** Anything a virtual device can register its push token with: the service itself or a connection to it. */
export interface WakeSource {
  register(token: Uint8Array | string, wake: Wake, options?: { topic?: string }): Registration
}

interface Entry {
  wake: Wake
  topic: string | undefined
  online: boolean
  kept: Push | undefined
  removedAt: number | undefined
}

/** The tokens a push service knows, who listens on them, and the last push of those that are offline. */
export class Tokens implements WakeSource {
  readonly #entries = new Map<string, Entry>()

  register(token: Uint8Array | string, wake: Wake, options: { topic?: string } = {}): Registration {
    const hex = typeof token === 'string' ? token.toLowerCase() : Buffer.from(token).toString('hex')
    const entry: Entry = { wake, topic: options.topic, online: true, kept: undefined, removedAt: undefined }
    this.#entries.set(hex, entry)
    return {
      offline: () => {
        entry.online = false
      },
      online: () => {
        entry.online = true
        const kept = entry.kept
        entry.kept = undefined
        if (kept !== undefined && kept.expiration * 1000 > Date.now()) entry.wake(kept.magic)
      },
      remove: () => {
        entry.removedAt = Date.now()
        entry.kept = undefined
      },
    }
  }

  /** Why this push cannot be accepted, if so. */
  refuse(push: Push): Refusal | undefined {
    const entry = this.#entries.get(push.token)
    if (entry === undefined) return refuse(400, 'BadDeviceToken')
    if (entry.topic !== undefined && entry.topic !== push.topic) return refuse(400, 'DeviceTokenNotForTopic')
    if (entry.removedAt !== undefined) return { status: 410, reason: 'Unregistered', timestamp: entry.removedAt }
    return undefined
  }

  /** Wakes the device, or keeps the push until it is online again; answers what happened. */
  deliver(push: Push, wakes = 1): 'delivered' | 'kept' | 'dropped' {
    const entry = this.#entries.get(push.token)
    if (entry === undefined || entry.removedAt !== undefined) return 'dropped'
    if (!entry.online) {
      if (push.expiration === 0) return 'dropped'
      entry.kept = push
      return 'kept'
    }
    for (let n = 0; n < wakes; n += 1) setImmediate(() => entry.wake(push.magic))
    return 'delivered'
  }
}
