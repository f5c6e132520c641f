/* What the API says about reports and the past. */
import type { Device } from '../contract.ts'

/** A kind of report of the library. */
export interface ReportKind {
  id: string
  title: string
  about: string
  permission: string
  columns: { id: string; title: string }[]
  usual: string[]
  time: 'then' | 'now' | 'period'
  filtered: boolean
  facts: boolean
}

export type ReportFormat = 'csv' | 'xlsx' | 'pdf' | 'json'

/** When a report is made by itself. */
export interface Schedule {
  every: 'day' | 'week' | 'month'
  day: number
  hour: number
  minute: number
  zone: string
  to: string[]
}

export type ExportState = 'waiting' | 'running' | 'done' | 'failed' | 'canceled' | 'expired'

/** A saved report. */
export interface SavedReport {
  id: string
  name: string
  unit: { id: string; name: string; path: string }
  kind: string
  filter: string
  columns: string[] | null
  zone: string
  language: string
  format: ReportFormat
  encoding: string
  schedule: Schedule | null
  nextAt: number | null
  mine: boolean
  last: { export: string; state: ExportState; at: number; rows: number; error: string | null } | null
}

/** A file that is or was made. */
export interface ExportFile {
  id: string
  kind: string
  title: string
  name: string
  format: ReportFormat | 'zip'
  asOf: number
  from: number | null
  state: ExportState
  doneRows: number
  totalRows: number | null
  size: number | null
  error: string | null
  createdAt: number
  expiresAt: number | null
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** A device as it was. */
export interface PastPage {
  asOf: number
  keptFrom: number | null
  device: Pick<
    Device,
    | 'id'
    | 'name'
    | 'platform'
    | 'model'
    | 'modelName'
    | 'osVersion'
    | 'serial'
    | 'ownership'
    | 'state'
    | 'user'
    | 'unit'
    | 'tags'
    | 'assetTag'
    | 'enrolledAt'
    | 'lastSeenAt'
    | 'supervised'
  >
  facts: { key: string; value: Json; at: number; group: string }[]
  items: {
    item: string
    account: string
    kind: string
    state: string
    since: number
    policy: { id: string; name: string; version: number }
  }[]
}

/** What differs between two days. */
export interface Comparison {
  from: number
  to: number
  name: string
  differences: { part: 'device' | 'fact' | 'item'; key: string; before: Json; after: Json; at: number | null }[]
}
