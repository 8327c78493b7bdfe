#include "allocator.h"

#include <stdlib.h> /* defines __GLIBC__ */
#ifdef __GLIBC__
#include <malloc.h>
#if __GLIBC_PREREQ(2, 33)
#define COUNTS_FREE_BYTES
#endif
#endif

size_t allocator_free_bytes(void) {
#ifdef COUNTS_FREE_BYTES
    return mallinfo2().fordblks;
#else
    return 0;
#endif
}

void allocator_trim(void) {
#ifdef __GLIBC__
    (void)malloc_trim(0);
#endif
}
