/** Files as browsers ask for them, made once beside those of the build: nothing is compressed while somebody waits. */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** Smaller ones fit into one packet as they are. */
const LEAST_BYTES = 1024

/** Writes name.br and name.gz for what the build wrote to a folder. The page itself is left out: servers put data into it. */
export function compressFiles(folder) {
  const names = readdirSync(folder, { recursive: true })
  for (const name of names.filter((one) => /\.(br|gz)$/.test(one) && names.includes(one.replace(/\.\w+$/, '')))) {
    rmSync(join(folder, name))
  }
  for (const name of names.filter((one) => /\.(js|css|svg|json|html|webmanifest)$/.test(one) && one !== 'index.html')) {
    const path = join(folder, name)
    if (statSync(path).size < LEAST_BYTES) continue
    const bytes = readFileSync(path)
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }))
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
  }
}
