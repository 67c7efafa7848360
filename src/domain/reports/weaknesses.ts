import { z } from 'zod'
import { cweName } from './cwe.ts'

/**
 * The kinds of weakness that the form offers: the Common Weakness Enumeration's numbers, plain names, and the category of Bugcrowd's Vulnerability
 * Rating Taxonomy under which many researchers know them. Any other CWE number may be typed.
 */
export const weaknesses: readonly (readonly [id: string, name: string, vrt: string])[] = [
  ['CWE-79', 'Cross-site scripting', 'Cross-Site Scripting (XSS)'],
  ['CWE-89', 'SQL injection', 'Server-Side Injection'],
  ['CWE-78', 'Command injection', 'Server-Side Injection'],
  ['CWE-94', 'Code injection', 'Server-Side Injection'],
  ['CWE-22', 'Path traversal', 'Server-Side Injection'],
  ['CWE-287', 'Broken authentication', 'Broken Authentication and Session Management'],
  ['CWE-862', 'Missing authorisation', 'Broken Access Control (BAC)'],
  ['CWE-639', 'Access to other people’s objects (IDOR)', 'Broken Access Control (BAC)'],
  ['CWE-269', 'Privilege escalation', 'Broken Access Control (BAC)'],
  ['CWE-352', 'Cross-site request forgery', 'Cross-Site Request Forgery (CSRF)'],
  ['CWE-918', 'Server-side request forgery', 'Server Security Misconfiguration'],
  ['CWE-601', 'Open redirect', 'Unvalidated Redirects and Forwards'],
  ['CWE-502', 'Unsafe deserialisation', 'Server-Side Injection'],
  ['CWE-434', 'Unrestricted upload', 'Server Security Misconfiguration'],
  ['CWE-200', 'Information disclosure', 'Sensitive Data Exposure'],
  ['CWE-798', 'Credentials in the code', 'Sensitive Data Exposure'],
  ['CWE-327', 'Weak cryptography', 'Cryptographic Weakness'],
  ['CWE-787', 'Memory corruption', 'Insecure OS/Firmware'],
  ['CWE-362', 'Race condition', 'Server Security Misconfiguration'],
  ['CWE-16', 'Misconfiguration', 'Server Security Misconfiguration'],
]

const names = new Map(weaknesses.map(([id, name]) => [id, name]))

/** `CWE-79` → `Cross-site scripting (CWE-79)`; a number that the list does not have stays as it is. */
export const weaknessName = (id: string): string => {
  const name = names.get(id) ?? cweName(id)
  return name ? `${name} (${id})` : id
}

/** `CWE-79`, and whatever follows the number where it was chosen from the list. */
export const Weakness = z.string().trim().regex(/^(CWE-\d{1,5}\b.*)?$/i, 'Choose from the list, or write a number as in CWE-79.').max(300)
  .transform((typed) => /^CWE-\d{1,5}/i.exec(typed)?.[0].toUpperCase() ?? '').default('')
