#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <pthread.h>

#include "internal.h"

static EVP_MD *sha256_method;
static pthread_once_t sha256_once = PTHREAD_ONCE_INIT;

static void fetch_sha256(void) {
    sha256_method = EVP_MD_fetch(NULL, "SHA256", NULL);
    ERR_clear_error();
}

/* Fetching walks OpenSSL's providers, so it is done once and the method lives as long as the process. */
const EVP_MD *ss_sha256_method(void) {
    pthread_once(&sha256_once, fetch_sha256);
    return sha256_method;
}

ss_status ss_sha256(ss_bytes message, uint8_t digest[32]) {
    const EVP_MD *method = ss_sha256_method();
    unsigned size = 0;
    if (method == NULL || EVP_Digest(message.start, message.count, digest, &size, method, NULL) != 1 || size != 32) {
        return ss_fail(SS_FAILED, NULL, "");
    }
    return SS_OK;
}

bool ss_sha256_with(EVP_MD_CTX *context, ss_bytes message, uint8_t digest[32]) {
    unsigned size = 0;
    return EVP_DigestInit_ex2(context, ss_sha256_method(), NULL) == 1 && EVP_DigestUpdate(context, message.start, message.count) == 1 &&
           EVP_DigestFinal_ex(context, digest, &size) == 1 && size == 32;
}

ss_status ss_random(uint8_t *bytes, size_t count) {
    if (RAND_bytes_ex(NULL, bytes, count, 0) != 1) {
        return ss_fail(SS_FAILED, NULL, "");
    }
    return SS_OK;
}

void ss_wipe(void *bytes, size_t count) { OPENSSL_cleanse(bytes, count); }

bool ss_equal(const void *left, const void *right, size_t count) { return CRYPTO_memcmp(left, right, count) == 0; }

void ss_buffer_free(ss_buffer *buffer) {
    OPENSSL_clear_free(buffer->start, buffer->count);
    buffer->start = NULL;
    buffer->count = 0;
}
