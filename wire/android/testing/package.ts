/** The bytes of an archive with the signing block of an Android package, as tests need them: no files, and signatures of nothing. */
export function packageSignedBy(
  certificates: readonly Uint8Array[],
  more: { newer?: readonly Uint8Array[]; comment?: string } = {},
): Buffer {
  const pairs = [
    pair(0x7109871a, signers(certificates)),
    ...(more.newer ? [pair(0xf05368c0, signers(more.newer))] : []),
  ]
  const inner = Buffer.concat(pairs)
  const size = u64(inner.length + 24)
  const block = Buffer.concat([size, inner, size, Buffer.from('APK Sig Block 42', 'latin1')])
  const comment = Buffer.from(more.comment ?? '', 'latin1')
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt32LE(block.length, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([block, end, comment])
}

const signers = (certificates: readonly Uint8Array[]): Buffer =>
  prefixed(
    Buffer.concat(
      certificates.map(c => prefixed(prefixed(Buffer.concat([prefixed(Buffer.alloc(0)), prefixed(prefixed(c))])))),
    ),
  )

function pair(id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32LE(id)
  return Buffer.concat([u64(value.length + 4), head, value])
}

function prefixed(bytes: Uint8Array): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(bytes.length)
  return Buffer.concat([size, bytes])
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
