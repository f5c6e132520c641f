import { Problem } from '../../base/problem.ts'

interface Places {
  taken: number
  stopping: AbortController
}

const most = 4
const places = new WeakMap<object, Places>()

function placesOf(owner: object): Places {
  const known = places.get(owner) ?? { taken: 0, stopping: new AbortController() }
  places.set(owner, known)
  return known
}

/** A place among the computations of this process, which are few, so that requests are answered beside them. Throws `preview.busy` when there is none. */
export function takePlace(owner: object): { signal: AbortSignal; leave(): void } {
  const known = placesOf(owner)
  if (known.taken >= most) throw new Problem('preview.busy', { retryAfter: 3 })
  known.taken += 1
  return {
    signal: known.stopping.signal,
    leave: () => {
      known.taken -= 1
    },
  }
}

/** Ends every computation of this process, for when the server stops: each is marked as failed. Answers when they have ended. */
export async function endPreviews(owner: object): Promise<void> {
  const known = placesOf(owner)
  known.stopping.abort(new Error('the server stops'))
  for (let waits = 0; known.taken > 0 && waits < 200; waits += 1) await new Promise(r => setTimeout(r, 10))
}
