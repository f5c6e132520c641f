import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startUpdates } from '@muster/simulator/outside/updates/updates.ts'
import * as updates from '../../../areas/updates/index.ts'
import { house } from '../../../testing/house.ts'
import { failureOf } from './failure.ts'
import { readFeed } from './feed.ts'

const entry = { ProductVersion: '26.1', Build: '23B85', PostingDate: '2026-11-03', ExpirationDate: '2026-12-20' }
const feed = (sets: object): string => JSON.stringify({ PublicAssetSets: {}, AssetSets: {}, ...sets })

test('one list of iOS becomes phones, pads and boxes, each with its own hardware', () => {
  const { releases, state } = readFeed(
    feed({
      PublicAssetSets: {
        iOS: [{ ...entry, SupportedDevices: ['iPhone15,2', 'iPad15,7', 'AppleTV14,1', 'Fridge1,1', 7] }],
        macOS: [{ ...entry, Build: '25B78', SupportedDevices: ['J614sAP', 'Mac-1E7E29AD0135F9BC'] }],
      },
    }),
  )
  assert.equal(state, 'good')
  assert.deepEqual(
    releases?.map(r => [r.platform, r.build, r.hardware]),
    [
      ['ios', '23B85', ['iPhone15,2']],
      ['ipados', '23B85', ['iPad15,7']],
      ['tvos', '23B85', ['AppleTV14,1']],
      ['macos', '25B78', ['J614sAP', 'Mac-1E7E29AD0135F9BC']],
    ],
  )
  assert.equal(releases?.[0]?.postedAt, Date.UTC(2026, 10, 3))
  assert.equal(releases?.[0]?.expiresAt, Date.UTC(2026, 11, 21), 'signed until the end of the day')
})

test('supplements are known in each spelling, and are background improvements', () => {
  const device = { SupportedDevices: ['iPhone15,2'] }
  const { releases } = readFeed(
    feed({
      PublicAssetSets: {
        iOS: [
          { ...entry, ...device },
          { ...entry, ...device, ProductVersion: '26.0.1(a)', Build: '23A357' },
        ],
      },
      PublicBackgroundSecurityImprovements: {
        iOS: [{ ...entry, ...device, ProductVersion: '26.1', ProductVersionExtra: '(A)', Build: '23B85a' }],
      },
    }),
  )
  assert.deepEqual(
    releases?.map(r => [r.version, r.background]),
    [
      ['26.1', false],
      ['26.0.1 (a)', true],
      ['26.1 (a)', true],
    ],
  )
})

test('what is only signed is not offered, and one build is one release', () => {
  const devices = (names: string[]) => ({ SupportedDevices: names })
  const { releases } = readFeed(
    feed({
      PublicAssetSets: { iOS: [{ ...entry, ...devices(['iPhone15,2']) }] },
      AssetSets: {
        iOS: [
          { ...entry, ...devices(['iPhone15,2', 'iPhone15,3']) },
          { ...entry, ProductVersion: '26.0', Build: '23A341', ...devices(['iPhone15,2']) },
        ],
      },
    }),
  )
  assert.deepEqual(
    releases?.map(r => [r.version, r.open, r.hardware.length]),
    [
      ['26.1', true, 2],
      ['26.0', false, 1],
    ],
  )
})

test('a list that names nothing, is no list, or is half a list tells nothing wrong', () => {
  assert.equal(readFeed(feed({})).state, 'empty')
  assert.equal(readFeed(feed({ PublicAssetSets: { iOS: [], macOS: [] } })).state, 'empty')
  assert.equal(readFeed('<html>').state, 'unread')
  assert.equal(readFeed('{"AssetSets":{}}').problem, 'feed.no-sets')
  assert.equal(readFeed('[]').state, 'unread')
  const odd = {
    PublicAssetSets: { iOS: [null, 7, {}, { ...entry, ProductVersion: 'soon' }, { ...entry, PostingDate: 'x' }] },
  }
  assert.equal(readFeed(feed(odd)).state, 'empty')
  const half = readFeed(
    feed({
      PublicAssetSets: { iOS: [], macOS: [{ ...entry, SupportedDevices: ['J614sAP'] }] },
      AssetSets: { iOS: [{ ...entry, SupportedDevices: ['iPhone15,2'] }] },
    }),
  )
  assert.deepEqual(
    half.releases?.map(r => r.platform),
    ['macos'],
    'about iOS it says nothing now',
  )
})

test('reasons of failures speak of the device or against the version', () => {
  assert.deepEqual(failureOf('InstallInsufficientSpace'), { code: 'no-room', speaksAgainst: false })
  assert.equal(failureOf('Not enough battery').code, 'no-power')
  assert.equal(failureOf('DownloadFailed').code, 'no-network')
  assert.equal(failureOf('User declined').code, 'declined')
  assert.deepEqual(failureOf('InstallFailed'), { code: 'install', speaksAgainst: true })
  assert.deepEqual(failureOf(''), { code: 'install', speaksAgainst: true })
})

test('the list is fetched by a job, survives being emptied, broken and gone, and says how it is', async t => {
  const apple = await startUpdates()
  t.after(() => apple.close())
  const h = await house(t, { MUSTER_UPDATES_URL: apple.url, MUSTER_OUTSIDE_CA: apple.caFile })
  apple.publish({ system: 'iOS', version: '26.1', build: '23B85', devices: ['iPhone15,2'], posted: '2026-11-03' })
  await h.run(updates.refresh)
  await h.settle()
  const known = async () => (await h.run(ctx => updates.releases(ctx))).map(r => `${r.version} ${r.goneAt === null}`)
  const admin = await h.given.admin()
  const feeds = async () => (await h.http('GET', '/api/v1/updates', { as: admin.key })).body.feeds[0].state
  assert.deepEqual([await known(), await feeds()], [['26.1 true'], 'good'])
  const empty = apple.empty()
  h.pass(5 * 3_600_000)
  await h.settle()
  assert.deepEqual([await known(), await feeds()], [['26.1 true'], 'empty'], 'an empty list takes nothing away')
  empty()
  const broken = apple.web.trouble({ say: { body: 'Bad gateway', status: 502 } })
  h.pass(3_600_000)
  await h.settle()
  assert.deepEqual([await known(), await feeds()], [['26.1 true'], 'silent'])
  broken()
  apple.withdraw('26.1')
  apple.publish({ system: 'iOS', version: '26.1.1', build: '23B90', devices: ['iPhone15,2'], posted: '2026-11-19' })
  h.pass(3_600_000)
  await h.settle()
  assert.deepEqual([await known(), await feeds()], [['26.1.1 true', '26.1 false'], 'good'])
  const told = (await h.events()).filter(e => e.startsWith('update.'))
  assert.deepEqual(told, [
    'update.released',
    'update.feed-troubled',
    'update.feed-troubled',
    'update.feed-recovered',
    'update.released',
  ])
})
