#define _GNU_SOURCE
#include "CProcessorAffinity.h"

#include <sched.h>

bool processor_affinity_get(void *mask, size_t size) {
    return sched_getaffinity(0, size, mask) == 0;
}

bool processor_affinity_set(const void *mask, size_t size) {
    return sched_setaffinity(0, size, mask) == 0;
}
