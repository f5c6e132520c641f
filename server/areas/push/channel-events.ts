import { z } from 'zod'
import { eventType } from '../../base/events.ts'
import { channels } from './ladder.ts'

const channel = z.enum(channels)

/** What may be read in the log about the channels of agents: only changes, never every wake. */
export const channelEvents = {
  changed: eventType('wake-channel.changed', { channel, set: z.boolean() }),
  failing: eventType('wake-channel.failing', { channel, minutes: z.number(), reason: z.string() }),
  recovered: eventType('wake-channel.recovered', { channel }),
  /** An agent answers by another channel than before. */
  switched: eventType('wake-channel.switched', { from: channel, to: channel }),
  /** How often the agents of a unit call by themselves; 0: as the unit above says. */
  rhythm: eventType('wake-rhythm.changed', { minutes: z.number() }),
  /** Whether an admin gave the number of a phone; never which. */
  number: eventType('wake-number.changed', { set: z.boolean() }),
  /** A device cannot be woken by this channel any more, until its agent gives another address. */
  addressDied: eventType('wake-channel.address-died', { channel, reason: z.string() }),
}
