#ifndef ALLOCATOR_H
#define ALLOCATOR_H

#include <stddef.h>

/// Bytes that were freed and that the allocator keeps for the next time, or has given back to the system already; 0 where it does
/// not tell. Takes the locks of the allocator for as long as it counts.
size_t allocator_free_bytes(void);

/// Gives back to the system what was freed and the allocator keeps for the next time. Only glibc keeps much.
void allocator_trim(void);

#endif
