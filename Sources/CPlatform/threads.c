#include "threads.h"

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>

static void *wait_for_others(void *lock) {
    pthread_mutex_lock(lock);
    pthread_mutex_unlock(lock);
    return NULL;
}

int threads_try(unsigned wanted, unsigned *made) {
    *made = 0;
    pthread_t *threads = calloc(wanted, sizeof *threads);
    if (threads == NULL) return ENOMEM;
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    int code = 0;
    // Held until all are there: each of them waits for it.
    pthread_mutex_lock(&lock);
    while (*made < wanted && code == 0) {
        code = pthread_create(&threads[*made], NULL, wait_for_others, &lock);
        if (code == 0) *made += 1;
    }
    pthread_mutex_unlock(&lock);
    for (unsigned index = 0; index < *made; index += 1) pthread_join(threads[index], NULL);
    pthread_mutex_destroy(&lock);
    free(threads);
    return code;
}

size_t stack_limit(void) {
    struct rlimit limit;
    return getrlimit(RLIMIT_STACK, &limit) == 0 ? (size_t)limit.rlim_cur : SIZE_MAX;
}
