import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { closest, coordinates, metersPerPixel, pixelOf, scaleM, tilesFor, zoomFor } from './geometry.ts'
import type { Fix, Fixes } from './queries.ts'

const height = { phone: 220, wide: 340 }
const trail = 20

/** Where the device is, within what, and whence it came: on tiles where there are some, else on a blank grid. The list beside it says the same. */
export function FixMap({ fixes, tiles }: { fixes: readonly Fix[]; tiles: Fixes['tiles'] }) {
  const { t, f } = useVoice()
  const { ref, width } = useElementSize<HTMLDivElement>()
  const [closer, setCloser] = useState(0)
  const shown = fixes.slice(0, trail)
  const [now] = shown
  if (!now) return null
  const box = { width: Math.max(width, 320), height: width > 600 ? height.wide : height.phone }
  const zoom = Math.max(2, Math.min(closest, zoomFor(shown, box) + closer))
  const center = pixelOf(now, zoom)
  const at = (fix: Fix) => {
    const { x, y } = pixelOf(fix, zoom)
    return { x: x - center.x + box.width / 2, y: y - center.y + box.height / 2 }
  }
  const perPixel = metersPerPixel(now.latitude, zoom)
  const radius = Math.max(now.accuracyM / perPixel, 6)
  const label = t('incident.map', { accuracy: f.number(Math.round(now.accuracyM)), place: coordinates(now) })
  return (
    <div className="fixmap" ref={ref}>
      <svg
        viewBox={`0 0 ${box.width} ${box.height}`}
        width={box.width}
        height={box.height}
        role="img"
        aria-label={label}
      >
        <Ground box={box} tiles={tiles} now={now} zoom={zoom} />
        <circle className="acc" cx={box.width / 2} cy={box.height / 2} r={radius} />
        <polyline
          className="trail"
          points={shown
            .map(at)
            .map(p => `${p.x.toFixed(1)},${p.y.toFixed(1)}`)
            .join(' ')}
        />
        {shown
          .slice(1)
          .reverse()
          .map(fix => (
            <circle key={fix.id} className="old" cx={at(fix).x} cy={at(fix).y} r={3.5} />
          ))}
        <circle className="fix" cx={box.width / 2} cy={box.height / 2} r={7} />
        <Scale perPixel={perPixel} />
      </svg>
      <div className="fixmap-zoom">
        <Button icon="plus" iconOnly disabled={zoom >= closest} onClick={() => setCloser(closer + 1)}>
          {t('incident.zoomIn')}
        </Button>
        <Button icon="minus" iconOnly disabled={zoom <= 2} onClick={() => setCloser(closer - 1)}>
          {t('incident.zoomOut')}
        </Button>
      </div>
      {tiles?.credit && <p className="fixmap-credit">{tiles.credit}</p>}
    </div>
  )
}

interface Box {
  width: number
  height: number
}

/** What lies beneath: pictures of tiles, or lines of a grid that keeps its place while one comes closer. */
function Ground({ box, tiles, now, zoom }: { box: Box; tiles: Fixes['tiles']; now: Fix; zoom: number }) {
  if (tiles)
    return (
      <>
        <rect className="land" width={box.width} height={box.height} />
        {tilesFor(tiles.url, now, zoom, box).map(tile => (
          <image key={tile.key} href={tile.url} x={tile.x} y={tile.y} width={256} height={256} />
        ))}
      </>
    )
  const step = scaleM(metersPerPixel(now.latitude, zoom)) / metersPerPixel(now.latitude, zoom)
  const lines = (length: number): number[] => {
    const middle = length / 2
    const count = Math.ceil(middle / step)
    return Array.from({ length: 2 * count + 1 }, (_, n) => middle + (n - count) * step)
  }
  return (
    <>
      <rect className="land" width={box.width} height={box.height} />
      {lines(box.width).map(x => (
        <path key={`x${x}`} className="grid" d={`M${x} 0V${box.height}`} />
      ))}
      {lines(box.height).map(y => (
        <path key={`y${y}`} className="grid" d={`M0 ${y}H${box.width}`} />
      ))}
    </>
  )
}

function Scale({ perPixel }: { perPixel: number }) {
  const { f } = useVoice()
  const m = scaleM(perPixel)
  const long = m / perPixel
  return (
    <g className="scale">
      <path d={`M12 14v6h${long}v-6`} />
      <text x={12 + long + 6} y={20}>
        {m >= 1000 ? `${f.number(m / 1000)} km` : `${f.number(m)} m`}
      </text>
    </g>
  )
}
