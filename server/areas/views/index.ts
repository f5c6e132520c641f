/**
 * What the screens show: lists, pages of one device, home, search, saved views and exports. Read-only joins over the tables of every area,
 * always within what the reader may see. Nothing here changes anything but the saved views themselves.
 */
export { offerTroubles, type Trouble } from './decisions.ts'
export { type DeviceRow, deviceRowShape } from './device-row.ts'
export { countDevices, listDevices, pageOfDevices } from './device-list.ts'
export { viewEvents } from './events.ts'
export { checkPastFilter, countPast, pageOfPast, type PastRow, readAsOf, readBegin, readEnd } from './past.ts'
export { shownOf } from './past-page.ts'
export { pastFacts } from './past-store.ts'
export { csvLine, type CsvEncoding, csvEncodings, encodeCsv } from './csv.ts'
