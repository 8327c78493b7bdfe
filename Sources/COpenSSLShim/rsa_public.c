#include <openssl/crypto.h>

#include "internal.h"

/*
 * The public operation, s^e mod n, with OpenSSL's Montgomery arithmetic (RFC 8017 5.2.2 and 8.2.2). All of it is public, so
 * it need not run in constant time. EVP_PKEY_verify takes a fifth longer: it multiplies once more, parses the padding and allocates.
 */
struct ss_public_numbers {
    BIGNUM *n, *e;
    BN_MONT_CTX *modulus;
};

void ss_public_numbers_free(ss_public_numbers *numbers) {
    if (numbers != NULL) {
        BN_free(numbers->n);
        BN_free(numbers->e);
        BN_MONT_CTX_free(numbers->modulus);
        OPENSSL_free(numbers);
    }
}

static ss_public_numbers *lay_out(const EVP_PKEY *pkey) {
    ss_public_numbers *numbers = OPENSSL_zalloc(sizeof *numbers);
    BN_CTX *context = BN_CTX_new();
    if (numbers == NULL || context == NULL || (numbers->modulus = BN_MONT_CTX_new()) == NULL ||
        EVP_PKEY_get_bn_param(pkey, ss_component_parameter(SS_N), &numbers->n) != 1 ||
        EVP_PKEY_get_bn_param(pkey, ss_component_parameter(SS_E), &numbers->e) != 1 ||
        BN_MONT_CTX_set(numbers->modulus, numbers->n, context) != 1) {
        ss_public_numbers_free(numbers);
        numbers = NULL;
    }
    BN_CTX_free(context);
    return numbers;
}

static const ss_public_numbers *public_numbers(const ss_rsa_key *key) {
    _Atomic(ss_public_numbers *) *place = (_Atomic(ss_public_numbers *) *)&key->public_numbers;
    ss_public_numbers *numbers = atomic_load_explicit(place, memory_order_acquire);
    if (numbers != NULL) {
        return numbers;
    }
    ss_public_numbers *made = lay_out(key->pkey);
    if (made == NULL || atomic_compare_exchange_strong_explicit(place, &numbers, made, memory_order_acq_rel, memory_order_acquire)) {
        return made;
    }
    ss_public_numbers_free(made);
    return numbers;
}

/* s^e by squaring and multiplying, from the exponent's second bit down. The key policy ensures that e is odd and at least 3. */
static bool exponentiate(const ss_public_numbers *numbers, const BIGNUM *s, BIGNUM *power, BN_CTX *context) {
    BIGNUM *base = BN_CTX_get(context);
    if (base == NULL || BN_to_montgomery(base, s, numbers->modulus, context) != 1 || BN_copy(power, base) == NULL) {
        return false;
    }
    for (int bit = BN_num_bits(numbers->e) - 2; bit >= 0; bit--) {
        if (BN_mod_mul_montgomery(power, power, power, numbers->modulus, context) != 1) {
            return false;
        }
        /* The last factor is in ordinary form, and so is the product. */
        if (BN_is_bit_set(numbers->e, bit) &&
            BN_mod_mul_montgomery(power, power, bit == 0 ? s : base, numbers->modulus, context) != 1) {
            return false;
        }
    }
    return true;
}

ss_status ss_rsa_public(const ss_rsa_key *key, BN_CTX *context, const uint8_t *signature, uint8_t *block, size_t count) {
    const ss_public_numbers *numbers = public_numbers(key);
    if (numbers == NULL) {
        return SS_FAILED;
    }
    ss_status status = SS_FAILED;
    BN_CTX_start(context);
    BIGNUM *s = BN_CTX_get(context), *power = BN_CTX_get(context);
    if (power != NULL && BN_bin2bn(signature, (int)count, s) != NULL) {
        if (BN_ucmp(s, numbers->n) >= 0) {
            /* Reduced modulo n it would be a second form of the same signature (RFC 8017 5.2.2). */
            status = SS_INVALID;
        } else if (exponentiate(numbers, s, power, context) && BN_bn2binpad(power, block, (int)count) == (int)count) {
            status = SS_OK;
        }
    }
    BN_CTX_end(context);
    return status;
}
