#include <openssl/core_names.h>
#include <openssl/crypto.h>

#include "multi_buffer.h"

/* Stands for "this key does not fit", so that it is looked at once. */
static ss_lane_numbers unsuited;

static bool copy_number(const ss_rsa_key *key, ss_component component, uint64_t *words, int count) {
    BIGNUM *number = NULL;
    bool copied = EVP_PKEY_get_bn_param(key->pkey, ss_component_parameter(component), &number) == 1 &&
                  BN_bn2lebinpad(number, (unsigned char *)words, count * 8) == count * 8;
    BN_clear_free(number);
    return copied;
}

/* crypto_mb wants primes of exactly half the size. */
static bool has_top_bit(const uint64_t words[SS_PRIME_WORDS]) { return words[SS_PRIME_WORDS - 1] >> 63 == 1; }

static bool copy_private_numbers(const ss_rsa_key *key, ss_lane_numbers *numbers) {
    return copy_number(key, SS_P, numbers->p, SS_PRIME_WORDS) && copy_number(key, SS_Q, numbers->q, SS_PRIME_WORDS) &&
           copy_number(key, SS_DP, numbers->dp, SS_PRIME_WORDS) && copy_number(key, SS_DQ, numbers->dq, SS_PRIME_WORDS) &&
           copy_number(key, SS_QI, numbers->qi, SS_PRIME_WORDS) && has_top_bit(numbers->p) && has_top_bit(numbers->q);
}

static ss_lane_numbers *lay_out(const ss_rsa_key *key) {
    uint64_t exponent = 0;
    ss_lane_numbers *numbers = key->bits == SS_LANE_BITS ? OPENSSL_zalloc(sizeof *numbers) : NULL;
    if (numbers == NULL) {
        return &unsuited;
    }
    if (!copy_number(key, SS_E, &exponent, 1) || exponent != 65537 || !copy_number(key, SS_N, numbers->n, SS_LANE_WORDS)) {
        OPENSSL_free(numbers);
        ss_fail(SS_UNSUPPORTED, NULL, "");
        return &unsuited;
    }
    const uint8_t *n = (const uint8_t *)numbers->n;
    for (int i = 0; i < SS_LANE_BYTES; i++) {
        numbers->modulus[i] = n[SS_LANE_BYTES - 1 - i];
    }
    numbers->can_sign = key->is_private && copy_private_numbers(key, numbers);
    ss_fail(SS_OK, NULL, "");
    return numbers;
}

void ss_lane_numbers_free(ss_lane_numbers *numbers) {
    if (numbers != &unsuited) {
        OPENSSL_clear_free(numbers, sizeof *numbers);
    }
}

const ss_lane_numbers *ss_rsa_key_lane_numbers(const ss_rsa_key *key) {
    _Atomic(ss_lane_numbers *) *place = (_Atomic(ss_lane_numbers *) *)&key->lane_numbers;
    ss_lane_numbers *numbers = atomic_load_explicit(place, memory_order_acquire);
    if (numbers == NULL) {
        ss_lane_numbers *made = lay_out(key);
        if (atomic_compare_exchange_strong_explicit(place, &numbers, made, memory_order_acq_rel, memory_order_acquire)) {
            numbers = made;
        } else {
            ss_lane_numbers_free(made);
        }
    }
    return numbers == &unsuited ? NULL : numbers;
}
