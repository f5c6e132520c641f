import type { Ctx } from '../../base/ctx.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { fold, searchable } from '../../base/text.ts'
import * as store from './store.ts'
import type { Unit } from './unit.ts'

/** A person who uses devices. */
export interface User {
  id: Id<'user'>
  displayName: string
  familyName: string | null
  givenName: string | null
  email: string | null
  language: string | null
  employeeNumber: string | null
  unit: Id<'unit'>
  unitPath: string
}

/** What is known of a user beside where they hang. */
export type Person = Pick<User, 'displayName'> &
  Partial<Pick<User, 'familyName' | 'givenName' | 'email' | 'language' | 'employeeNumber'>>

/** The user with this id in the org of the transaction; whether the actor may see them is the caller's question. */
export async function userOf(ctx: Ctx, id: string): Promise<User> {
  const row = await store.findUser(ctx, { id })
  if (!row) throw new Problem('id.unknown')
  return toUser(row)
}

/** A user with a fresh id on this unit, not stored yet. */
export function userOn(unit: Unit, person: Person): User {
  const absent = { familyName: null, givenName: null, email: null, language: null, employeeNumber: null }
  return { ...absent, ...person, id: newId('user'), unit: unit.id, unitPath: unit.path }
}

/** Stores the user; no two of an org share an address. */
export async function putUser(ctx: Ctx, user: User): Promise<void> {
  const emailKey = user.email === null ? null : fold(user.email)
  const other = emailKey === null ? undefined : await store.findUser(ctx, { emailKey })
  if (other && other.id !== user.id) throw new Problem('user.email-taken')
  const known = await store.findUser(ctx, { id: user.id })
  await store.putUser(ctx, {
    org: ctx.org,
    id: user.id,
    unit: user.unit,
    unit_path: user.unitPath,
    display_name: user.displayName,
    name_key: fold(user.displayName),
    family_name: user.familyName,
    given_name: user.givenName,
    email: user.email,
    email_key: emailKey,
    language: user.language,
    employee_number: user.employeeNumber,
    search: searchText(user),
    created_at: known?.created_at ?? ctx.now,
  })
}

/** A stored row as a user. */
export function toUser(row: store.UserRow): User {
  return {
    id: row.id as Id<'user'>,
    displayName: row.display_name,
    familyName: row.family_name,
    givenName: row.given_name,
    email: row.email,
    language: row.language,
    employeeNumber: row.employee_number,
    unit: row.unit as Id<'unit'>,
    unitPath: row.unit_path,
  }
}

// Both orders of the name, because people type either.
function searchText(u: User): string {
  const names = [u.displayName, u.familyName, u.givenName, u.familyName].filter(n => n !== null).join(' ')
  return searchable([names, u.email, u.employeeNumber].filter(n => n !== null).join('\n'))
}
