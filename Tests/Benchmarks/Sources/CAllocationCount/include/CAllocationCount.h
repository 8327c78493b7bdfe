/*
 * Counts what the calling thread takes from the heap between two calls.
 *
 * malloc and its kin are replaced in the whole process by functions that count and pass on to glibc's. OpenSSL is given
 * functions of its own, so that what it takes for itself is counted apart and changes with its version only.
 */
#ifndef CALLOCATIONCOUNT_H
#define CALLOCATIONCOUNT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct allocation_count {
    /* Without OpenSSL's. A growing realloc counts as one of its new size. */
    size_t count;
    size_t bytes;
    size_t openssl_count;
    size_t openssl_bytes;
} allocation_count;

/* Tells OpenSSL to use counting functions: to be called before anything else of OpenSSL, or it returns false. */
bool allocation_count_install(void);

void allocation_count_begin(void);
allocation_count allocation_count_end(void);

#endif
