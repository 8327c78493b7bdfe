#ifndef THREADS_H
#define THREADS_H

#include <stddef.h>

/// Makes `wanted` threads that are there at the same time, and ends them.
/// - Parameter made: how many could be made.
/// - Returns: 0, or the errno for which the next one could not.
int threads_try(unsigned wanted, unsigned *made);

/// How many bytes of stack the first thread may have, and with glibc each other one; SIZE_MAX if it is unlimited.
size_t stack_limit(void);

#endif
