#ifndef FILE_STATUS_H
#define FILE_STATUS_H

#include <stdbool.h>
#include <stdint.h>

typedef enum { FILE_KIND_REGULAR, FILE_KIND_FOLDER, FILE_KIND_OTHER } file_kind;

/// What is known of a file.
typedef struct {
    file_kind kind;
    /// The lower twelve bits of its mode.
    uint32_t permissions;
    /// The user it belongs to.
    uint32_t owner;
    /// Together these name it on this machine.
    uint64_t device, number;
    int64_t size;
    /// Since 1970: when its content was last written, or is said to have been.
    int64_t modified_seconds, modified_nanoseconds;
    /// The same for anything of it, names included. No program can set this one.
    int64_t changed_seconds, changed_nanoseconds;
    /// How many names it has: none once it is removed or replaced, and still open.
    uint64_t names;
} file_status;

/// Describes an open file. In C, because several modules declare `struct stat` in Swift, and which of them the compiler
/// uses depends on the order in which it loads them.
/// Returns 0 or an `errno`.
int file_status_of(int descriptor, file_status *status);

/// The same for the file that a path leads to.
int file_status_at(const char *path, file_status *status);

/// The same for what a path names, which may itself be a link.
int file_status_at_name(const char *path, file_status *status);

/// Whether a path is where a file system, or a part of one, is mounted: a volume. The path must not be a link.
bool file_is_mount(const char *path);

#endif
