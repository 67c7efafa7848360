import type { MiddlewareHandler } from 'hono'

/** Paths of running packages, within an organisation. */
const ofCourses = /^\/run(\/|$)/

/**
 * Scripts of packages that others wrote run on a host of their own. That host serves them and our own style sheet and scripts, so that nobody can sign
 * in there; and no other host serves them, so that they never run where somebody is signed in.
 */
export function courseHostApart(courseOrigin: string | undefined): MiddlewareHandler {
  const host = courseOrigin === undefined ? undefined : new URL(courseOrigin).host
  return async (c, next) => {
    const isThere = new URL(c.req.url).host === host
    if (c.req.path.startsWith('/assets/') || isThere === ofCourses.test(c.req.path)) return next()
    return c.text('There is nothing at this address.', 404)
  }
}
