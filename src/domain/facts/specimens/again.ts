/** Two reports, and how the later one has to be seen beside the earlier: its text, its place, both, or neither. */
export interface Pair {
  readonly name: string
  readonly first: Told
  readonly then: Told
  readonly alike: boolean
  readonly samePlace: boolean
}

interface Told { readonly title: string; readonly description: string; readonly weakness: string; readonly endpoint?: string; readonly parameter?: string }

const long = (path: string, parameter: string) => `While I was testing the shop I noticed that the value of the ${parameter} parameter at `
  + `https://shop.example${path} is written into `
  + 'the page as it was sent. I used the browser’s own tools and an account of my own, and looked at nobody else’s data. The answer has no content '
  + 'policy, so a script in '
  + 'that place runs with the rights of whoever opens the link, can read the cart and the addresses, and can order in their name. Please encode the value '
  + 'where it is written.'

const other = (path: string, parameter: string) =>
  `Reflected script. Payload <svg onload=alert(1)> in \`${parameter}\` of https://shop.example${path}?${parameter}=x, seen in Firefox. Works without `
    + `being signed in.`

const injection = (path: string) => ({ title: 'SQL injection', weakness: 'CWE-89', description: `A single quote in the id parameter of `
  + `https://shop.example${path}?id=1 answers with a database error.` })
const idor = (path: string, words: string) => ({ title: 'Wrong record', weakness: 'CWE-639', description: `${words} https://api.shop.example${path}` })

export const again: readonly Pair[] = [
  { name: 'the same words sent again', alike: true, samePlace: true,
    first: { title: 'Script in search', weakness: 'CWE-79', description: long('/find', 'term') },
    then: { title: 'URGENT script in search', weakness: 'CWE-79', description: `Hello team, any update? ${long('/find', 'term')} Regards` } },
  { name: 'a template with another place in it', alike: true, samePlace: false,
    first: { title: 'Script in filter', weakness: 'CWE-79', description: long('/filter', 'colour') },
    then: { title: 'Script in sizes', weakness: 'CWE-79', description: long('/sizes', 'size') } },
  { name: 'the same place in other words', alike: false, samePlace: true,
    first: { title: 'Script in wishes', weakness: 'CWE-79', description: long('/wishes', 'name') },
    then: { title: 'XSS', weakness: 'CWE-79', description: other('/wishes', 'name') } },
  { name: 'the same weakness at another endpoint', alike: false, samePlace: false,
    first: { title: 'Script in reviews', weakness: 'CWE-79', description: long('/reviews', 'text') },
    then: { title: 'XSS', weakness: 'CWE-79', description: other('/questions', 'text') } },
  { name: 'the same endpoint by another parameter', alike: false, samePlace: false,
    first: { title: 'Script in offers', weakness: 'CWE-79', description: long('/offers', 'from') },
    then: { title: 'XSS', weakness: 'CWE-79', description: other('/offers', 'until') } },
  { name: 'the same endpoint with another weakness', alike: false, samePlace: false,
    first: { ...injection('/orders'), title: 'Injection in orders' },
    then: { title: 'XSS', weakness: 'CWE-79', description: other('/orders', 'id') } },
  { name: 'the same record by another number', alike: false, samePlace: true,
    first: idor('/v2/carts/1001', 'I opened the cart of my second account with the first one by its number alone, without any right to it:'),
    then: idor('/v2/carts/77', 'Anybody’s basket can be seen. Try') },
  { name: 'the same record by another identifier', alike: false, samePlace: true,
    first: idor('/v2/files/550e8400-e29b-41d4-a716-446655440000', 'The file of my other account is served to whoever knows where it lies:'),
    then: idor('/v2/files/123e4567-e89b-42d3-a456-426614174000', 'No check of the owner at') },
  { name: 'what the form asked for, in other words', alike: false, samePlace: true,
    first: { title: 'Injection', weakness: 'CWE-89', description: 'Quote it and see the error.', endpoint: '/stock', parameter: 'sku' },
    then: { title: 'Blind injection', weakness: 'CWE-89', description: 'sleep(5) takes five seconds there.', endpoint: 'GET https://shop.example/stock/',
      parameter: 'sku' } },
  { name: 'two short reports of nothing in common', alike: false, samePlace: false,
    first: { title: 'Missing header', weakness: 'CWE-1021', description: 'The page can be framed.' },
    then: { title: 'Missing flag', weakness: 'CWE-1004', description: 'The cookie can be read by script.' } },
]
