import type { Ctx, Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import {
  deviceCounts,
  groupRefsOf,
  pageOfUsers,
  unitRefs,
  type User,
  usersByUnit,
  visibleUnits,
} from '../identity/index.ts'
import { type CsvEncoding, csvLine, encodeCsv } from './csv.ts'
import { viewEvents } from './events.ts'
import { type TitleLocale, titleLocales } from './titles.ts'

/** A user as it is written to a file. */
interface UserLine extends User {
  path: string
  groups: string
  devices: number
}

/** The columns users may be exported with, named as an import takes them; beside these, `attribute.<name>`. */
const userColumns: Readonly<Record<string, (user: UserLine) => string>> = {
  id: u => u.id,
  employeeNumber: u => u.employeeNumber ?? '',
  displayName: u => u.displayName,
  familyName: u => u.familyName ?? '',
  givenName: u => u.givenName ?? '',
  yomi: u => u.yomi ?? '',
  email: u => u.email ?? '',
  language: u => u.language ?? '',
  unit: u => u.path,
  groups: u => u.groups,
  devices: u => String(u.devices),
}
const usualUsers = ['employeeNumber', 'displayName', 'yomi', 'email', 'language', 'unit', 'groups']

/** A unit as it is written to a file. */
interface UnitLine {
  id: string
  unit: string
  name: string
  devices: number
  users: number
}

const unitColumns: Readonly<Record<string, (unit: UnitLine) => string>> = {
  id: u => u.id,
  unit: u => u.unit,
  name: u => u.name,
  devices: u => String(u.devices),
  users: u => String(u.users),
}

const titles: Readonly<Record<string, readonly [string, string, string, string]>> = {
  id: ['Id', 'Identifiant', 'Id', 'ID'],
  employeeNumber: ['Employee number', 'Matricule', 'Anställningsnummer', '社員番号'],
  displayName: ['Display name', 'Nom affiché', 'Visningsnamn', '氏名'],
  familyName: ['Family name', 'Nom de famille', 'Efternamn', '姓'],
  givenName: ['Given name', 'Prénom', 'Förnamn', '名'],
  yomi: ['Reading', 'Lecture', 'Läsning', 'よみ'],
  email: ['E-mail', 'Adresse e-mail', 'E-post', 'メールアドレス'],
  language: ['Language', 'Langue', 'Språk', '言語'],
  unit: ['Unit', 'Unité', 'Avdelning', '部門'],
  groups: ['Groups', 'Groupes', 'Grupper', 'グループ'],
  name: ['Name', 'Nom', 'Namn', '名称'],
  devices: ['Devices', 'Appareils', 'Enheter', '端末数'],
  users: ['Users', 'Utilisateurs', 'Användare', '使用者数'],
}

function titleOf(column: string, locale: TitleLocale | null): string {
  return locale === null ? column : (titles[column]?.[titleLocales.indexOf(locale)] ?? column)
}

/** How a list of people or units is asked for as a file. */
export interface PeopleWish {
  filter: string
  sort: string | undefined
  columns: readonly string[]
  encoding: CsvEncoding
  /** The language of the head line; null writes the names that an import takes. */
  titles: TitleLocale | null
}

/** The columns by name; refuses one that does not exist. */
export function peopleColumns(of: 'users' | 'units', text: string | undefined): string[] {
  const known = of === 'users' ? userColumns : unitColumns
  const names = text ? text.split(',') : of === 'users' ? usualUsers : Object.keys(unitColumns)
  const attribute = /^attribute\.[\p{L}\p{N}_-]{1,40}$/u
  const unknown = names.find(n => !Object.hasOwn(known, n) && !(of === 'users' && attribute.test(n)))
  if (unknown !== undefined)
    throw new Problem(
      'request.malformed',
      { known: Object.keys(known) },
      { fields: [{ path: 'query.columns', message: `there is no column ${unknown.slice(0, 60)}` }] },
    )
  return names
}

const rowsAtOnce = 200

/** All users the list shows, written a page at a time, so that memory does not grow with them. The export itself is an event. */
export async function* exportUsers(base: Base, scope: Scope, wish: PeopleWish): AsyncGenerator<Uint8Array> {
  const { filter, sort, columns, encoding } = wish
  const line = (user: UserLine): string =>
    csvLine(
      columns.map(c =>
        c.startsWith('attribute.')
          ? (user.attributes[c.slice('attribute.'.length)] ?? '')
          : (userColumns[c]?.(user) ?? ''),
      ),
    )
  await base.transact(scope, ctx =>
    record(ctx, viewEvents.usersExported, null, { filter, columns: [...columns], encoding }),
  )
  yield encodeCsv(csvLine(columns.map(c => titleOf(c, wish.titles))), encoding, true)
  let cursor: string | null | undefined
  while (cursor !== null) {
    const at: string | undefined = cursor
    const page = await base.read(scope, async ctx => {
      const { items, next } = await pageOfUsers(ctx, { filter, sort, cursor: at, limit: rowsAtOnce })
      return { lines: await userLines(ctx, items), next }
    })
    cursor = page.next
    yield encodeCsv(page.lines.map(line).join(''), encoding, false)
  }
}

async function userLines(ctx: Ctx, users: readonly User[]): Promise<UserLine[]> {
  const ids = users.map(u => u.id)
  const refs = await unitRefs(ctx)
  const groups = await groupRefsOf(ctx, ids)
  const devices = await deviceCounts(ctx, 'user', ids)
  return users.map(u => ({
    ...u,
    path: refs(u.unit).path,
    groups: (groups.get(u.id) ?? []).map(g => g.name).join('; '),
    devices: devices.get(u.id) ?? 0,
  }))
}

/** The tree of units the reader may see, as a file. */
export async function* exportUnits(
  base: Base,
  scope: Scope,
  wish: Omit<PeopleWish, 'filter' | 'sort'>,
): AsyncGenerator<Uint8Array> {
  const { columns, encoding } = wish
  await base.transact(scope, ctx => record(ctx, viewEvents.unitsExported, null, { columns: [...columns], encoding }))
  const lines = await base.read(scope, async ctx => {
    const units = await visibleUnits(ctx)
    const users = await usersByUnit(ctx)
    const devices = await deviceCounts(
      ctx,
      'unit',
      units.map(u => u.id),
    )
    return units.map(u => ({
      id: u.id,
      unit: u.names,
      name: u.name,
      devices: devices.get(u.id) ?? 0,
      users: users.get(u.id) ?? 0,
    }))
  })
  const text = lines.map(unit => csvLine(columns.map(c => unitColumns[c]?.(unit) ?? ''))).join('')
  yield encodeCsv(csvLine(columns.map(c => titleOf(c, wish.titles))) + text, encoding, true)
}
