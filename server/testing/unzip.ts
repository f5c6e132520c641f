import { fromBuffer } from 'yauzl'

/** The files of a zip by name. */
export function unzip(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (fault, zip) => {
      if (fault) {
        reject(fault)
        return
      }
      const files = new Map<string, Buffer>()
      zip.on('error', reject)
      zip.on('end', () => resolve(files))
      zip.on('entry', entry => {
        zip.openReadStream(entry, async (refusal, stream) => {
          if (refusal) {
            reject(refusal)
            return
          }
          files.set(entry.fileName, Buffer.concat(await Array.fromAsync(stream)))
          zip.readEntry()
        })
      })
      zip.readEntry()
    })
  })
}
