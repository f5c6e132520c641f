import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { ConfigFault } from './config-fault.ts'
import { isLoopback, readMail, type SmtpSetting } from './config-mail.ts'
import { type OutsideConfig, outsideSettings, readOutside } from './config-outside.ts'
import { mqttSchema, type MqttSetting, readMqtt } from './config-mqtt.ts'

export { ConfigFault } from './config-fault.ts'
export type { SmtpSetting } from './config-mail.ts'

/** Every setting of the process: environment variable, default, sentence. The operator's page is generated from it. */
export const schema = z.object({
  MUSTER_DATA: z
    .string()
    .default('./data')
    .describe('Folder for the database, the key file, blobs and generated certificates.'),
  MUSTER_URL: z
    .url()
    .optional()
    .describe(
      'Public base URL that devices and people use. Default: https://localhost and the port listened on. Devices keep the value they enrolled with, so choose a name that stays.',
    ),
  MUSTER_LISTEN: z
    .url()
    .default('https://0.0.0.0:8443')
    .describe('Address to listen on. Plain http:// is accepted on loopback only, for a reverse proxy on this machine.'),
  MUSTER_DEVICE_LISTEN: z
    .url()
    .optional()
    .describe(
      'A second https:// address that serves devices only and asks them for their client certificate in TLS. Unset: devices use MUSTER_LISTEN and sign their messages.',
    ),
  MUSTER_DATABASE: z.string().optional().describe('postgres://… for PostgreSQL. Unset: SQLite in the data folder.'),
  MUSTER_DATABASE_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(16)
    .describe('Most PostgreSQL connections this process opens.'),
  MUSTER_TLS_CERT: z
    .string()
    .optional()
    .describe(
      'PEM file of the server certificate and its chain. Default: one issued by the built-in CA and renewed by itself.',
    ),
  MUSTER_TLS_KEY: z.string().optional().describe('PEM file of the private key that belongs to MUSTER_TLS_CERT.'),
  MUSTER_TRUSTED_PROXIES: z
    .string()
    .default('')
    .describe(
      'Comma-separated addresses or networks (10.0.0.5, 10.1.0.0/16) of reverse proxies whose Forwarded and Client-Cert headers are believed.',
    ),
  MUSTER_METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('Bearer token that opens /metrics from other machines. Unset: loopback only.'),
  MUSTER_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('How much the log on standard error says.'),
  MUSTER_APNS_URL: z
    .url()
    .default('https://api.push.apple.com')
    .describe('Base URL of the Apple Push Notification service.'),
  MUSTER_APNS_CA: z
    .string()
    .optional()
    .describe('PEM file of the CA that MUSTER_APNS_URL is trusted by, when it is not a public one.'),
  ...outsideSettings,
  MUSTER_ANDROID_APK: z
    .string()
    .optional()
    .describe(
      'File of the Android agent, which new devices load from this server and check against the code they scanned. Unset: Android devices enroll only with an agent they already have.',
    ),
  MUSTER_SMTP_URL: z
    .string()
    .optional()
    .describe(
      'Mail server that mail leaves by: smtp://user:password@host:587 (STARTTLS, demanded when there is a password) or smtps://user:password@host:465. Never logged. Unset: no mail is sent.',
    ),
  MUSTER_SMTP_CA: z
    .string()
    .optional()
    .describe('PEM file of the CA that the mail server is trusted by, when it is not a public one.'),
  MUSTER_MAIL_FROM: z
    .string()
    .optional()
    .describe('Sender of all mail, as muster@example.com or Muster <muster@example.com>. Needed with MUSTER_SMTP_URL.'),
  ...mqttSchema,
  MUSTER_MAP_TILES: z
    .string()
    .regex(/^https:\/\/[^\s;,'"]+$/, 'an https:// address')
    .refine(t => ['{z}', '{x}', '{y}'].every(part => t.includes(part)), 'needs {z}, {x} and {y}')
    .optional()
    .describe(
      'Address of map tiles, such as https://tiles.example/{z}/{x}/{y}.png. Who looks where a device is asks that server for the tiles around it. Unset: positions are drawn on a blank grid.',
    ),
  MUSTER_MAP_CREDIT: z
    .string()
    .max(200)
    .default('')
    .describe('Whom the map thanks for its tiles, as their license asks.'),
  MUSTER_SCEP_LEGACY: z
    .enum(['on', 'off'])
    .default('off')
    .describe('on lets SCEP clients of old use single DES and SHA-1, which Apple devices do not need.'),
  MUSTER_SQLITE_SYNCHRONOUS: z
    .enum(['FULL', 'OFF'])
    .default('FULL')
    .describe(
      'FULL survives power loss. OFF loses acknowledged writes; it exists so that the crash tests can prove they would notice.',
    ),
})

export type Config = Readonly<{
  data: string
  url: string
  listen: { tls: boolean; host: string; port: number }
  deviceListen: { tls: boolean; host: string; port: number } | null
  database: string | null
  databaseConnections: number
  tlsCert: string | null
  tlsKey: string | null
  trustedProxies: readonly string[]
  metricsToken: string | null
  logLevel: z.infer<typeof schema>['MUSTER_LOG_LEVEL']
  apnsUrl: string
  apnsCa: string | null
  androidApk: string | null
  smtp: SmtpSetting | null
  mailFrom: { name: string; address: string } | null
  mqtt: MqttSetting | null
  mapTiles: string | null
  mapCredit: string
  scepLegacy: boolean
  sqliteSynchronous: 'FULL' | 'OFF'
}> &
  Readonly<OutsideConfig>

/**
 * The settings of the process from its environment, frozen. Every variable may also be given as `NAME_FILE`, a file that holds the value.
 * Throws ConfigFault for an unknown MUSTER_ variable, a value of the wrong form, or plain HTTP beyond loopback.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const parsed = schema.safeParse(withFiles(environment))
  if (!parsed.success) {
    throw new ConfigFault(parsed.error.issues.map(i => `${i.path.join('.')}: ${i.message}`).join('\n'))
  }
  const env = parsed.data
  const listen = readListen(env.MUSTER_LISTEN)
  if (Boolean(env.MUSTER_TLS_CERT) !== Boolean(env.MUSTER_TLS_KEY))
    throw new ConfigFault('MUSTER_TLS_CERT and MUSTER_TLS_KEY belong together: set both or neither.')
  const url = (env.MUSTER_URL ?? `https://localhost:${listen.port}`).replace(/\/+$/, '')
  return Object.freeze({
    data: resolve(env.MUSTER_DATA),
    url,
    listen,
    deviceListen: env.MUSTER_DEVICE_LISTEN === undefined ? null : readListen(env.MUSTER_DEVICE_LISTEN),
    database: env.MUSTER_DATABASE ?? null,
    databaseConnections: env.MUSTER_DATABASE_CONNECTIONS,
    tlsCert: env.MUSTER_TLS_CERT ?? null,
    tlsKey: env.MUSTER_TLS_KEY ?? null,
    trustedProxies: env.MUSTER_TRUSTED_PROXIES.split(',')
      .map(p => p.trim())
      .filter(p => p !== ''),
    metricsToken: env.MUSTER_METRICS_TOKEN ?? null,
    logLevel: env.MUSTER_LOG_LEVEL,
    apnsUrl: env.MUSTER_APNS_URL.replace(/\/+$/, ''),
    apnsCa: env.MUSTER_APNS_CA ?? null,
    ...readOutside(env),
    androidApk: env.MUSTER_ANDROID_APK === undefined ? null : resolve(env.MUSTER_ANDROID_APK),
    ...readMail(env),
    mqtt: readMqtt(env, url),
    mapTiles: env.MUSTER_MAP_TILES ?? null,
    mapCredit: env.MUSTER_MAP_CREDIT,
    scepLegacy: env.MUSTER_SCEP_LEGACY === 'on',
    sqliteSynchronous: env.MUSTER_SQLITE_SYNCHRONOUS,
  })
}

/** The environment of this process: the only place that reads it. */
export function processEnvironment(): Record<string, string | undefined> {
  return process.env
}

function withFiles(environment: Record<string, string | undefined>): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith('MUSTER_') || value === undefined || value === '') continue
    const plain = name.replace(/_FILE$/, '')
    if (!(plain in schema.shape))
      throw new ConfigFault(`${name} is not a setting of Muster. Known: ${Object.keys(schema.shape).join(', ')}.`)
    if (plain !== name && environment[plain]) throw new ConfigFault(`Set ${plain} or ${name}, not both.`)
    values[plain] = plain === name ? value : readFileSync(value, 'utf8').trim()
  }
  return values
}

function readListen(text: string): Config['listen'] {
  const url = new URL(text)
  const tls = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const loopback = isLoopback(host)
  if (!tls && url.protocol !== 'http:')
    throw new ConfigFault('MUSTER_LISTEN: start with https:// (or http:// on loopback).')
  if (!tls && !loopback)
    throw new ConfigFault(
      'MUSTER_LISTEN: plain http:// is for a reverse proxy on this machine: use http://127.0.0.1:port, or https://.',
    )
  return { tls, host, port: url.port === '' ? (tls ? 443 : 80) : Number(url.port) }
}
