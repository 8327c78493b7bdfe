#ifndef C_PROCESSOR_AFFINITY_H
#define C_PROCESSOR_AFFINITY_H

#include <stdbool.h>
#include <stddef.h>

/* On which processors the calling thread may run, a bit each: what Swift's Glibc leaves out, being GNU's own. */
bool processor_affinity_get(void *mask, size_t size);
bool processor_affinity_set(const void *mask, size_t size);

#endif
