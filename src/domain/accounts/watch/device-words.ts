/** Looked for in this order: Chromium's descendants all say Chrome, and Chrome says Safari. */
const browsers = [
  ['Edge', /\bEdgA?(iOS)?\//], ['Opera', /\bOPR\//], ['Samsung Internet', /\bSamsungBrowser\//], ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS|HeadlessChrome)\//], ['Safari', /\bSafari\//],
] as const
const systems = [
  ['iPhone', /\biPhone\b/], ['iPad', /\biPad\b/], ['Android', /\bAndroid\b/], ['Windows', /\bWindows\b/], ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/], ['Linux', /\bLinux\b/],
] as const

/** What a browser says of itself, in words of ours alone: `Firefox on Linux`. Nothing that it sends is kept as it is. */
export function deviceWords(userAgent: string | null): string {
  const known = (list: readonly (readonly [string, RegExp])[]) => list.find(([, pattern]) => pattern.test(userAgent ?? ''))?.[0]
  const [browser, system] = [known(browsers), known(systems)]
  return browser && system ? `${browser} on ${system}` : browser ?? (system ? `a browser on ${system}` : 'an unknown browser')
}
