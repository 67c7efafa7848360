/** The kinds of weakness offered in the form: the Common Weakness Enumeration's numbers with plain names. Any other CWE number may be typed. */
export const weaknesses: readonly (readonly [id: string, name: string])[] = [
  ['CWE-79', 'Cross-site scripting'],
  ['CWE-89', 'SQL injection'],
  ['CWE-78', 'Command injection'],
  ['CWE-94', 'Code injection'],
  ['CWE-22', 'Path traversal'],
  ['CWE-287', 'Broken authentication'],
  ['CWE-862', 'Missing authorisation'],
  ['CWE-639', 'Access to other people’s objects (IDOR)'],
  ['CWE-269', 'Privilege escalation'],
  ['CWE-352', 'Cross-site request forgery'],
  ['CWE-918', 'Server-side request forgery'],
  ['CWE-601', 'Open redirect'],
  ['CWE-502', 'Unsafe deserialisation'],
  ['CWE-434', 'Unrestricted upload'],
  ['CWE-200', 'Information disclosure'],
  ['CWE-798', 'Credentials in the code'],
  ['CWE-327', 'Weak cryptography'],
  ['CWE-787', 'Memory corruption'],
  ['CWE-362', 'Race condition'],
  ['CWE-16', 'Misconfiguration'],
]

const names = new Map(weaknesses)

/** `CWE-79` → `Cross-site scripting (CWE-79)`; a number we have no name for stays as it is. */
export const weaknessName = (id: string): string => {
  const name = names.get(id)
  return name ? `${name} (${id})` : id
}
