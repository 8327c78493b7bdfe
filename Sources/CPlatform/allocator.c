#include "allocator.h"

#include <stdlib.h> /* defines __GLIBC__ */
#ifdef __GLIBC__
#include <malloc.h>
#endif

void allocator_trim(void) {
#ifdef __GLIBC__
    (void)malloc_trim(0);
#endif
}
