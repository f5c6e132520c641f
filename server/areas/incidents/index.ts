/**
 * A lost or stolen device, from report to closing record, with the standing orders that outlive every restart. Reporting picks what is right for
 * this device and does it at once; everything that is done, seen and said about it is in one record that the sealed log proves.
 */
export { incidentEvents, orderEvents } from './events.ts'
export { firstFor } from './first.ts'
export { follower } from './follow.ts'
export { type Incident, incidentStates, openOf as openFor } from './incident.ts'
export { occupant } from './occupant.ts'
export { type Report, report } from './report.ts'
