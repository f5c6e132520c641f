/**
 * This room asks devices to call home. It keeps the address of every enrollment and account, pushes through the vendor's service,
 * repeats what was not answered ever more rarely, tells a dead address from a refusal and from an outage, and keeps the credentials
 * the vendor knows us by. A wake carries no data and no promise of when: what it is for waits in other rooms.
 */
export { openApns, type Apns, type Outcome, type Push } from './apns.ts'
export {
  adopt,
  currentTopic,
  devicesOnTopic,
  type Past,
  pastCredentials,
  restorePast,
  type Standing,
  standing,
} from './credential.ts'
export { readUpload } from './credential-file.ts'
export { pushEvents } from './events.ts'
export { probe } from './probe.ts'
export { purge } from './purge.ts'
export {
  beginRenewal,
  discardRenewal,
  offerCertificate,
  type Renewal,
  renewal,
  requestFile,
  signedFile,
  signRenewal,
  takeRenewal,
  takeSigned,
  tryRenewal,
} from './renewal.ts'
export { type Broker, startBroker } from './broker.ts'
export { useBroker } from './broker-outside.ts'
export { answered } from './call.ts'
export { channelEvents } from './channel-events.ts'
export { type ChannelKey, channelKey } from './channel-key.ts'
export { reachOf, reachShape } from './channel-state.ts'
export { closeHub, waitFor, waitingNow } from './hub.ts'
export { type Channel, channels, patienceMs } from './ladder.ts'
export { numberShape, setNumber } from './number.ts'
export { type AgentChannels, type AgentReach, channelsFor, setReach } from './reach.ts'
export { type Rhythm, rhythmOf, usual } from './rhythm.ts'
export { sizes } from './estimate.ts'
export { type MadeRequest, makeRequest } from './request.ts'
export { putService, putVendor, readVendor, removeSigner, type Signer, signers } from './signer.ts'
export { identityNow } from './identity.ts'
export { type Latencies, latencies } from './latency.ts'
export { closeLines } from './line.ts'
export { type Speaker, speakBy } from './speaker.ts'
export { contacted, removeAddress, setAddress, stateOf, wake, type WakeAddress, type WakeState } from './wake.ts'
