#include <openssl/crypto.h>
#include <openssl/rsa.h>
#include <string.h>

#include "internal.h"

static void operation_free(ss_operation *operation) {
    if (operation != NULL) {
        EVP_MD_CTX_free(operation->digest);
        EVP_PKEY_CTX_free(operation->pkey);
        BN_CTX_free(operation->arithmetic);
        OPENSSL_free(operation);
    }
}

static ss_operation *make_signing(const ss_rsa_key *key) {
    ss_operation *operation = OPENSSL_zalloc(sizeof *operation);
    const EVP_MD *sha256 = ss_sha256_method();
    if (operation == NULL || sha256 == NULL || (operation->digest = EVP_MD_CTX_new()) == NULL ||
        (operation->pkey = EVP_PKEY_CTX_new_from_pkey(NULL, key->pkey, NULL)) == NULL || EVP_PKEY_sign_init(operation->pkey) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(operation->pkey, RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_CTX_set_signature_md(operation->pkey, sha256) != 1) {
        operation_free(operation);
        return NULL;
    }
    return operation;
}

static ss_operation *make_verifying(void) {
    ss_operation *operation = OPENSSL_zalloc(sizeof *operation);
    if (operation == NULL || (operation->digest = EVP_MD_CTX_new()) == NULL || (operation->arithmetic = BN_CTX_new()) == NULL) {
        operation_free(operation);
        return NULL;
    }
    return operation;
}

/* NULL if none is idle. */
static ss_operation *take(ss_idle_operations *idle) {
    for (int i = 0; i < SS_IDLE_CONTEXTS; i++) {
        if (atomic_load_explicit(&idle->slots[i], memory_order_relaxed) == NULL) {
            continue;
        }
        ss_operation *operation = atomic_exchange_explicit(&idle->slots[i], NULL, memory_order_acquire);
        if (operation != NULL) {
            return operation;
        }
    }
    return NULL;
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
    ss_idle_operations *idle = (ss_idle_operations *)&key->idle_signing;
    ss_operation *operation = take(idle);
    if ((operation == NULL && (operation = make_signing(key)) == NULL) || !ss_sha256_with(operation->digest, message, digest) ||
        EVP_PKEY_sign(operation->pkey, signature, &written, digest, sizeof digest) != 1 || written != size) {
        operation_free(operation);
        return ss_fail_openssl(SS_FAILED, reason, "OpenSSL could not sign");
    }
    give_back(idle, operation);
    return prove(key, message, signature, size, reason);
}

ss_status ss_rs256_verify(const ss_rsa_key *key, ss_bytes message, ss_bytes signature) {
    uint8_t expected[SS_BITS_MAX / 8], recovered[SS_BITS_MAX / 8];
    size_t size = (key->bits + 7) / 8;
    if (signature.count != size) {
        return SS_INVALID;
    }
    ss_idle_operations *idle = (ss_idle_operations *)&key->idle_verifying;
    ss_operation *operation = take(idle);
    ss_status status = SS_FAILED;
    if ((operation != NULL || (operation = make_verifying()) != NULL) &&
        ss_rs256_encode(operation->digest, message, expected, size)) {
        status = ss_rsa_public(key, operation->arithmetic, signature.start, recovered, size);
    }
    if (status == SS_FAILED) {
        operation_free(operation);
        return ss_fail(SS_FAILED, NULL, "");
    }
    if (status == SS_OK && memcmp(expected, recovered, size) != 0) {
        status = SS_INVALID;
    }
    if (status == SS_INVALID && key->is_private) {
        /* It may be a signature of our own with a fault in it, which gives the primes away, and so does what it gives. */
        OPENSSL_cleanse(recovered, size);
        operation_free(operation);
    } else {
        give_back(idle, operation);
    }
    return status;
}
