import type { Mark } from '../fact.ts'

/** A report of our own writing, as such reports are, and what has to be seen of it at a glance. */
export interface Specimen {
  readonly title: string
  readonly description: string
  readonly more?: Readonly<Record<string, unknown>>
  readonly seen: readonly (readonly [mark: Mark, says: RegExp])[]
  /** What a triager would call noise. */
  readonly never?: RegExp
}

/** The source that reports are checked against: an HTTP library in C. Of each version, the files that it has anew. */
export const source: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'quill-2_0_0': {
    'lib/url.c': `${'/* filler */\n'.repeat(200)}int parse_authority(struct url *u, const char *in) { return strlen(in) > 255; }\n`,
    'lib/cookie.c': `${'/* filler */\n'.repeat(80)}static int cookie_domain_match(const char *a, const char *b) { return 1; }\n`,
    'lib/http2.c': 'int h2_on_frame(struct session *s) { return 0; }\nint h2_window_update(struct session *s) { return 0; }\n',
    'src/tool_args.c': 'int parse_option(int argc) { return memcpy(0, 0, 0) != 0; }\n',
    'include/quill/quill.h': '#define QUILL_MAX_HEADER 65536\nint quill_easy_fetch(void *handle);\n',
  },
  'quill-2_1_0': { 'lib/altsvc.c': 'int altsvc_load(const char *file) { return 0; }\n' },
}
