import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import * as changes from './areas/changes/index.ts'
import * as certificates from './areas/certificates/index.ts'
import * as commands from './areas/commands/index.ts'
import * as devices from './areas/devices/index.ts'
import * as enrollment from './areas/enrollment/index.ts'
import * as identity from './areas/identity/index.ts'
import * as apps from './areas/apps/index.ts'
import * as blueprints from './areas/blueprints/index.ts'
import * as policies from './areas/policies/index.ts'
import * as previews from './areas/previews/index.ts'
import * as push from './areas/push/index.ts'
import * as reconcile from './areas/reconcile/index.ts'
import * as rollouts from './areas/rollouts/index.ts'
import * as roster from './areas/roster/index.ts'
import * as views from './areas/views/index.ts'
import { followSealed, startAnchors } from './areas/audit/index.ts'
import * as guard from './areas/guard/index.ts'
import * as privacy from './areas/privacy/index.ts'
import * as hours from './areas/hours/index.ts'
import * as custody from './areas/custody/index.ts'
import * as location from './areas/location/index.ts'
import * as incidents from './areas/incidents/index.ts'
import * as intakes from './areas/intakes/index.ts'
import * as compliance from './areas/compliance/index.ts'
import * as alerts from './areas/alerts/index.ts'
import * as updates from './areas/updates/index.ts'
import * as portal from './areas/portal/index.ts'
import * as reports from './areas/reports/index.ts'
import { joinEscrow } from './escrowing.ts'
import { joinGuard } from './guarding.ts'
import type { Event } from './base/events.ts'
import { buildHttp, type Edge } from './base/http.ts'
import { startSealing } from './base/seal.ts'
import { serveConsole } from './base/static.ts'
import type { Base } from './base/transact.ts'
import { startJobs, type Worker } from './base/worker.ts'
import { closeHttp, secure } from './closing.ts'
import { kinds as appleKinds } from './platforms/apple/commands/kinds.ts'
import { enrolling as appleEnrolling } from './platforms/apple/enroll.ts'
import { receiving as appleReceiving } from './platforms/apple/ade/receiving.ts'
import { wakeWorker as wakeAde } from './platforms/apple/ade/work.ts'
import { leaving as appleLeaving } from './platforms/apple/ending.ts'
import { stripAnswer } from './platforms/apple/keeping.ts'
import { deviceProblem } from './platforms/apple/problem.ts'
import { carrier as agentCarrier } from './platforms/agent/carrier.ts'
import { kinds as agentKinds } from './platforms/agent/commands/kinds.ts'
import { leaving as agentLeaving } from './platforms/agent/leaving.ts'
import { enrolling as agentEnrolling } from './platforms/agent/page.ts'
import { road as agentRoad } from './platforms/agent/road.ts'
import { purge as purgeAgent } from './platforms/agent/keeping.ts'
import { agentProblem } from './platforms/agent/problem.ts'
import { androidTemplates } from './platforms/agent/templates.ts'
import { carrier as androidCarrier } from './platforms/android/carrier.ts'
import { demandEmpty } from './platforms/android/closing.ts'
import { enrolling as androidEnrolling } from './platforms/android/enrolling.ts'
import { kinds as androidKinds } from './platforms/android/kinds.ts'
import { leaving as androidLeaving } from './platforms/android/leaving.ts'
import { road as androidRoad } from './platforms/android/road.ts'
import { callDevice as callAndroid, wakeWorker as wakeAndroid } from './platforms/android/wake.ts'
import { stalledTrouble } from './platforms/apple/ddm/stall.ts'
import { readAgentFile } from './platforms/agent/app-file.ts'
import { readAppleFile } from './platforms/apple/apps/file.ts'
import { appleManifest } from './platforms/apple/apps/manifest.ts'
import { carrier as appleCarrier } from './platforms/apple/deliver/carrier.ts'
import { readProfile } from './platforms/apple/policies/profile-import.ts'
import { tender as appleTender } from './platforms/apple/setup/tend.ts'
import { appleTies } from './platforms/apple/policies/ties.ts'
import { vendor } from './platforms/apple/policies/vendor.ts'
import { vendor as androidVendor } from './platforms/android/policies/vendor.ts'
import { purge as purgeApple } from './platforms/apple/purge.ts'
import { refreshFeed } from './platforms/apple/updates/feed-job.ts'
import { appleUpdating } from './platforms/apple/updates/updating.ts'
import { iosTemplates } from './platforms/apple/rules/catalog/ios.ts'
import { macosTemplates } from './platforms/apple/rules/catalog/macos.ts'
import { lookNow as lookAtContent } from './platforms/apple/content/work.ts'
import { followers, jobs, routes } from './rooms.ts'

export { jobs, routes } from './rooms.ts'
export { secure } from './closing.ts'
export { openBase } from './opening.ts'

privacy.modeBy(enrollment.modeOf)
privacy.countBy(devices.census)
privacy.purgeBy(devices.purge, commands.purge, enrollment.purge, location.purge, push.purge, purgeApple, purgeAgent)
privacy.examineBy(devices.probes, commands.probes)
devices.stripBy(stripAnswer)
joinGuard()
joinEscrow()
identity.occupy(devices.occupant)
identity.occupy(devices.ruleOccupant)
identity.occupy(changes.occupant)
identity.occupy(enrollment.occupant)
identity.occupy(policies.occupant)
identity.occupy(policies.secretOccupant)
identity.occupy(apps.occupant)
identity.occupy(blueprints.occupant)
identity.occupy(hours.occupant)
identity.occupy(blueprints.assignmentOccupant)
identity.occupy(previews.occupant)
policies.offerUse(blueprints.policyUse)
policies.offerUse({ rollouts: rollouts.rolloutsAmong })
identity.occupy(rollouts.occupant)
identity.occupy(alerts.occupant)
identity.occupy(reports.occupant)
rollouts.gradeBy(reconcile.faringOf)
policies.offerUse(reconcile.policyUse)
identity.occupy(compliance.occupant)
devices.watchFacts(compliance.changed)
compliance.trustTimeBy(guard.timeTrusted)
compliance.offerTemplates([...iosTemplates, ...macosTemplates, ...androidTemplates])
enrollment.offer([appleEnrolling, agentEnrolling, androidEnrolling])
enrollment.tendBy('apple', appleTender)
reconcile.carryBy(appleCarrier)
reconcile.carryBy(agentCarrier)
reconcile.carryBy(androidCarrier)
push.speakBy(callAndroid)
apps.readBy(readAgentFile)
apps.readBy(readAppleFile)
apps.describeBy(['ipa', 'pkg'], appleManifest)
apps.tieBy(appleTies)
policies.offerRoad(agentRoad)
policies.offerRoad(androidRoad)
commands.offer('apple', appleKinds)
commands.offer('agent', agentKinds)
commands.offer('android', androidKinds)
commands.leaveBy('apple', appleLeaving)
commands.leaveBy('agent', agentLeaving)
commands.leaveBy('android', androidLeaving)
identity.occupy(incidents.occupant)
identity.occupy(intakes.occupant)
enrollment.greetBy(intakes.greet)
enrollment.tellBy(intakes.knock)
enrollment.expectBy(devices.knownBySerial)
enrollment.expectBy(intakes.expects)
enrollment.expectBy(async (ctx, serial) => (await roster.expected(ctx, serial)) !== null)
views.offerTroubles([stalledTrouble])
policies.offerKinds(policies.ours)
policies.offerKinds(vendor)
policies.offerKinds(androidVendor)
policies.offerImport(readProfile)
policies.lookBy(policies.appKind, apps.appFindings)
identity.occupy(roster.occupant)
roster.receiveBy(appleReceiving)
roster.speakBy('content', lookAtContent)
roster.speakBy('devices', (ctx, program) =>
  program.platform === 'android' ? wakeAndroid(ctx, program) : wakeAde(ctx, program),
)
roster.releaseBy(demandEmpty)
const choose: updates.Chooser = async (ctx, filter, cursor, limit) => {
  const query = { filter, limit, sort: 'serial', cursor: cursor ?? undefined }
  const { items, next } = await views.pageOfDevices(ctx, query)
  return { ids: items.map(d => d.id), next }
}
commands.chooseBy(choose)
updates.chooseBy(choose)
updates.offerUpdating(appleUpdating)
updates.refreshBy(refreshFeed)
identity.occupy(updates.occupant)

/** Who a cookie or a key belongs to, and how platforms say problems to devices. */
export const edge: Omit<Edge, 'routes' | 'tls'> = {
  authenticate: identity.authenticate,
  visiting: portal.visiting,
  refuse: guard.refuseWhileFrozen,
  deviceProblem: (path, error) => (path.startsWith('/agent/') ? agentProblem(error) : deviceProblem(path, error)),
}

/** A server that runs: the base below it, its HTTP edge, its loops. */
export interface Server {
  base: Base
  http: Awaited<ReturnType<typeof buildHttp>>
  worker: Worker
  sealing: ReturnType<typeof startSealing>
  anchors: ReturnType<typeof startAnchors>
  watch: guard.Watch
  /** Called with every sealed batch, in order. Answers how to stop listening. */
  onSealed(listener: (events: readonly Event[]) => void): () => void
  stop(): Promise<void>
}

/** Joins base, areas and platforms into a server that does not listen yet. */
export async function joinServer(
  base: Base,
  options: { tls?: Edge['tls']; pollMs?: number | null; still?: boolean; console?: string } = {},
): Promise<Server> {
  const listeners = new Set<(events: readonly Event[]) => void>()
  const sealed = async (events: readonly Event[]): Promise<void> => {
    for (const listener of listeners) listener(events)
    await reconcile.onSealed(base, events)
    for (const follower of followers) await follower.onSealed(base, events)
  }
  const sealing = startSealing(base, randomUUID(), sealed, options.still)
  reconcile.measure(base)
  alerts.measure(base)
  custody.measure(base)
  const watch = await guard.startWatch(base, { timer: options.pollMs !== null })
  const worker = startJobs(base, jobs, {
    pollMs: options.pollMs === undefined ? 1000 : options.pollMs,
    still: options.still === true,
  })
  const onSealed: Server['onSealed'] = listener => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  await privacy.startPrivacy(base)
  const endStreams = followSealed(base, onSealed)
  const anchors = startAnchors(base, onSealed)
  const http = await buildHttp(base, { ...edge, routes, tls: options.tls ?? null })
  await serveConsole(http, options.console ?? join(import.meta.dirname, '../console/dist'), base.config.mapTiles)
  return {
    base,
    http,
    worker,
    sealing,
    anchors,
    watch,
    onSealed,
    stop: async () => {
      endStreams()
      push.closeHub(base.secrets)
      await closeHttp(http)
      await previews.endPreviews(base.secrets)
      await devices.flushSeen(base)
      await worker.stop()
      await watch.stop()
      push.closeLines(base.secrets)
      await sealing.stop()
      await anchors.stop()
      await base.engine.close()
    },
  }
}

/** A second listener for devices alone, which asks for their client certificate in TLS; platforms judge it. It takes renewed certificates. Answers how to close it. */
export async function serveDevices(
  server: Server,
  listen: { host: string; port: number },
  tls: certificates.ServerTls,
): Promise<() => Promise<void>> {
  const only = routes.filter(r => r.plane === 'device' || r.plane === 'public')
  const { cert, key } = tls
  const http = await buildHttp(server.base, { ...edge, routes: only, tls: { cert, key, requestCert: true } })
  await http.listen(listen)
  const unwatch = certificates.watchServerTls(server.base, tls, fresh => secure(http, fresh))
  return () => {
    unwatch()
    push.closeHub(server.base.secrets)
    return closeHttp(http)
  }
}
