#ifndef C_FILE_STATUS_H
#define C_FILE_STATUS_H

#include <stdbool.h>
#include <stdint.h>

/// What is known of an open regular file.
typedef struct {
    int64_t size;
    /// Since 1970.
    int64_t modified_seconds;
    int64_t modified_nanoseconds;
} file_status;

/// Describes an open file; false if it is no regular file.
///
/// In C, because several modules bring a `struct stat` along in Swift, and which of them owns it depends on the order in which
/// the compiler happens to load them.
bool file_status_of_regular(int descriptor, file_status *status);

#endif
