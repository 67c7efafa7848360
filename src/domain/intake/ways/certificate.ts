import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { rest } from '../../../ledger/index.ts'

export interface CertificateFiles { readonly cert: string; readonly key: string }
/** PEM. */
export interface Certificate { readonly cert: string; readonly key: string }

/** Throws where the two do not belong together, or are not whole. TLS itself takes an empty one for none. */
export async function readCertificate(files: CertificateFiles): Promise<Certificate> {
  const [cert, key] = await Promise.all([readFile(files.cert, 'utf8'), readFile(files.key, 'utf8')])
  if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) throw new Error('The certificate is of another key.')
  createSecureContext({ cert, key })
  return { cert, key }
}

interface Following {
  /** A renewed certificate and its key, once both are there. */
  readonly onChange: (renewed: Certificate) => void
  readonly onError: (error: Error) => void
  readonly everyMs?: number | undefined
}

/**
 * Looks whether a certificate was renewed, by what the files hold: renewal replaces files, or a link to their folder. A certificate whose key has
 * not come yet is no trouble at the first look, and told once after that; the former one is shown until then. Answers how to stop.
 */
export function followCertificate(files: CertificateFiles, shown: Certificate, { onChange, onError, everyMs = 60_000 }: Following): () => void {
  let [current, misses] = [shown, 0]
  const look = async () => {
    try {
      const found = await readCertificate(files)
      misses = 0
      if (found.cert === current.cert && found.key === current.key) return
      current = found
      onChange(found)
    } catch (cause) {
      misses += 1
      if (misses === 2) onError(new Error('The mail receiver’s new certificate cannot be used; the former one is still shown.', { cause }))
    }
  }
  const stop = new AbortController()
  void (async () => {
    while (!stop.signal.aborted) {
      await look()
      await rest(everyMs, stop.signal)
    }
  })()
  return () => stop.abort()
}
