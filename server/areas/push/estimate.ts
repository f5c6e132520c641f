import { z } from 'zod'
import { type Channel, channels } from './ladder.ts'

/*
 * What an agent costs a phone: traffic from the sizes of its messages, which a test measures, and battery from published measurements of radios. It is
 * what the agent alone would cost; other apps that use the radio at the same time make it less.
 */

/** Bytes that go over the line, both ways together. */
export const sizes = {
  /** A contact with nothing to report, with its headers and its proof. */
  contact: 1300,
  /** A new connection: TCP, TLS 1.3 with a chain of two certificates, and its end. */
  connection: 4600,
  /** A request that is held open, and its empty answer, on a connection that stands. */
  wait: 620,
  /** PINGREQ and PINGRESP with TLS, TCP and IP around them. */
  ping: 250,
}

/** The least seconds between two signs of life on an open line: what networks tolerate. */
const keepAliveSeconds = 240
const daySeconds = 86_400

/** Joules to send a little: the radio wakes, works and stays up for its tail; and the processor is awake for it. */
const joules = { mobile: 12, wifi: 1 }
/** A middling battery: 5000 mAh at 3.85 V. */
const battery = { mAh: 5000, volts: 3.85 }

const mix = z.object({
  channel: z
    .enum(channels)
    .describe('poll: calling by itself alone. Others: this channel, and calling by itself beside it.'),
  radioWakes: z.number().describe('In a day.'),
  kB: z.number().describe('In a day, both ways.'),
  mobile: z.object({ mAh: z.number(), percent: z.number() }).describe('In a day, over a mobile network.'),
  wifi: z.object({ mAh: z.number(), percent: z.number() }).describe('In a day, over Wi-Fi.'),
})

/** What a rhythm costs by each channel, and what that rests on. */
export const estimateShape = z.object({
  items: z.array(mix),
  assumed: z.object({
    batteryMAh: z.number(),
    volts: z.number(),
    joulesMobile: z.number(),
    joulesWifi: z.number(),
    keepAliveSeconds: z.number(),
    contactBytes: z.number(),
    connectionBytes: z.number(),
  }),
})
export type Estimate = z.output<typeof estimateShape>

/** The channels whose cost differs: those of a vendor ride on a line that the phone keeps anyway. */
const compared: readonly Channel[] = ['poll', 'mqtt', 'wait', 'fcm']

/** Estimates a day of an agent that has nothing to report. Pure. */
export function estimateOf({ everyMs, jitterPercent }: { everyMs: number; jitterPercent: number }): Estimate {
  const contacts = (daySeconds * 1000) / (everyMs * (1 + jitterPercent / 200))
  const signs = daySeconds / keepAliveSeconds
  const between: Partial<Record<Channel, { wakes: number; bytes: number }>> = {
    mqtt: { wakes: signs, bytes: signs * sizes.ping },
    wait: { wakes: signs, bytes: signs * sizes.wait },
  }
  return {
    items: compared.map(channel => {
      const { wakes, bytes } = between[channel] ?? { wakes: 0, bytes: 0 }
      const radioWakes = contacts + wakes
      const cost = (each: number) => {
        const mAh = (radioWakes * each) / battery.volts / 3.6
        return { mAh: rounded(mAh), percent: rounded((mAh / battery.mAh) * 100) }
      }
      const kB = (contacts * (sizes.contact + sizes.connection) + bytes) / 1000
      return {
        channel,
        radioWakes: Math.round(radioWakes),
        kB: rounded(kB),
        mobile: cost(joules.mobile),
        wifi: cost(joules.wifi),
      }
    }),
    assumed: {
      batteryMAh: battery.mAh,
      volts: battery.volts,
      joulesMobile: joules.mobile,
      joulesWifi: joules.wifi,
      keepAliveSeconds,
      contactBytes: sizes.contact,
      connectionBytes: sizes.connection,
    },
  }
}

/** Two digits that mean something are enough for an estimate. */
function rounded(value: number): number {
  return Number(value.toPrecision(2))
}
