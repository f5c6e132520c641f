import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coordinates, distanceM, metersPerPixel, pixelOf, scaleM, tilesFor, zoomFor } from './geometry.ts'

const lyon = { latitude: 45.7485, longitude: 4.8236 }
const osaka = { latitude: 34.6937, longitude: 135.5023 }

test('distances are those of the earth', () => {
  assert.equal(distanceM(lyon, lyon), 0)
  assert.ok(Math.abs(distanceM(lyon, osaka) - 9_792_650) < 20)
  assert.ok(Math.abs(distanceM(lyon, { ...lyon, latitude: lyon.latitude + 0.001 }) - 111.2) < 0.5)
  assert.ok(
    Math.abs(distanceM({ latitude: 0, longitude: 179.9995 }, { latitude: 0, longitude: -179.9995 }) - 111.2) < 0.5,
  )
})

test('places lie where tile servers cut them', () => {
  const { x, y } = pixelOf(lyon, 15)
  // The tile of the old town of Lyon at zoom 15.
  assert.deepEqual([Math.floor(x / 256), Math.floor(y / 256)], [16823, 11690])
  assert.deepEqual(pixelOf({ latitude: 0, longitude: 0 }, 0), { x: 128, y: 128 })
  assert.ok(Math.abs(metersPerPixel(0, 0) - 156_543) < 1)
})

test('the zoom lets everything be seen and comes no closer', () => {
  const box = { width: 375, height: 196 }
  const one = zoomFor([{ ...lyon, accuracyM: 18 }], box)
  const wide = zoomFor([{ ...lyon, accuracyM: 2000 }], box)
  assert.ok(one >= 18 && wide < one)
  assert.equal(zoomFor([], box), 2)
  assert.ok(
    zoomFor(
      [
        { ...lyon, accuracyM: 18 },
        { ...osaka, accuracyM: 10 },
      ],
      box,
    ) <= 3,
  )
})

test('tiles cover the whole box and wrap around the world', () => {
  const box = { width: 375, height: 196 }
  const tiles = tilesFor('https://t.example/{z}/{x}/{y}.png', lyon, 15, box)
  for (const [x, y] of [
    [0, 0],
    [374, 0],
    [0, 195],
    [374, 195],
  ] as const)
    assert.ok(
      tiles.some(t => t.x <= x && x < t.x + 256 && t.y <= y && y < t.y + 256),
      `${x},${y}`,
    )
  assert.ok(tiles.length <= 6)
  assert.ok(tilesFor('{z}/{x}/{y}', { latitude: 0, longitude: 180 }, 4, box).some(t => t.url.startsWith('4/0/')))
})

test('the scale is round and the coordinates are exact to the meter', () => {
  for (const perPixel of [0.05, 0.6, 3, 77, 4000]) {
    const m = scaleM(perPixel)
    assert.ok(m / perPixel <= 160 && m / perPixel > 60, String(perPixel))
    assert.match(m.toPrecision(1), /^[125]/)
  }
  assert.equal(coordinates(lyon), '45.74850, 4.82360')
})
