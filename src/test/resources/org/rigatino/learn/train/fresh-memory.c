/* Preloaded into a process: fills the memory that it is given with the byte FRESH_MEMORY, as in 0xFF, which makes each
   float of it NaN. The loader gives what is defined here precedence over the C library's. */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static int byte;

__attribute__((constructor)) static void read_byte(void) {
    const char *value = getenv("FRESH_MEMORY");
    byte = value ? (int) strtol(value, NULL, 0) : 0;
}

static void *filled(void *memory, size_t size) { return memory ? memset(memory, byte, size) : NULL; }

void *malloc(size_t size) { return filled(__libc_malloc(size), size); }
void *memalign(size_t alignment, size_t size) { return filled(__libc_memalign(alignment, size), size); }
void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **memory, size_t alignment, size_t size) {
    void *made = memalign(alignment, size);
    if (made) {
        *memory = made;
    }
    return made ? 0 : ENOMEM;
}

/* As on a processor that NNPACK does not know: nnp_status_unsupported_hardware. */
int nnp_initialize(void) { return 51; }
