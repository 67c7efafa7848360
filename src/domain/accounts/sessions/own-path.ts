/** Only a path of ours is gone on to, read as a browser reads it: `//elsewhere`, `/\elsewhere` and a tab between two slashes are other sites. */
export function ownPath(to: string, otherwise = '/desk'): string {
  const here = 'https://avow.invalid'
  const found = URL.parse(to, here)
  const path = to.startsWith('/') && found?.origin === here ? found.pathname + found.search : otherwise
  return path.startsWith('//') ? otherwise : path
}
