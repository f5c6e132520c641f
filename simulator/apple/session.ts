import { bytes, type Dict, decode, dict, str } from '@muster/wire/plist/plist.ts'
import { take } from './behavior.ts'
import { CheckinRefused, updateToken } from './checkin.ts'
import {
  type Account,
  type AppleDevice,
  type Channel,
  channelOf,
  channels,
  comeOnline,
  type Conversation,
  type Enrollment,
  forgetEnrollment,
  later,
} from './device.ts'
import { answerTo } from './commands/commands.ts'
import type { Answer } from './commands/order.ts'
import { type Reply, Unreachable } from './http.ts'
import { noteExecuted, noteTrouble } from './ledger.ts'
import { pack, text, transmit } from './line.ts'

/**
 * Calls the server and obeys its commands until it has no more, as after a push. A channel holds one conversation at
 * a time; calling again meanwhile makes it look once more at the end. Resolves, never rejects, when the network fails.
 */
export function connect(device: AppleDevice, account?: Account): Promise<Conversation> {
  const { enrollment } = device
  if (enrollment === undefined) return Promise.resolve({ commands: 0, ended: 'not-enrolled', status: 0 })
  if (!device.online) return Promise.resolve({ commands: 0, ended: 'offline', status: 0 })
  const channel = channelOf(enrollment, account)
  if (channel.talking !== undefined) {
    channel.again = true
    return channel.talking
  }
  channel.talking = converse(device, enrollment, account).finally(() => {
    channel.talking = undefined
  })
  return channel.talking
}

/** Waits until no channel of the device is talking any more. */
export async function settled(device: AppleDevice): Promise<void> {
  const talking = channels(device).flatMap(({ talking }) => (talking === undefined ? [] : [talking]))
  if (talking.length === 0) return
  await Promise.all(talking)
  return settled(device)
}

/** Somebody enters the passcode, or on a Mac locked by command the PIN; a deferred channel calls by itself. */
export function unlock(device: AppleDevice, pin?: string): boolean {
  const { interior, enrollment } = device
  if (interior.lockPin !== undefined && interior.lockPin !== pin) return false
  const wasPinned = interior.lockPin !== undefined
  interior.lockPin = undefined
  interior.lockMessage = undefined
  interior.locked = false
  if (wasPinned) comeOnline(device)
  if (enrollment === undefined) return true
  // Apple: after NotNow the device polls by itself once the obstacle is gone.
  for (const account of [undefined, ...enrollment.accounts.values()])
    if (channelOf(enrollment, account).deferred) void connect(device, account)
  return true
}

async function converse(device: AppleDevice, enrollment: Enrollment, account?: Account): Promise<Conversation> {
  const channel = channelOf(enrollment, account)
  const total: Conversation = { commands: 0, ended: 'empty', status: 0 }
  do {
    channel.again = false
    const one = await converseOnce(device, enrollment, account)
    total.commands += one.commands
    total.ended = one.ended
    total.status = one.status
  } while (channel.again && total.ended === 'empty' && device.enrollment === enrollment)
  const troubled = total.ended === 'unreachable' || total.status >= 500 || total.status === 429
  if (troubled) retryLater(device, enrollment, account)
  else retries.delete(channel)
  return total
}

async function converseOnce(device: AppleDevice, enrollment: Enrollment, account?: Account): Promise<Conversation> {
  const channel = channelOf(enrollment, account)
  const seen: Conversation = { commands: 0, ended: 'empty', status: 0 }
  let answer: Answer | undefined = { message: { Status: 'Idle' } } // what the device has to say next
  let wordOfTheDay = 'Idle' // the last Status said, which decides about polling
  try {
    // A token the server has not confirmed, as after a renewal that broke off, goes first.
    if (!channel.confirmed) await updateToken(device, enrollment, account)
    while (answer !== undefined) {
      const sent: Answer = answer
      wordOfTheDay = text(sent.message.Status)
      const reply = await say(device, { enrollment, account, answer: sent })
      seen.status = reply.status
      const verdict = await judge(device, enrollment, { reply, account })
      if (verdict !== undefined) return { ...seen, ended: verdict }
      answer =
        reply.body.length === 0 || device.enrollment !== enrollment ? undefined : await obey(device, reply, account)
      if (answer !== undefined) seen.commands += 1
      if (seen.commands >= (device.options.commandLimit ?? 2000)) {
        noteTrouble(device.ledger, 'the server never stops giving commands')
        return { ...seen, ended: 'refused' }
      }
    }
    channel.deferred = wordOfTheDay === 'NotNow'
    return { ...seen, ended: device.enrollment === enrollment ? 'empty' : 'unenrolled' }
  } catch (error) {
    if (error instanceof CheckinRefused) return { ...seen, ended: 'refused', status: error.status }
    if (error instanceof Unreachable) return { ...seen, ended: 'unreachable', status: 0 }
    noteTrouble(device.ledger, `the device itself failed: ${String(error)}`)
    throw error
  }
}

async function say(
  device: AppleDevice,
  { enrollment, account, answer }: { enrollment: Enrollment; account: Account | undefined; answer: Answer },
): Promise<Reply> {
  const status = text(answer.message.Status)
  const packet = pack(device, enrollment, answer.message, {
    message: status,
    requestType: answer.requestType,
    commandUuid: str(answer.message, 'CommandUUID'),
    account,
  })
  try {
    return await transmit(device, packet)
  } finally {
    // An erase or a removal happens whether or not the server saw the acknowledgment.
    await answer.afterwards?.()
  }
}

/** What a reply that is not 2xx means to a device. */
async function judge(
  device: AppleDevice,
  enrollment: Enrollment,
  { reply, account }: { reply: Reply; account: Account | undefined },
): Promise<Conversation['ended'] | undefined> {
  if (reply.status >= 200 && reply.status < 300) return undefined
  const code = errorCode(reply)
  // Apple: 401 on this channel, or 403 with this code, removes the profile.
  if (reply.status === 401 || (reply.status === 403 && code === 'com.apple.unrecognized.device')) {
    noteTrouble(device.ledger, `un-enrolled by ${reply.status}`)
    if (device.enrollment === enrollment) forgetEnrollment(device)
    return 'unenrolled'
  }
  if (reply.status === 410 && account !== undefined) enrollment.accounts.delete(account.shortName)
  return 'refused'
}

function errorCode(reply: Reply): string | undefined {
  try {
    const text = Buffer.from(reply.body).toString()
    return text.startsWith('{') ? String(JSON.parse(text).code) : str(dict(decode(reply.body)), 'code')
  } catch {
    return undefined
  }
}

async function obey(device: AppleDevice, reply: Reply, account: Account | undefined): Promise<Answer | undefined> {
  const order = readOrder(device, reply)
  if (order === undefined) return undefined
  const { commandUuid, requestType, command } = order
  if (take(device.behavior, ['never-answer'], [requestType])) return undefined
  const deviation = take(device.behavior, ['not-now', 'error', 'format-error'], [requestType])
  const answer = await answerTo(device, { commandUuid, requestType, command, account, deviation })
  const status = text(answer.message.Status)
  if (device.interior.locked) unlockLater(device)
  noteExecuted(device.ledger, { commandUuid, requestType, account: account?.shortName }, status)
  return { ...answer, requestType }
}

const unlocking = new WeakSet<AppleDevice>()

/** The owner picks up a locked device some time after; nobody enters the PIN of a Mac. */
function unlockLater(device: AppleDevice): void {
  const { unlockAfterMs } = device.options
  if (unlockAfterMs === undefined || unlocking.has(device)) return
  unlocking.add(device)
  later(device, unlockAfterMs, () => {
    unlocking.delete(device)
    if (device.interior.lockPin === undefined && device.interior.lostMode === undefined) unlock(device)
  })
}

function readOrder(
  device: AppleDevice,
  reply: Reply,
): { commandUuid: string; requestType: string; command: Dict } | undefined {
  try {
    const body = dict(decode(reply.body))
    const commandUuid = str(body, 'CommandUUID') ?? bytes(body, 'CommandUUID')?.toString()
    if (commandUuid === undefined) throw new Error('no CommandUUID')
    const command = body.Command === undefined ? {} : dict(body.Command)
    return { commandUuid, command, requestType: str(command, 'RequestType') ?? '' }
  } catch (error) {
    // Without a UUID there is nothing to answer to; a device gives up the conversation.
    noteTrouble(device.ledger, `an unreadable command: ${String(error)}`)
    return undefined
  }
}

const retries = new WeakMap<Channel, number>()

function retryLater(device: AppleDevice, enrollment: Enrollment, account: Account | undefined): void {
  const { retryMs } = device.options
  if (retryMs === undefined) return
  const channel = channelOf(enrollment, account)
  const failures = (retries.get(channel) ?? 0) + 1
  retries.set(channel, failures)
  const wait = Math.min(retryMs * 2 ** (failures - 1), retryMs * 60)
  later(device, wait * (0.5 + Math.random() / 2), () => {
    if (device.enrollment === enrollment) void connect(device, account)
  })
}
