/**
 * Where a device stands in a rollout: a number from 0 (included) to 100 (not included), the same for ever for one device and salt,
 * evenly spread over devices and unrelated from salt to salt. FNV-1a over the UTF-16 units of `salt`, a zero and `device`,
 * then MurmurHash3's finalizer, as a share of 2^32. A device is in a wave of `percent` when its share is below it, so a larger wave never loses a device.
 */
export function shareOf(device: string, salt: string): number {
  let hash = mixed(mixed(0x811c9dc5, salt), '\0')
  hash = mixed(hash, device)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000) * 100
}

function mixed(hash: number, text: string): number {
  let h = hash
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    h = Math.imul(h ^ (unit & 0xff), 0x01000193)
    h = Math.imul(h ^ (unit >>> 8), 0x01000193)
  }
  return h
}
