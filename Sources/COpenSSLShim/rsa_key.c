#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/rsa.h>

#include "internal.h"

const char *ss_component_parameter(ss_component component) {
    static const char *const names[SS_COMPONENT_COUNT] = {
        OSSL_PKEY_PARAM_RSA_N,         OSSL_PKEY_PARAM_RSA_E,         OSSL_PKEY_PARAM_RSA_D,
        OSSL_PKEY_PARAM_RSA_FACTOR1,   OSSL_PKEY_PARAM_RSA_FACTOR2,   OSSL_PKEY_PARAM_RSA_EXPONENT1,
        OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1,
    };
    return names[component];
}

void ss_free_numbers(BIGNUM *numbers[SS_COMPONENT_COUNT]) {
    for (int i = 0; i < SS_COMPONENT_COUNT; i++) {
        BN_clear_free(numbers[i]);
    }
}

ss_status ss_copy_numbers(const EVP_PKEY *pkey, bool is_private, BIGNUM *numbers[SS_COMPONENT_COUNT], ss_reason *reason) {
    for (int i = 0; i < (is_private ? SS_COMPONENT_COUNT : SS_D); i++) {
        if (EVP_PKEY_get_bn_param(pkey, ss_component_parameter((ss_component)i), &numbers[i]) != 1) {
            return ss_fail(SS_INVALID, reason, "the RSA key lacks one of its numbers");
        }
    }
    return SS_OK;
}

/*
 * The arithmetic cannot see a composite "prime"; the first signature can, because it is verified. (OpenSSL's own key check
 * tests both primes at length, which takes longer than all the rest of a command-line run.)
 */
static ss_status make_first_signature(const ss_rsa_key *key, ss_reason *reason) {
    static const uint8_t probe[] = "stream-signing";
    uint8_t signature[SS_BITS_MAX / 8];
    ss_status status = ss_rs256_sign(key, (ss_bytes){probe, sizeof probe}, signature, sizeof signature, NULL);
    return status == SS_OK ? SS_OK : ss_fail(SS_INCONSISTENT, reason, SS_UNSOUND);
}

static ss_status check_numbers(const EVP_PKEY *pkey, bool is_private, const ss_key_limits *limits, ss_reason *reason) {
    BIGNUM *numbers[SS_COMPONENT_COUNT] = {NULL};
    ss_status status = ss_copy_numbers(pkey, is_private, numbers, reason);
    if (status == SS_OK) {
        status = ss_check_public_numbers(numbers[SS_N], numbers[SS_E], limits, reason);
    }
    if (status == SS_OK && is_private) {
        status = ss_check_private_numbers(numbers, reason);
    }
    ss_free_numbers(numbers);
    return status;
}

ss_status ss_rsa_key_adopt_checked(EVP_PKEY *pkey, bool is_private, const ss_key_limits *limits, ss_rsa_key **key,
                                   ss_reason *reason) {
    ss_rsa_key *made = OPENSSL_zalloc(sizeof *made);
    *key = NULL;
    if (made == NULL) {
        EVP_PKEY_free(pkey);
        return ss_fail(SS_FAILED, reason, "out of memory");
    }
    made->pkey = pkey;
    made->is_private = is_private;
    made->bits = (unsigned)EVP_PKEY_get_bits(pkey);
    if (is_private && (limits == NULL || !limits->defers_proof)) {
        ss_status status = make_first_signature(made, reason);
        if (status != SS_OK) {
            ss_rsa_key_free(made);
            return status;
        }
    }
    *key = made;
    return ss_fail(SS_OK, NULL, "");
}

ss_status ss_rsa_key_adopt(EVP_PKEY *pkey, bool is_private, const ss_key_limits *limits, ss_rsa_key **key,
                           ss_reason *reason) {
    ss_status status = check_numbers(pkey, is_private, limits, reason);
    if (status != SS_OK) {
        EVP_PKEY_free(pkey);
        *key = NULL;
        return status;
    }
    return ss_rsa_key_adopt_checked(pkey, is_private, limits, key, reason);
}

ss_status ss_rsa_key_generate(unsigned bits, ss_rsa_key **key, ss_reason *reason) {
    *key = NULL;
    if (bits < SS_BITS_MIN || bits > SS_BITS_MAX) {
        return ss_fail(SS_UNSUPPORTED, reason, "an RSA key has 2048 to 8192 bits");
    }
    EVP_PKEY *pkey = EVP_RSA_gen(bits);
    if (pkey == NULL) {
        return ss_fail_openssl(SS_FAILED, reason, "the key could not be generated");
    }
    /* OpenSSL gives both primes half of the bits, and so makes 2048 bits of 2049. */
    if ((unsigned)EVP_PKEY_get_bits(pkey) != bits) {
        EVP_PKEY_free(pkey);
        return ss_fail(SS_UNSUPPORTED, reason, "OpenSSL makes no RSA key of exactly that size");
    }
    return ss_rsa_key_adopt(pkey, true, NULL, key, reason);
}

ss_status ss_rsa_key_public_half(const ss_rsa_key *key, ss_rsa_key **half, ss_reason *reason) {
    BIGNUM *numbers[SS_COMPONENT_COUNT] = {NULL};
    EVP_PKEY *pkey = NULL;
    *half = NULL;
    ss_status status = ss_copy_numbers(key->pkey, false, numbers, reason);
    if (status == SS_OK) {
        status = ss_make_pkey(numbers, false, &pkey, reason);
    }
    ss_free_numbers(numbers);
    return status == SS_OK ? ss_rsa_key_adopt_checked(pkey, false, NULL, half, reason) : status;
}

bool ss_rsa_key_is_private(const ss_rsa_key *key) { return key->is_private; }

unsigned ss_rsa_key_bits(const ss_rsa_key *key) { return key->bits; }

void ss_rsa_key_free(ss_rsa_key *key) {
    if (key == NULL) {
        return;
    }
    ss_idle_operations_free(&key->idle_signing);
    ss_idle_operations_free(&key->idle_verifying);
    ss_public_numbers_free(atomic_load_explicit(&key->public_numbers, memory_order_acquire));
    ss_lane_numbers_free(atomic_load_explicit(&key->lane_numbers, memory_order_acquire));
    EVP_PKEY_free(key->pkey);
    OPENSSL_free(key);
}
