#define _DEFAULT_SOURCE

#include "file_status.h"

#include <errno.h>
#include <sys/stat.h>

static int describe(int outcome, const struct stat *found, file_status *status) {
    if (outcome != 0) return errno;
#ifdef __APPLE__
    struct timespec modified = found->st_mtimespec, changed = found->st_ctimespec;
#else
    struct timespec modified = found->st_mtim, changed = found->st_ctim;
#endif
    *status = (file_status){
        .kind = S_ISREG(found->st_mode) ? FILE_KIND_REGULAR : S_ISDIR(found->st_mode) ? FILE_KIND_FOLDER : FILE_KIND_OTHER,
        .permissions = found->st_mode & 0777,
        .device = (uint64_t)found->st_dev,
        .number = (uint64_t)found->st_ino,
        .size = found->st_size,
        .modified_seconds = modified.tv_sec,
        .modified_nanoseconds = modified.tv_nsec,
        .changed_seconds = changed.tv_sec,
        .changed_nanoseconds = changed.tv_nsec,
        .names = (uint64_t)found->st_nlink,
    };
    return 0;
}

int file_status_of(int descriptor, file_status *status) {
    struct stat found;
    return describe(fstat(descriptor, &found), &found, status);
}

int file_status_at(const char *path, file_status *status) {
    struct stat found;
    return describe(stat(path, &found), &found, status);
}

int file_status_at_name(const char *path, file_status *status) {
    struct stat found;
    return describe(lstat(path, &found), &found, status);
}
