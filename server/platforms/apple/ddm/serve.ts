import type { DeclarativeManagement } from '@muster/wire/apple/checkin.ts'
import {
  classOf,
  declarationsToken,
  decodeEndpoint,
  encodeDeclaration,
  encodeItems,
  encodeTokens,
  type Endpoint,
} from '@muster/wire/apple/declaration.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { Problem, unreachable } from '../../../base/problem.ts'
import type { Reply } from '../../../base/route.ts'
import { opened } from '../deliver/item.ts'
import { giveToken, listed } from './give.ts'
import { ingest } from './ingest.ts'
import { type On, outlookOf } from './outlook.ts'
import * as store from './store.ts'

/** The token of the empty set: what is told to a system that asks and is not known to take declarations. */
const nothing = declarationsToken([])

/**
 * Answers one question of declarative management (Apple: DeclarativeManagement). What is asked one after another fits together, because all of it
 * follows from the same state; when that changes in between, the device notices by the token and asks again. Malformed questions are Problems,
 * never faults: a device repeats for ever what is answered with a fault.
 */
export async function declarative(ctx: Ctx, on: On, message: DeclarativeManagement): Promise<Reply<string | null>> {
  const endpoint = endpointOf(message)
  switch (endpoint.asks) {
    case 'tokens': {
      const given = await giveToken(ctx, on)
      return json(encodeTokens(given?.token ?? nothing, given?.changedAt ?? 0))
    }
    case 'declaration-items': {
      const given = await listed(ctx, on)
      if (given && given.outlook.channel.items_token !== given.token)
        await store.changeChannel(ctx, on, { items_token: given.token, items_at: ctx.now })
      return json(encodeItems(given?.outlook.declared?.declarations ?? [], given?.token ?? nothing))
    }
    case 'declaration':
      return json(await declarationFor(ctx, on, endpoint))
    case 'status':
      if (message.body === undefined) throw new Problem('device.message-malformed', { reason: 'status.absent' })
      await ingest(ctx, on, message.body)
      return { status: 200, body: null }
    default:
      return unreachable(endpoint)
  }
}

function endpointOf({ endpoint }: DeclarativeManagement): Endpoint {
  try {
    return decodeEndpoint(endpoint)
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    throw new Problem('device.message-malformed', { reason: cause.code }, { cause })
  }
}

async function declarationFor(ctx: Ctx, on: On, asked: Endpoint & { asks: 'declaration' }): Promise<string> {
  const { declared } = await outlookOf(ctx, on)
  const found = declared?.declarations.find(
    d => asked.identifiers.includes(d.identifier) && classOf(d.type) === asked.of,
  )
  // Apple: what is answered with 404 the device drops.
  if (!found) throw new Problem('device.declaration-unknown')
  return encodeDeclaration({ ...found, payload: (await opened(ctx, found.payload)) as typeof found.payload })
}

function json(body: string): Reply<string> {
  return { status: 200, body, type: 'application/json' }
}
