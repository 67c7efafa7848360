import { z } from 'zod'

export const Slug = z.string().regex(/^[a-z0-9](-?[a-z0-9]){0,62}$/, 'Use lower-case letters, digits and hyphens.')

/** `www.example.org` or `mail.example.org:465`. */
export const Host = z.string().max(260)
  .regex(/^[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\d{1,5})?$/, 'Write a host, and a port where it is not 443: www.example.org, mail.example.org:465.')

/** The system that this very installation is. */
export const avowSlug = 'avow'
