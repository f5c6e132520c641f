import { z } from 'zod'
import { rawRoute, type Route, route } from '../../../base/route.ts'
import { serveAccount } from './account.ts'
import { serveSignIn, serveSignInForm } from './account-web.ts'
import { profileType, serveAuto, serveAutoKnown } from './auto.ts'
import { serveAutoForm, serveAutoPage } from './auto-web.ts'
import { serveAnchors, serveDiscovery, serveLed, serveServiceConfig } from './discovery.ts'
import { serveAnswer, serveAsk, serveConfigurator } from './ota.ts'
import { accountSettings, decideAccounts } from './settings.ts'

const secretParams = z.object({ secret: z.string().max(128) })
const tokenParams = z.object({ token: z.string().max(128) })
const accountParams = z.object({ mode: z.enum(['byod', 'adde']), org: z.string().max(64) })
const identifierQuery = z.object({ 'user-identifier': z.string().max(320).optional() })
const signed = ['application/pkcs7-signature', 'application/x-pkcs7-signature', 'application/octet-stream']
const form = ['application/x-www-form-urlencoded']
const page = 'text/html; charset=utf-8'
const bodyLimit = 64 * 1024
const formLimit = 8 * 1024

const device = { plane: 'device', auth: 'none', permission: null } as const
const open = { plane: 'public', auth: 'none', permission: null } as const
const none = { bodyLimit: 0, accepts: [] as readonly string[] }

/** The doors that promised devices come through, with or without a page on which somebody signs in. */
const autoRoutes: readonly Route[] = [
  rawRoute({
    ...device,
    method: 'POST',
    path: '/enroll/apple/auto',
    summary: 'The profile of a promised device, found by its serial alone: for Apple Configurator.',
    bodyLimit,
    accepts: signed,
    reply: [profileType, 'application/json'],
    serve: (base, _input, call) => serveAutoKnown(base, call),
  }),
  rawRoute({
    ...device,
    method: 'POST',
    path: '/enroll/apple/auto/:secret',
    summary: 'The profile of a promised device in Setup Assistant, which signs what it says of itself (Apple: ADE).',
    bodyLimit,
    accepts: signed,
    params: secretParams,
    reply: [profileType, 'application/json'],
    serve: serveAuto,
  }),
  rawRoute({
    ...open,
    ...none,
    method: 'GET',
    path: '/enroll/apple/auto/:secret/web',
    summary: 'The page on which somebody signs in before a promised device enrolls.',
    params: secretParams,
    reply: [page, 'application/json'],
    serve: serveAutoPage,
  }),
  rawRoute({
    ...open,
    method: 'POST',
    path: '/enroll/apple/auto/:secret/web',
    summary: 'What is typed on that page; the last answer is the profile.',
    bodyLimit: formLimit,
    accepts: form,
    params: secretParams,
    reply: [page, profileType, 'application/json'],
    serve: serveAutoForm,
  }),
]

/** The profile service, and what Apple Configurator asks for. */
const handRoutes: readonly Route[] = [
  rawRoute({
    ...device,
    ...none,
    method: 'GET',
    path: '/enroll/apple/ota/:token',
    summary: 'Asks a device who it is, before it is given a profile (Apple: profile service, phase 1).',
    params: tokenParams,
    reply: [profileType],
    serve: serveAsk,
  }),
  rawRoute({
    ...device,
    method: 'POST',
    path: '/enroll/apple/ota/:token',
    summary: 'What the device answers, first with Apple’s certificate and then with ours (phases 2 and 3).',
    bodyLimit,
    accepts: signed,
    params: tokenParams,
    reply: [profileType],
    serve: serveAnswer,
  }),
  rawRoute({
    ...device,
    method: ['GET', 'POST'],
    path: '/enroll/apple/configurator/:token',
    summary: 'The profile of an invitation, to Apple Configurator and the devices it prepares.',
    bodyLimit,
    accepts: signed,
    params: tokenParams,
    reply: [profileType],
    serve: serveConfigurator,
  }),
  rawRoute({
    ...open,
    ...none,
    method: 'GET',
    path: '/MDMServiceConfig',
    summary: 'Where Apple Configurator finds the doors of this server. No secret is in it.',
    reply: ['application/json'],
    serve: base => serveServiceConfig(base),
  }),
  rawRoute({
    ...open,
    ...none,
    method: 'GET',
    path: '/enroll/apple/anchors',
    summary: 'The authorities a device must trust to reach this server; none where a public one vouches for it.',
    reply: ['application/json'],
    serve: base => serveAnchors(base),
  }),
]

/** Enrolling by signing in with an address at work. */
const accountRoutes: readonly Route[] = [
  rawRoute({
    ...open,
    ...none,
    method: 'GET',
    path: '/.well-known/com.apple.remotemanagement',
    summary: 'Where devices find this server by an address at work (Apple: service discovery).',
    query: identifierQuery.loose(),
    reply: ['application/json'],
    serve: serveDiscovery,
  }),
  rawRoute({
    ...open,
    ...none,
    method: 'GET',
    path: '/enroll/apple/account/servers/:org',
    summary: 'Where devices find this server that Apple led here, because their own domain answers nothing.',
    params: z.object({ org: accountParams.shape.org }),
    query: identifierQuery.loose(),
    reply: ['application/json'],
    serve: serveLed,
  }),
  rawRoute({
    ...device,
    method: 'POST',
    path: '/enroll/apple/account/:mode/:org',
    summary: 'The profile of a device whose person signed in; without a proof of that, where to sign in.',
    bodyLimit,
    accepts: signed,
    params: accountParams,
    reply: [profileType, 'text/plain', 'application/json'],
    serve: serveAccount,
  }),
  rawRoute({
    ...open,
    ...none,
    method: 'GET',
    path: '/enroll/apple/account/:mode/:org/signin',
    summary: 'The page on which a person signs in to enroll their device.',
    params: accountParams,
    query: identifierQuery.loose(),
    reply: [page],
    serve: serveSignIn,
  }),
  rawRoute({
    ...open,
    method: 'POST',
    path: '/enroll/apple/account/:mode/:org/signin',
    summary: 'What is typed on that page; the last answer leads back to the device.',
    bodyLimit: formLimit,
    accepts: form,
    params: accountParams,
    reply: [page, 'text/plain'],
    serve: serveSignInForm,
  }),
]

const text = z.string().trim().min(1).max(500)
const decision = z.object({
  byod: z.boolean(),
  adde: z.boolean(),
  led: z.boolean(),
  way: z.enum(['web', 'oauth2']),
  issuer: z
    .url({ protocol: /^https$/ })
    .max(500)
    .transform(url => url.replace(/\/+$/, ''))
    .nullable(),
  clientId: text.nullable(),
  audience: text.nullable(),
  scope: text,
  claim: text,
  domains: z.array(z.string().regex(/^[\p{L}\p{N}.-]{3,253}$/u)).max(100),
})
const settings = z.object({
  byod: z.boolean(),
  adde: z.boolean(),
  led: z.boolean(),
  way: z.string(),
  issuer: z.string().nullable(),
  clientId: z.string().nullable(),
  audience: z.string().nullable(),
  scope: z.string(),
  claim: z.string(),
  domains: z.array(z.string()),
  issuerRead: z.object({ at: z.number().nullable(), problem: z.string().nullable(), known: z.boolean() }),
  mail: z.boolean(),
  urls: z.object({ byod: z.string(), adde: z.string() }),
  discovery: z.object({ path: z.string(), body: z.string() }),
  leading: z.array(
    z.object({
      program: z.string(),
      name: z.string(),
      state: z.enum(['told', 'refused', 'waits']),
      at: z.number().nullable(),
      problem: z.string().nullable(),
    }),
  ),
})

const settingRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/settings/account-driven',
    permission: 'invitations:read',
    summary: 'How people may enroll their Apple devices by signing in.',
    reply: settings,
    run: ctx => accountSettings(ctx),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/settings/account-driven',
    permission: 'org:write',
    summary: 'Decides how people may enroll their Apple devices by signing in.',
    body: decision.partial(),
    reply: settings,
    run: (ctx, { body }) => decideAccounts(ctx, body),
  }),
]

/** Every door that Apple devices come through before they are enrolled. */
export const doorRoutes: readonly Route[] = [...autoRoutes, ...handRoutes, ...accountRoutes, ...settingRoutes]
