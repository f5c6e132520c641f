import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { mintMaker } from '@muster/simulator/outside/attestation/maker.ts'
import { fingerprint, parseCertificate } from '@muster/wire/x509/certificate.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as devices from '../../areas/devices/index.ts'
import { doorsFor } from '../../testing/given-doors.ts'
import { attests } from './attest.ts'

const attestedBy = async (h: Awaited<ReturnType<typeof doorsFor>>['h'], certificate: Uint8Array | undefined) =>
  h.run(async ctx => {
    const found = await certificates.byFingerprint(ctx, fingerprint(certificate ?? new Uint8Array()))
    return found ? certificates.attestedOf(ctx, found.id) : null
  })

test('a promised device whose chip can vouch for its key enrolls with such a key, and is renewed with another', async t => {
  const { h, authority, promise, rest } = await doorsFor(t)
  const maker = mintMaker()
  const owner = await h.given.admin()
  const added = await h.http('POST', '/api/v1/attestation-roots', { as: owner.key, body: { pem: maker.root.pem } })
  assert.equal(added.status, 201)
  const { machine, promised } = await promise({ maker })
  await apple.boot(machine, { promised, authority })
  const first = machine.enrollment?.identity.certificate
  assert.partialDeepStrictEqual(await attestedBy(h, first), {
    serial: machine.hardware.serial,
    udid: machine.hardware.udid,
  })
  assert.equal(machine.enrollment?.identity.key.asymmetricKeyType, 'ec')
  assert.equal(parseCertificate(first ?? new Uint8Array()).signedBy?.name.includes('ecdsa'), true)
  await rest([machine])
  assert.equal(machine.interior.awaitingConfiguration, false)
  const { items } = (await h.http('GET', '/api/v1/devices', { as: owner.key })).body
  const { enrollments } = (await h.http('GET', `/api/v1/devices/${items[0].id}`, { as: owner.key })).body
  assert.equal(
    (await h.http('POST', `/api/v1/enrollments/${enrollments[0].id}/renew`, { as: owner.key })).status < 300,
    true,
  )
  await rest([machine])
  const second = machine.enrollment?.identity.certificate
  assert.notDeepEqual(second, first)
  assert.partialDeepStrictEqual(await attestedBy(h, second), { serial: machine.hardware.serial })
})

test('a device with another serial in its attestation than it was promised by does not get in; one whose maker nobody knows is asked by SCEP', async t => {
  const { h, authority, promise } = await doorsFor(t)
  const maker = mintMaker()
  const plain = await promise({ maker })
  await apple.boot(plain.machine, { promised: plain.promised, authority })
  assert.equal(plain.machine.enrollment?.identity.key.asymmetricKeyType, 'rsa')
  const owner = await h.given.admin()
  await h.http('POST', '/api/v1/attestation-roots', { as: owner.key, body: { pem: maker.root.pem } })
  const liar = {
    ...maker,
    attest: (claim: Parameters<typeof maker.attest>[0]) => maker.attest({ ...claim, serial: 'ANOTHER1' }),
  }
  const bad = await promise({ maker: liar })
  await assert.rejects(
    apple.boot(bad.machine, { promised: bad.promised, authority }),
    /certificate.*[Aa]nother device was expected/,
  )
  const stranger = await promise({ maker: mintMaker('Stranger') })
  await assert.rejects(
    apple.boot(stranger.machine, { promised: stranger.promised, authority }),
    /certificate.*badAttestation/,
  )
  assert.ok((await h.events()).includes('certificate.refused'))
  // Control: the same doors let an honest one in.
  const good = await promise({ maker })
  await apple.boot(good.machine, { promised: good.promised, authority })
  assert.ok(good.machine.enrollment)
})

test('hardware and system decide who is asked to attest; what is unknown is not', () => {
  const truths: [string | null, string | null, boolean][] = [
    ['iPhone10,3', '16.0', true],
    ['iPhone9,1', '27.0', false],
    ['iPad8,1', '17.2', true],
    ['iPad7,3', '17.2', false],
    ['iPad14,3', '15.7', false],
    ['Mac16,12', '14.0', true],
    ['Mac16,12', '13.6', false],
    ['MacBookPro17,1', '15.1', true],
    ['MacBookPro16,1', '15.1', false],
    ['VirtualMac2,1', '15.1', false],
    ['AppleTV14,1', '18.0', true],
    [null, '18.0', false],
    ['iPhone17,1', null, false],
    ['iPhone', '18.0', false],
  ]
  for (const [product, os, wanted] of truths) assert.equal(attests(product, os), wanted, `${product} ${os}`)
})

test('a device whose chip attests is known by it to compliance; one that lies about itself, and one of another maker, are not', async t => {
  const { h, authority, promise, rest } = await doorsFor(t)
  const owner = await h.given.admin()
  const maker = mintMaker()
  const lying = {
    ...maker,
    attest: (claim: Parameters<typeof maker.attest>[0]) => maker.attest({ ...claim, serial: 'ANOTHER1' }),
  }
  const stale = {
    ...maker,
    attest: (claim: Parameters<typeof maker.attest>[0]) => maker.attest({ ...claim, freshness: new Uint8Array(32) }),
  }
  const comers = []
  for (const one of [maker, lying, mintMaker('Stranger'), stale]) {
    const { machine, promised } = await promise({ maker: one })
    await apple.boot(machine, { promised, authority })
    comers.push(machine)
  }
  await rest(comers)
  await h.http('POST', '/api/v1/attestation-roots', { as: owner.key, body: { pem: maker.root.pem } })
  const { items } = (await h.http('GET', '/api/v1/devices?sort=serial', { as: owner.key })).body
  for (const machine of comers) {
    const id = items.find((one: { serial: string }) => one.serial === machine.hardware.serial).id
    const sent = await h.http('POST', `/api/v1/devices/${id}/commands`, {
      as: owner.key,
      body: { kind: 'attestation.query', args: {} },
    })
    assert.equal(sent.status, 201, JSON.stringify(sent.body))
  }
  await rest(comers)
  const said = []
  for (const machine of comers) {
    const id = items.find((one: { serial: string }) => one.serial === machine.hardware.serial).id
    const facts = await h.run(ctx => devices.factRecord(ctx, id))
    said.push([facts['security.attested'], facts['security.attestedWhy'] ?? null])
  }
  assert.deepEqual(said, [
    ['passed', null],
    ['failed', 'other-device'],
    ['failed', 'untrusted'],
    ['failed', 'stale'],
  ])
})
