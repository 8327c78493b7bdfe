/* Finds crypto_mb, for a processor that it is made for. */
#define _GNU_SOURCE /* secure_getenv */

#include <dlfcn.h>
#include <limits.h>
#include <openssl/crypto.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "multi_buffer.h"

void ss_multi_buffer_free(ss_multi_buffer *library) {
    if (library != NULL) {
        if (library->handle != NULL) {
            dlclose(library->handle);
        }
        OPENSSL_free(library);
    }
}

const char *ss_multi_buffer_name(const ss_multi_buffer *library) { return library->name.text; }

#if defined(__linux__) && defined(__x86_64__)
#include <cpuid.h>

/* The interface that this code is written for; the number is part of the library's soname. */
#define LIBRARY_NAME "libcrypto_mb.so.13"

/* crypto_mb/version.h */
typedef struct library_version {
    int major, minor, patch;
    char processor[4]; /* "k1" for AVX-512 IFMA, "l9" for AVX-IFMA, which does four at a time */
    const char *name, *build_date, *text;
} library_version;

/* AVX-512 F, DQ, IFMA, BW and VL, BMI2 and ADX, and a system that keeps the registers. */
static bool processor_has_avx512_ifma(void) {
    unsigned eax, ebx, ecx, edx, low, high;
    const unsigned wanted = 1u << 8 | 1u << 16 | 1u << 17 | 1u << 19 | 1u << 21 | 1u << 30 | 1u << 31;
    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || (ecx & 1u << 27) == 0 || !__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) ||
        (ebx & wanted) != wanted) {
        return false;
    }
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (low & 0xe6) == 0xe6;
}

static ss_status load_functions(void *handle, ss_crypto_mb *functions, const library_version *(**version)(void), ss_reason *reason) {
    const struct {
        const char *name;
        void *place;
    } all[] = {
        {"mbx_RSA_pub65537_Method", &functions->public_method}, {"mbx_RSA_private_crt_Method", &functions->private_method},
        {"mbx_RSA_Method_BufSize", &functions->buffer_size},    {"mbx_rsa_public_mb8", &functions->public_operation},
        {"mbx_rsa_private_crt_mb8", &functions->private_operation}, {"mbx_getversion", version},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        void *function = dlsym(handle, all[i].name);
        if (function == NULL) {
            char text[SS_REASON_CAPACITY];
            snprintf(text, sizeof text, "the library has no %s", all[i].name);
            return ss_fail(SS_UNSUPPORTED, reason, text);
        }
        memcpy(all[i].place, &function, sizeof function);
    }
    return SS_OK;
}

static ss_status make_from(void *handle, ss_multi_buffer **library, ss_reason *reason) {
    ss_crypto_mb functions;
    const library_version *(*version_of)(void) = NULL;
    ss_status status = load_functions(handle, &functions, &version_of, reason);
    if (status != SS_OK) {
        return status;
    }
    const library_version *version = version_of();
    if (version == NULL || version->major != 2) {
        return ss_fail(SS_UNSUPPORTED, reason, "the library is not version 2 of crypto_mb");
    }
    if (strncmp(version->processor, "k1", 2) != 0) {
        return ss_fail(SS_UNSUPPORTED, reason, "the library does not use this processor's AVX-512 IFMA");
    }
    status = ss_multi_buffer_make(&functions, library, reason);
    if (status == SS_OK) {
        (*library)->handle = handle;
        snprintf((*library)->name.text, SS_REASON_CAPACITY, "crypto_mb %d.%d.%d", version->major, version->minor, version->patch);
    }
    return status;
}

ss_status ss_multi_buffer_open(const char *path, ss_multi_buffer **library, ss_reason *reason) {
    *library = NULL;
    if (!processor_has_avx512_ifma()) {
        return ss_fail(SS_UNSUPPORTED, reason, "this processor has no AVX-512 IFMA");
    }
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) {
        const char *problem = dlerror();
        return ss_fail(SS_FAILED, reason, problem == NULL ? "the library cannot be opened" : problem);
    }
    ss_status status = make_from(handle, library, reason);
    if (status != SS_OK) {
        dlclose(handle);
    }
    return status;
}

/* false if there is none. */
static bool find_beside_program(char path[PATH_MAX]) {
    ssize_t count = readlink("/proc/self/exe", path, PATH_MAX - 1);
    if (count <= 0) {
        return false;
    }
    path[count] = 0;
    char *name = strrchr(path, '/');
    if (name == NULL || (size_t)(name + 1 - path) + sizeof LIBRARY_NAME > PATH_MAX) {
        return false;
    }
    strcpy(name + 1, LIBRARY_NAME);
    return access(path, R_OK) == 0;
}

static ss_status find(ss_multi_buffer **library, ss_reason *reason) {
    char path[PATH_MAX];
    return ss_multi_buffer_open(find_beside_program(path) ? path : LIBRARY_NAME, library, reason);
}

static const char *environment_choice(void) { return secure_getenv(SS_MULTI_BUFFER_VARIABLE); }
#else
ss_status ss_multi_buffer_open(const char *path, ss_multi_buffer **library, ss_reason *reason) {
    *library = NULL;
    return ss_fail(SS_UNSUPPORTED, reason, "crypto_mb is for Linux on x86-64");
}

static ss_status find(ss_multi_buffer **library, ss_reason *reason) { return ss_multi_buffer_open("", library, reason); }

static const char *environment_choice(void) { return NULL; }
#endif

static pthread_mutex_t choosing = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t deciding = PTHREAD_ONCE_INIT;
static bool is_decided;
static char chosen[4096]; /* empty if nobody chose */
static ss_multi_buffer *shared_library;
static ss_reason shared_reason;

bool ss_multi_buffer_choose(const char *choice) {
    pthread_mutex_lock(&choosing);
    bool takes = !is_decided && strlen(choice) < sizeof chosen;
    if (takes) {
        strcpy(chosen, choice);
    }
    pthread_mutex_unlock(&choosing);
    return takes;
}

static void decide(void) {
    pthread_mutex_lock(&choosing);
    is_decided = true;
    pthread_mutex_unlock(&choosing);
    const char *choice = chosen[0] == 0 ? environment_choice() : chosen;
    if (choice == NULL || choice[0] == 0 || strcmp(choice, "auto") == 0) {
        find(&shared_library, &shared_reason);
    } else if (strcmp(choice, "off") == 0) {
        ss_fail(SS_UNSUPPORTED, &shared_reason, "switched off");
    } else {
        ss_multi_buffer_open(choice, &shared_library, &shared_reason);
    }
}

ss_multi_buffer *ss_multi_buffer_shared(void) {
    pthread_once(&deciding, decide);
    return shared_library;
}

const char *ss_multi_buffer_shared_reason(void) {
    ss_multi_buffer *library = ss_multi_buffer_shared();
    if (library == NULL) {
        return shared_reason.text;
    }
    return ss_multi_buffer_is_retired(library) ? "it made a mistake, and is not used any more" : NULL;
}
