/** Largest body of a request, files aside, and the most fields of one form. What somebody sends is held in memory up to here. */
export const maxBodyBytes = 2 * 1024 * 1024
export const maxFields = 2000
