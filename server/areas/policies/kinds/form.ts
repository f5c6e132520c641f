import { z } from 'zod'

/** A variable in place of a value: filled in per device, with its own type. */
const variable = z.strictObject({ $var: z.string().min(1).max(120) }).meta({ id: 'variable' })

/** Text put together from pieces, some of them variables. */
const pieces = z
  .strictObject({
    $text: z
      .array(z.union([z.string(), variable]))
      .min(1)
      .max(50),
  })
  .meta({ id: 'text' })

/** A secret by its id; or one that is about to be put away, as the editor sends it. */
const kept = z.strictObject({ $secret: z.string().min(1).max(80) }).meta({ id: 'secret' })
const fresh = z
  .strictObject({ $newSecret: z.string().min(1).max(262_144), name: z.string().max(200).optional() })
  .meta({ id: 'newSecret' })

/** Bytes in base64. */
const bytes = z.strictObject({ $data: z.base64().min(4).max(4_000_000) }).meta({ id: 'data' })

/** What is said of a key beside its type, for forms and documentation. */
export type About = {
  /** What the device does when the key is absent. */
  default?: string | number | boolean
  /** The part of the form it belongs to. */
  section?: string
  /** What its number counts. */
  unit?: 'characters' | 'days' | 'minutes' | 'hours' | 'attempts' | 'passcodes' | 'seconds'
  /** Shown only while another key of the same object has one of these values. */
  when?: Readonly<Record<string, readonly (string | boolean)[]>>
  /** A switch that allows and forbids, rather than turns on and off. */
  words?: 'allow'
  /** Long text, of several lines. */
  long?: boolean
}

/** Text of up to `most` characters, or text with variables. */
export function text(most: number, about: About & { pattern?: RegExp } = {}): z.ZodOptional<z.ZodType> {
  const { pattern, ...rest } = about
  const plain = pattern ? z.string().min(1).max(most).regex(pattern) : z.string().min(1).max(most)
  return z.union([plain, variable, pieces]).meta(rest).optional()
}

/** Text without variables: names that tell instances apart, and what the server itself must understand. */
export function plain(most: number, about: About & { pattern?: RegExp } = {}): z.ZodOptional<z.ZodType> {
  const { pattern, ...rest } = about
  return (pattern ? z.string().min(1).max(most).regex(pattern) : z.string().min(1).max(most)).meta(rest).optional()
}

/** A whole number, or a variable that holds one. */
export function whole(least: number, most: number, about: About = {}): z.ZodOptional<z.ZodType> {
  return z
    .union([z.int().min(least).max(most), variable])
    .meta(about)
    .optional()
}

/** Yes or no, or a variable that holds it. */
export function flag(about: About = {}): z.ZodOptional<z.ZodType> {
  return z.union([z.boolean(), variable]).meta(about).optional()
}

/** One of some words. */
export function one(words: readonly [string, ...string[]], about: About = {}): z.ZodOptional<z.ZodType> {
  return z.enum(words).meta(about).optional()
}

/** A password or key: never in the open, so that it cannot be read back. */
export function secret(about: About = {}): z.ZodOptional<z.ZodType> {
  return z
    .union([kept, fresh, variable])
    .meta({ ...about, secret: true })
    .optional()
}

/** Several values of one form. */
export function several(of: z.ZodType, most: number, about: About = {}): z.ZodOptional<z.ZodType> {
  return z.array(needed(of)).max(most).meta(about).optional()
}

/** A group of keys. */
export function group(shape: Readonly<Record<string, z.ZodType>>, about: About = {}): z.ZodOptional<z.ZodType> {
  return z.strictObject(shape).meta(about).optional()
}

/** A certificate: PEM text or the bytes of DER. */
export function certificate(about: About = {}): z.ZodOptional<z.ZodType> {
  return z
    .union([z.string().min(1).max(20_000), bytes])
    .meta({ ...about, certificate: true })
    .optional()
}

/** The same key, but it must be there. */
export function needed(key: z.ZodType): z.ZodType {
  return key instanceof z.ZodOptional ? wide(key.unwrap()) : key
}

function wide(type: z.core.$ZodType): z.ZodType {
  if (type instanceof z.ZodType) return type
  throw new Error('not a schema of ours')
}

/** A host name or address of a server. */
export const host = (about: About = {}) => text(253, { ...about, pattern: /^[^\s/:@]+$|^\[[0-9a-fA-F:.]+\]$/ })

/** An https or http address. */
export const address = (about: About = {}) => text(2000, { ...about, pattern: /^https?:\/\/[^\s]+$/i })

/** A port number. */
export const port = (about: About = {}) => whole(1, 65_535, about)

/** A domain as people write it, with or without `*.` before it or a path behind it. */
export const domain = (about: About = {}) => plain(253, { ...about, pattern: /^(?:\*\.)?[^\s/:@*]+\.?(?:\/[^\s]*)?$/ })
