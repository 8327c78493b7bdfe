#ifndef ALLOCATOR_H
#define ALLOCATOR_H

/// Gives back to the system what was freed and the allocator keeps for the next time. Only glibc keeps much.
void allocator_trim(void);

#endif
