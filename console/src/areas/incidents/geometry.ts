/** A place on the earth, in degrees. */
export interface Place {
  latitude: number
  longitude: number
}

const earthM = 6_371_008.8
const tile = 256
const circumferenceM = 40_075_016.686
export const closest = 19
const furthest = 2

const rad = (degrees: number): number => (degrees * Math.PI) / 180

/** Meters between two places along the earth. */
export function distanceM(a: Place, b: Place): number {
  const dLat = rad(b.latitude - a.latitude)
  const dLon = rad(b.longitude - a.longitude)
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * Math.sin(dLon / 2) ** 2
  return 2 * earthM * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Where a place lies on the whole map at this zoom, in pixels (web Mercator, as tiles are cut). */
export function pixelOf({ latitude, longitude }: Place, zoom: number): { x: number; y: number } {
  const size = tile * 2 ** zoom
  const sin = Math.sin(rad(Math.max(-85.05, Math.min(85.05, latitude))))
  return {
    x: ((longitude + 180) / 360) * size,
    y: (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * size,
  }
}

/** Meters that one pixel stands for at this latitude and zoom. */
export const metersPerPixel = (latitude: number, zoom: number): number =>
  (circumferenceM * Math.cos(rad(latitude))) / (tile * 2 ** zoom)

/** The closest zoom at which all places with their accuracy fit into the box. */
export function zoomFor(
  places: readonly (Place & { accuracyM: number })[],
  box: { width: number; height: number },
): number {
  const [first] = places
  if (!first) return furthest
  for (let zoom = closest; zoom > furthest; zoom -= 1) {
    const center = pixelOf(first, zoom)
    const fits = places.every(place => {
      const at = pixelOf(place, zoom)
      const r = place.accuracyM / metersPerPixel(place.latitude, zoom)
      return (
        Math.abs(at.x - center.x) + r <= (box.width / 2) * 0.9 &&
        Math.abs(at.y - center.y) + r <= (box.height / 2) * 0.75
      )
    })
    if (fits) return zoom
  }
  return furthest
}

/** A tile and where its corner lies in the box. */
export interface Tile {
  key: string
  url: string
  x: number
  y: number
}

/** The tiles that cover the box around a place. */
export function tilesFor(
  template: string,
  center: Place,
  zoom: number,
  box: { width: number; height: number },
): Tile[] {
  const at = pixelOf(center, zoom)
  const [left, top] = [at.x - box.width / 2, at.y - box.height / 2]
  const count = 2 ** zoom
  const tiles: Tile[] = []
  for (let ty = Math.floor(top / tile); ty * tile < top + box.height; ty += 1) {
    if (ty < 0 || ty >= count) continue
    for (let tx = Math.floor(left / tile); tx * tile < left + box.width; tx += 1) {
      const x = ((tx % count) + count) % count
      const url = template.replace('{z}', String(zoom)).replace('{x}', String(x)).replace('{y}', String(ty))
      tiles.push({ key: `${zoom}/${tx}/${ty}`, url, x: tx * tile - left, y: ty * tile - top })
    }
  }
  return tiles
}

/** A round number of meters that is some 60 to 160 pixels long. */
export function scaleM(perPixel: number): number {
  const most = perPixel * 160
  const power = 10 ** Math.floor(Math.log10(most))
  return [5, 2, 1].map(n => n * power).find(m => m <= most) ?? power
}

/** Coordinates as people copy them into a map: five decimals are a meter. */
export const coordinates = ({ latitude, longitude }: Place): string => `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`
