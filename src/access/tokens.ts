import { hash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits for a person or a program to hold, in base64url. We keep only its hash. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is stored of a token. It needs no salt and no slow hash: nobody can try 2^256 values. */
export const tokenHash = (token: string): Buffer => hash('sha256', token, 'buffer')

/** Compares two secrets in a time that does not depend on where they differ. */
export const sameSecret = (a: string, b: string): boolean => timingSafeEqual(tokenHash(a), tokenHash(b))
