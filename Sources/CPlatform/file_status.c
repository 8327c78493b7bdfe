// For `statx`.
#define _GNU_SOURCE

#include "file_status.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
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
        .permissions = found->st_mode & 07777,
        .owner = found->st_uid,
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

/// Whether it is on another device than the folder it is in. Of two mounts of one device, it sees none.
static bool is_on_own_device(const char *path) {
    char folder[PATH_MAX];
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof folder) return false;
    memcpy(folder, path, length + 1);
    char *slash = strrchr(folder, '/');
    if (slash == NULL) {
        memcpy(folder, ".", 2);
    } else {
        slash[slash == folder] = '\0';
    }
    struct stat own, outer;
    return stat(path, &own) == 0 && stat(folder, &outer) == 0 && own.st_dev != outer.st_dev;
}

bool file_is_mount(const char *path) {
#ifdef STATX_ATTR_MOUNT_ROOT
    struct statx found;
    if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, 0, &found) == 0 && found.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT) {
        return found.stx_attributes & STATX_ATTR_MOUNT_ROOT;
    }
#endif
    return is_on_own_device(path);
}
