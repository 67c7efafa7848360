/** A file to keep. `name` is made of our own words; the browser saves it and never shows it in place. */
export const download = (name: string, type: string, body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>): Response =>
  new Response(body as BodyInit, { headers: { 'content-type': type, 'content-disposition': disposition(name), 'content-security-policy': "sandbox; default-src 'none'" } })

/** RFC 6266: a plain name for old programs, and the true one in UTF-8. */
function disposition(name: string): string {
  const plain = name.replace(/[^\w .()-]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`
}
