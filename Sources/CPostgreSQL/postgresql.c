#include "CPostgreSQL.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

#ifdef __APPLE__
static const char *const names[] = {
    "libpq.5.dylib", "/opt/homebrew/opt/libpq/lib/libpq.5.dylib", "/usr/local/opt/libpq/lib/libpq.5.dylib"};
#else
static const char *const names[] = {"libpq.so.5"};
#endif

#define DEFINE(result, name, parameters, arguments) result (*cpostgresql_##name) parameters;
CPOSTGRESQL_FUNCTIONS(DEFINE)

static char failure[512];
static const char *outcome;

static void *open_library(void) {
    for (unsigned index = 0; index < sizeof names / sizeof names[0]; index++) {
        void *library = dlopen(names[index], RTLD_NOW | RTLD_LOCAL);
        if (library != NULL) return library;
        if (index == 0) snprintf(failure, sizeof failure, "%s", dlerror());
    }
    return NULL;
}

static void load(void) {
    outcome = failure;
    void *library = open_library();
    if (library == NULL) return;
#define LOAD(result, name, parameters, arguments) \
    cpostgresql_##name = (result(*) parameters)dlsym(library, #name); \
    if (cpostgresql_##name == NULL) { \
        snprintf(failure, sizeof failure, "%s has no " #name, names[0]); \
        return; \
    }
    CPOSTGRESQL_FUNCTIONS(LOAD)
    outcome = NULL;
}

const char *cpostgresql_open(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return outcome;
}
