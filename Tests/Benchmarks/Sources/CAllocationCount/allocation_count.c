#include "CAllocationCount.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <stdint.h>

/* glibc's own names of what is replaced below. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *block);

static _Thread_local bool is_counting;
static _Thread_local allocation_count counted;

static inline void note(size_t size) {
    if (is_counting) {
        counted.count += 1;
        counted.bytes += size;
    }
}

static inline void note_openssl(size_t size) {
    if (is_counting) {
        counted.openssl_count += 1;
        counted.openssl_bytes += size;
    }
}

void *malloc(size_t size) {
    note(size);
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    note(count * size);
    return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size) {
    note(size);
    return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
    note(size);
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    note(size);
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
    if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) {
        return EINVAL;
    }
    note(size);
    void *found = __libc_memalign(alignment, size);
    if (found == NULL) {
        return ENOMEM;
    }
    *block = found;
    return 0;
}

static void *openssl_malloc(size_t size, const char *file, int line) {
    (void)file, (void)line;
    note_openssl(size);
    return __libc_malloc(size);
}

static void *openssl_realloc(void *block, size_t size, const char *file, int line) {
    (void)file, (void)line;
    note_openssl(size);
    return __libc_realloc(block, size);
}

static void openssl_free(void *block, const char *file, int line) {
    (void)file, (void)line;
    __libc_free(block);
}

bool allocation_count_install(void) {
    return CRYPTO_set_mem_functions(openssl_malloc, openssl_realloc, openssl_free) == 1;
}

void allocation_count_begin(void) {
    counted = (allocation_count){0};
    is_counting = true;
}

allocation_count allocation_count_end(void) {
    is_counting = false;
    return counted;
}
