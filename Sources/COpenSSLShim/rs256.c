#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include "internal.h"

typedef int (*initialiser)(EVP_PKEY_CTX *context);

static void operation_free(ss_operation *operation) {
    if (operation != NULL) {
        EVP_MD_CTX_free(operation->digest);
        EVP_PKEY_CTX_free(operation->pkey);
        OPENSSL_free(operation);
    }
}

static ss_operation *operation_new(EVP_PKEY *pkey, initialiser initialise) {
    ss_operation *operation = OPENSSL_zalloc(sizeof *operation);
    const EVP_MD *sha256 = ss_sha256_method();
    if (operation == NULL || sha256 == NULL || (operation->digest = EVP_MD_CTX_new()) == NULL ||
        (operation->pkey = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL)) == NULL || initialise(operation->pkey) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(operation->pkey, RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_CTX_set_signature_md(operation->pkey, sha256) != 1) {
        operation_free(operation);
        return NULL;
    }
    return operation;
}

static ss_operation *take(ss_idle_operations *idle, EVP_PKEY *pkey, initialiser initialise) {
    for (int i = 0; i < SS_IDLE_CONTEXTS; i++) {
        if (atomic_load_explicit(&idle->slots[i], memory_order_relaxed) == NULL) {
            continue;
        }
        ss_operation *operation = atomic_exchange_explicit(&idle->slots[i], NULL, memory_order_acquire);
        if (operation != NULL) {
            return operation;
        }
    }
    return operation_new(pkey, initialise);
}

static void give_back(ss_idle_operations *idle, ss_operation *operation) {
    for (int i = 0; i < SS_IDLE_CONTEXTS; i++) {
        ss_operation *empty = NULL;
        if (atomic_compare_exchange_strong_explicit(&idle->slots[i], &empty, operation, memory_order_release, memory_order_relaxed)) {
            return;
        }
    }
    operation_free(operation);
}

void ss_idle_operations_free(ss_idle_operations *idle) {
    for (int i = 0; i < SS_IDLE_CONTEXTS; i++) {
        operation_free(atomic_exchange_explicit(&idle->slots[i], NULL, memory_order_acquire));
    }
}

static bool digest_message(ss_operation *operation, ss_bytes message, uint8_t digest[32]) {
    unsigned size = 0;
    return EVP_DigestInit_ex2(operation->digest, ss_sha256_method(), NULL) == 1 &&
           EVP_DigestUpdate(operation->digest, message.start, message.count) == 1 &&
           EVP_DigestFinal_ex(operation->digest, digest, &size) == 1 && size == 32;
}

/* The first signature of a private key shows whether its numbers make valid ones. An invalid one gives the primes away. */
static ss_status prove(const ss_rsa_key *key, ss_bytes message, uint8_t *signature, size_t count, ss_reason *reason) {
    atomic_bool *is_proven = (atomic_bool *)&key->is_proven;
    if (atomic_load_explicit(is_proven, memory_order_relaxed)) {
        return SS_OK;
    }
    ss_status status = ss_rs256_verify(key, message, (ss_bytes){signature, count});
    if (status == SS_OK) {
        atomic_store_explicit(is_proven, true, memory_order_relaxed);
        return SS_OK;
    }
    OPENSSL_cleanse(signature, count);
    return status == SS_INVALID ? ss_fail(SS_INCONSISTENT, reason, SS_UNSOUND) : ss_fail(SS_FAILED, reason, "OpenSSL could not verify");
}

ss_status ss_rs256_sign(const ss_rsa_key *key, ss_bytes message, uint8_t *signature, size_t capacity, ss_reason *reason) {
    uint8_t digest[32];
    size_t size = (key->bits + 7) / 8, written = capacity;
    if (!key->is_private || capacity < size) {
        return ss_fail(SS_INVALID, reason, key->is_private ? "no room for the signature" : "a public key cannot sign");
    }
    /* Pool, proof and lane numbers are all of a key that changes, and change by atomic operations alone. */
    ss_idle_operations *idle = (ss_idle_operations *)&key->idle_signing;
    ss_operation *operation = take(idle, key->pkey, EVP_PKEY_sign_init);
    if (operation == NULL || !digest_message(operation, message, digest) ||
        EVP_PKEY_sign(operation->pkey, signature, &written, digest, sizeof digest) != 1 || written != size) {
        operation_free(operation);
        return ss_fail_openssl(SS_FAILED, reason, "OpenSSL could not sign");
    }
    give_back(idle, operation);
    return prove(key, message, signature, size, reason);
}

ss_status ss_rs256_verify(const ss_rsa_key *key, ss_bytes message, ss_bytes signature) {
    uint8_t digest[32];
    if (signature.count != (key->bits + 7) / 8) {
        return SS_INVALID;
    }
    ss_idle_operations *idle = (ss_idle_operations *)&key->idle_verifying;
    ss_operation *operation = take(idle, key->pkey, EVP_PKEY_verify_init);
    if (operation == NULL || !digest_message(operation, message, digest)) {
        operation_free(operation);
        return ss_fail(SS_FAILED, NULL, "");
    }
    bool valid = EVP_PKEY_verify(operation->pkey, signature.start, signature.count, digest, sizeof digest) == 1;
    give_back(idle, operation);
    if (!valid) {
        ERR_clear_error();
    }
    return valid ? SS_OK : SS_INVALID;
}
