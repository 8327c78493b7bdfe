#define _DEFAULT_SOURCE

#include "CFileStatus.h"

#include <sys/stat.h>

bool file_status_of_regular(int descriptor, file_status *status) {
    struct stat found;
    if (fstat(descriptor, &found) != 0 || !S_ISREG(found.st_mode)) return false;
#ifdef __APPLE__
    struct timespec modified = found.st_mtimespec;
#else
    struct timespec modified = found.st_mtim;
#endif
    *status = (file_status){
        .size = found.st_size,
        .modified_seconds = modified.tv_sec,
        .modified_nanoseconds = modified.tv_nsec,
    };
    return true;
}
