/** The bytes of an archive with the signing block of an Android package, as tests need them: no files, and signatures of nothing. */
export function packageSignedBy(
  certificates: readonly Uint8Array[],
  more: { newer?: readonly Uint8Array[]; comment?: string } = {},
): Buffer {
  const pairs = [
    [0x7109871a, signers(certificates)] as const,
    ...(more.newer ? [[0xf05368c0, signers(more.newer)] as const] : []),
  ]
  const block = signingBlock(pairs)
  const comment = Buffer.from(more.comment ?? '', 'latin1')
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt32LE(block.length, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([block, end, comment])
}

/** A signing block with these values by their numbers. */
export function signingBlock(pairs: readonly (readonly [id: number, value: Buffer])[]): Buffer {
  const inner = Buffer.concat(pairs.map(([id, value]) => pair(id, value)))
  const size = u64(inner.length + 24)
  return Buffer.concat([size, inner, size, Buffer.from('APK Sig Block 42', 'latin1')])
}

const signers = (certificates: readonly Uint8Array[]): Buffer =>
  prefixed(
    Buffer.concat(
      certificates.map(c => prefixed(prefixed(Buffer.concat([prefixed(Buffer.alloc(0)), prefixed(prefixed(c))])))),
    ),
  )

function pair(id: number, value: Buffer): Buffer {
  return Buffer.concat([u64(value.length + 4), u32(id), value])
}

function prefixed(bytes: Uint8Array): Buffer {
  return Buffer.concat([u32(bytes.length), bytes])
}

/** Four bytes, the least first. */
export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
