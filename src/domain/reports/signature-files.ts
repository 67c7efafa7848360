/** A file by which a mail program signs or closes a mail (RFC 3156, RFC 8551), by its name: it shows nothing of a weakness. */
export const isSignature = (name: string): boolean =>
  /\.(p7s|p7m|p7c|sig)$/i.test(name) || /^(signature|part-\d+|openpgp_(digital_)?signature)\.asc$/i.test(name)
