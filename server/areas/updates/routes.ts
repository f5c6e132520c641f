import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { listQuery, listReply } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import { platforms } from '../devices/index.ts'
import * as acts from './acts.ts'
import { type Campaign, campaignFor, prepare, remove } from './campaign.ts'
import { foreseen, foresightShape, seenShape } from './foresight.ts'
import { refresh } from './refresh.ts'
import { releases } from './release.ts'
import {
  campaignChange,
  campaignShape,
  campaignWish,
  faringShape,
  ofDeviceShape,
  overviewShape,
  pointsReply,
  releaseShape,
  standingShape,
} from './shapes.ts'
import {
  listCampaigns,
  listDevicesOf,
  listStandings,
  ofDevice,
  overview,
  pointsOf,
  shownCampaign,
  shownRelease,
} from './shown.ts'

const params = z.object({ id: z.string().max(64) })
const reading = 'updates:read'
const writing = 'updates:write'

const versions: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/updates',
    permission: reading,
    summary: 'The newest versions of systems, and how many devices have them.',
    reply: overviewShape,
    run: ctx => overview(ctx),
  }),
  route({
    method: 'GET',
    path: '/api/v1/updates/releases',
    permission: reading,
    summary: 'Every version of systems that vendors offer or offered, newest first.',
    query: z.object({ platform: z.enum(platforms).optional() }),
    reply: z.object({ items: z.array(releaseShape) }),
    run: async (ctx, { query }) => ({ items: (await releases(ctx, query.platform)).slice(0, 500).map(shownRelease) }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/updates/devices',
    permission: reading,
    summary: 'Devices by how they stand to the newest version of their platform.',
    query: listQuery,
    reply: listReply(standingShape),
    run: (ctx, { query }) => listStandings(ctx, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/updates/refresh',
    permission: writing,
    summary: 'Asks the vendors for their lists of versions soon.',
    status: 202,
    run: async ctx => {
      await refresh(ctx)
      return undefined
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/updates',
    permission: 'devices:read',
    summary: 'How one device stands to versions, and in which campaigns.',
    params,
    reply: ofDeviceShape,
    run: (ctx, { params: { id } }) => ofDevice(ctx, id),
  }),
]

const act = (verb: string, summary: string, what: (ctx: Ctx, id: string) => Promise<Campaign>): Route =>
  route({
    method: 'POST',
    path: `/api/v1/campaigns/:id/${verb}`,
    permission: writing,
    summary,
    params,
    reply: campaignShape,
    run: async (ctx, { params: { id } }) => shownCampaign(ctx, await what(ctx, id)),
  })

const campaigns: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/campaigns',
    permission: reading,
    summary: 'Campaigns that bring versions of systems to devices, newest first.',
    query: listQuery,
    reply: listReply(campaignShape),
    run: (ctx, { query }) => listCampaigns(ctx, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/campaigns',
    permission: writing,
    summary: 'Prepares a campaign: finds out who can take the version. Nothing reaches a device before it is started.',
    body: campaignWish,
    status: 201,
    reply: campaignShape,
    run: async (ctx, { body }) => {
      const { watchMinutes, stopAbovePercentFailed, ...terms } = body.terms
      const wish = {
        ...body,
        terms: { ...terms, watchMs: watchMinutes * 60_000, stopAbovePercent: stopAbovePercentFailed },
      }
      return shownCampaign(ctx, await prepare(ctx, wish))
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/campaigns/:id',
    permission: reading,
    summary: 'One campaign, with what the last look at its devices found.',
    params,
    reply: campaignShape,
    run: async (ctx, { params: { id } }) => shownCampaign(ctx, await campaignFor(ctx, id, reading)),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/campaigns/:id',
    permission: writing,
    summary: 'Changes the note of a campaign, or until when devices have time.',
    params,
    body: campaignChange,
    reply: campaignShape,
    run: async (ctx, { params: { id }, body }) => shownCampaign(ctx, await acts.change(ctx, id, body)),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/campaigns/:id',
    permission: writing,
    summary: 'Forgets a campaign that was never started, or one that is over.',
    params,
    run: async (ctx, { params: { id } }) => {
      await remove(ctx, await campaignFor(ctx, id, writing))
      return undefined
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/campaigns/:id/preview',
    permission: reading,
    summary: 'What a campaign would do: devices by wave, who cannot take it and why, who is away, when the date comes.',
    params,
    reply: z.object({ preview: foresightShape.nullable(), startedWith: foresightShape.nullable() }),
    run: (ctx, { params: { id } }) => foreseen(ctx, id),
  }),
  route({
    method: 'POST',
    path: '/api/v1/campaigns/:id/start',
    permission: writing,
    summary: 'Starts a campaign: the first wave goes out. With what was seen, only if that is still so.',
    params,
    body: z.strictObject({ seen: seenShape.optional() }),
    reply: campaignShape,
    run: async (ctx, { params: { id }, body }) => shownCampaign(ctx, await acts.start(ctx, id, body.seen)),
  }),
  act('pause', 'Holds a campaign where it is; nothing is demanded meanwhile.', acts.pause),
  act('resume', 'Goes on after a pause or a halt; the watch of the wave begins again.', acts.resume),
  act('advance', 'Sends the next wave out before its time.', acts.hurry),
  act('stop', 'Ends a campaign and takes back what it demands; what devices have installed stays.', acts.stop),
  route({
    method: 'GET',
    path: '/api/v1/campaigns/:id/devices',
    permission: reading,
    summary: 'How the devices of a campaign fare, with the reason where one is blocked.',
    params,
    query: listQuery,
    reply: listReply(faringShape),
    run: (ctx, { params: { id }, query }) => listDevicesOf(ctx, id, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/campaigns/:id/points',
    permission: reading,
    summary: 'The burn-down of a campaign: what each look found, oldest first, and when it is likely to be through.',
    params,
    reply: pointsReply,
    run: (ctx, { params: { id } }) => pointsOf(ctx, id),
  }),
  route({
    method: 'POST',
    path: '/api/v1/campaigns/:id/exceptions',
    permission: writing,
    summary: 'Lets a device of a campaign be until a time.',
    params,
    body: z.strictObject({
      device: z.string().max(64),
      reason: z.string().trim().min(1).max(500),
      until: z.int().min(0).max(8_640_000_000_000_000),
    }),
    run: async (ctx, { params: { id }, body }) => {
      await acts.except(ctx, id, body)
      return undefined
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/campaigns/:id/exceptions/:device',
    permission: writing,
    summary: 'Ends the exception of a device before its time.',
    params: z.object({ id: z.string().max(64), device: z.string().max(64) }),
    run: async (ctx, { params: { id, device } }) => {
      await acts.unexcept(ctx, id, device)
      return undefined
    },
  }),
]

/** Every route of this area. */
export const routes: readonly Route[] = [...versions, ...campaigns]
