/** Tries numbers until a derived key begins as the challenge asks (ALTCHA, version 2), with the platform's own PBKDF2. Answers what the form sends. */
import { solveChallenge, type Challenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'

addEventListener('message', async ({ data }: MessageEvent<string>) => {
  const challenge = JSON.parse(data) as Challenge
  const solution = await solveChallenge({ challenge, deriveKey })
  postMessage(solution ? btoa(JSON.stringify({ challenge, solution })) : '')
})
